import type { Reply } from './person.ts';
import { adminUserToPage, begin, beginWithList, codes, groups, rootMfa } from './step-answers.ts';

/** Below the way on stands the first step. */
const firstStepInList: Reply = ['Where to?', (seat) => seat.press('down', 'enter')];
const skipping: Reply = ['What about this step?', (seat) => seat.press('down', 'enter')];

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
    at: 'the reason for skipping',
    done: [],
    only: [],
    replies: [beginWithList, firstStepInList, skipping],
    sight: 'Why is it skipped?',
  },
  { at: 'waiting for the owner', done: [], only: [], replies: [begin], sight: 'Waiting for MFA' },
  { at: 'the end of a step', done: [], only: [], replies: [begin, ...rootMfa.slice(0, -1)], sight: 'Go on?' },
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
    at: 'several of several',
    done: [],
    only: ['groups'],
    replies: [begin, ...groups.slice(0, 1)],
    sight: 'Which teams?',
  },
  {
    at: 'yes or no',
    done: [],
    only: ['groups'],
    replies: [begin, ...groups.slice(0, 3)],
    sight: 'Must the members',
  },
  { at: 'a number', done: [], only: ['password-policy'], replies: [begin], sight: 'Shortest password' },
];
