import type { Action } from '../../core/action.ts';
import { readBillingAlertsPreference } from './preference.ts';
import { isMetricPublished } from './reads.ts';
import { watchTask, type WatchedTask } from '../shared/watch.ts';

const metricTaskBase = {
  why: 'wait until AWS publishes what the account costs',
  questionName: 'wait-for-metric',
  message: 'Waiting for the first billing figures',
  isDone: ({ aws }) => isMetricPublished(aws),
} satisfies Partial<WatchedTask>;

const firstFiguresNote =
  'Leave it for later, and run "aws-first-steps verify" tomorrow: the first figures take 15 minutes, or a day in an account without charges.';

/** What the owner does if the program cannot turn on billing alerts. */
const turnOnAlertsTask: WatchedTask = {
  ...metricTaskBase,
  manualTask: 'billing-alerts',
  url: 'https://console.aws.amazon.com/billing/home#/preferences',
  instructions: [
    'Open the page below as root or as an administrator with access to billing.',
    'Under "Alert preferences" choose Edit, tick "Receive CloudWatch billing alerts" and choose Update. It stays on: AWS has no switch to turn it off.',
    firstFiguresNote,
  ],
};

const waitForFiguresTask: WatchedTask = {
  ...metricTaskBase,
  instructions: [firstFiguresNote],
};

const payingAccountTask: WatchedTask = {
  ...metricTaskBase,
  instructions: [
    'Ask in the account that pays for this one to tick "Receive CloudWatch billing alerts" (Billing preferences, Alert preferences).',
    firstFiguresNote,
  ],
};

/**
 * An action that waits until AWS publishes the account's charges, and says what to do if nothing else can turn them on.
 */
export const waitForMetric = (member: boolean): Action => ({
  why: metricTaskBase.why,
  calls: [],
  usesDialogue: true,
  perform: async (context) => {
    const preference = await readBillingAlertsPreference(context.aws);
    const watch =
      preference.state === 'on' ? waitForFiguresTask : member ? payingAccountTask : turnOnAlertsTask;
    await watchTask(watch).perform(context);
  },
});
