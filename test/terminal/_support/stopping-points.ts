import type { Reply } from './person.ts';
import {
  adminUserToPage,
  alarmToDrill,
  alarmToMail,
  begin,
  beginWithList,
  billingAccess,
  budgetToMail,
  chooseInList,
  codes,
  rootMfa,
  teams,
} from './step-answers.ts';

const skipping: readonly Reply[] = [beginWithList, chooseInList('Skip a step')];

/** A place in the conversation at which the owner may want to stop: what is done before, and how it is reached. */
export type StoppingPoint = {
  at: string;
  done: readonly string[];
  only: readonly string[];
  replies: readonly Reply[];
  sight: string;
};

/** The steps before the administrator. */
export const onRoot = ['root-mfa', 'root-access-keys'];
/** Each kind of question, and each page, that a run can be left at. */
export const stoppingPoints: readonly StoppingPoint[] = [
  { at: 'the first question', done: [], only: [], replies: [], sight: 'Is this the account' },
  { at: 'the list', done: [], only: [], replies: [beginWithList], sight: 'Where to?' },
  {
    at: 'the step to be skipped',
    done: [],
    only: [],
    replies: skipping,
    sight: 'Which step do you skip?',
  },
  {
    at: 'the reason for skipping',
    done: [],
    only: [],
    replies: [...skipping, ['Which step do you skip?', 'enter']],
    sight: 'Why do you skip it?',
  },
  { at: 'waiting for the owner', done: [], only: [], replies: [begin], sight: 'Waiting for MFA' },
  {
    at: 'the page after a step',
    done: [],
    only: [],
    replies: [begin, ...rootMfa],
    sight: 'Type the last four characters of',
  },
  {
    at: 'the end of a step that was left for later',
    done: [],
    only: [],
    replies: [begin, ['Waiting for MFA', (seat) => seat.press('down', 'enter')]],
    sight: 'Go on?',
  },
  { at: 'a text', done: onRoot, only: [], replies: [begin], sight: 'User name' },
  {
    at: 'consent',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage.slice(0, -1)],
    sight: 'Go ahead?',
  },
  { at: 'the QR code', done: onRoot, only: [], replies: [begin, ...adminUserToPage], sight: 'First code' },
  {
    at: 'the second code',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage, ...codes().slice(0, -1)],
    sight: 'Second code',
  },
  {
    at: 'the password',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage, ...codes()],
    sight: 'Have you stored',
  },
  {
    at: 'what AWS cannot tell',
    done: [...onRoot, 'admin-user'],
    only: [],
    replies: [begin],
    sight: 'Is IAM access',
  },
  {
    at: 'the way from root to the administrator',
    done: [...onRoot, 'admin-user'],
    only: [],
    replies: [begin, ...billingAccess],
    sight: 'How do you want to go on?',
  },
  {
    at: 'several of several',
    done: [],
    only: ['groups'],
    replies: [begin, ...teams.slice(0, 1)],
    sight: 'Which teams?',
  },
  {
    at: 'yes or no',
    done: [],
    only: ['groups'],
    replies: [begin, ...teams.slice(0, 3)],
    sight: 'Must the members',
  },
  { at: 'a number', done: [], only: ['password-policy'], replies: [begin], sight: 'Shortest password' },
  {
    at: 'waiting for a mail',
    done: [],
    only: ['billing-alarm'],
    replies: [begin, ...alarmToMail],
    sight: 'Waiting for you to confirm',
  },
  {
    at: 'the link of a mail',
    done: [],
    only: ['billing-alarm'],
    replies: [begin, ...alarmToDrill.slice(0, -1)],
    sight: 'The link behind',
  },
  {
    at: 'the fire drill',
    done: [],
    only: ['billing-alarm'],
    replies: [begin, ...alarmToDrill],
    sight: 'Waiting for the mail of the fire drill',
  },
  {
    at: 'the link of the budget',
    done: [],
    only: ['budget'],
    replies: [begin, ...budgetToMail],
    sight: 'Is every address verified?',
  },
];
