import { createHash } from 'node:crypto';
import type { Action } from '../../aws/action.ts';
import type { People } from '../../aws/reads.ts';
import type { Choice } from '../../question.ts';
import type { Word, Words } from '../../words.ts';
import { keepWord, takeBackWord, wordFromTags } from '../owners-word.ts';

const stepId = 'budget';

/**
 * What the owner's word says: that warnings arrive at exactly these addresses. A changed set is another word, so that the
 * old one is void. A digest, because a tag is no place for addresses and does not take every character of one.
 */
export const saidOf = (addresses: readonly string[]): string => {
  const set = addresses.map((address) => address.toLowerCase()).toSorted();
  return `verified-${createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 16)}`;
};

/** The owner's word that says `said`; nothing if the one that counts says something else. */
export const wordGiven = (everyone: People, words: Words, said: string): Word | undefined => {
  const word = wordFromTags(everyone, stepId) ?? words.of(stepId);
  return word?.said === said ? word : undefined;
};

/** What takes back the owner's word that the addresses are verified. */
export const takeBackVerified = ({ keeper }: { keeper: string | undefined }): readonly Action[] => [
  takeBackWord(stepId, keeper),
];

const verified: Choice = {
  kind: 'choice',
  message: 'Is every address verified?',
  help: 'AWS has no way to ask, so your word is kept, with its date.',
  options: [
    { value: 'yes', label: 'Yes, AWS has confirmed it' },
    { value: 'later', label: 'Not yet' },
  ],
  default: 'yes',
};

const budgetsPage = 'https://console.aws.amazon.com/costmanagement/home#/budgets';

const instructions = (addresses: readonly string[]): readonly string[] => [
  `AWS sends a mail to every address that it has not verified yet: ${addresses.join(', ')}.`,
  'It comes from an @aws.com address. Choose its link while signed in to this account; it is valid for 12 hours.',
  'No mail? Look in spam. Or the address is verified already: choose the budget on the page below, and see the status of the address.',
  'Active is good. Pending: "Resend verification". Expiring or Inactive: "Send Notification". AWS warns nobody who is not verified.',
];

/** The action that waits for the owner's word that the addresses are verified, and keeps it. */
export const askForWord = (addresses: readonly string[], keeper: string | undefined): Action => {
  const keeping = keepWord(stepId, saidOf(addresses), keeper);
  return {
    why: `you choose the link in the mail of AWS to ${addresses.join(', ')}; then ${keeping.why}`,
    calls: keeping.calls,
    talks: true,
    perform: async (hands) => {
      const { dialogue } = hands;
      dialogue.tell({
        kind: 'errand',
        errand: 'verify-budget-email',
        url: budgetsPage,
        instructions: instructions(addresses),
      });
      if ((await dialogue.ask(verified, 'verified')) === 'yes') await keeping.perform(hands);
    },
  };
};
