import type { Action } from '../../core/action.ts';
import { readPreference } from './preference.ts';
import { isPublished } from './reads.ts';
import { watching, type Watch } from '../shared/watch.ts';

const common = {
  why: 'AWS publishes what the account costs',
  name: 'wait-for-metric',
  message: 'Waiting for the first billing figures',
  done: ({ aws }) => isPublished(aws),
} satisfies Partial<Watch>;

const patience =
  'AWS publishes the first figures about 15 minutes later; in a new account without any charge it can take a day.';

const later = 'You need not wait here: leave it for later, and run "aws-first-steps verify" tomorrow.';

/** What the owner does where the program cannot turn billing alerts on. */
const byHand: Watch = {
  ...common,
  errand: 'billing-alerts',
  url: 'https://console.aws.amazon.com/billing/home#/preferences',
  instructions: [
    'Open the page below as root or as an administrator with access to billing.',
    'Under "Alert preferences" choose Edit, tick "Receive CloudWatch billing alerts" and choose Update. It cannot be turned off again.',
    patience,
    later,
  ],
};

const onlyTime: Watch = { ...common, instructions: ['Billing alerts are on.', patience, later] };

const byThePayer: Watch = {
  ...common,
  instructions: [
    'Another account pays for this one, and decides: ask there to tick "Receive CloudWatch billing alerts" (Billing preferences, Alert preferences).',
    patience,
    later,
  ],
};

/** The action that waits until AWS publishes what the account costs, and says what to do if nobody else can do it. */
export const waitForMetric = (member: boolean): Action => ({
  why: common.why,
  calls: [],
  usesDialogue: true,
  perform: async (hands) => {
    const preference = await readPreference(hands.aws);
    const watch = preference.state === 'on' ? onlyTime : member ? byThePayer : byHand;
    await watching(watch).perform(hands);
  },
});
