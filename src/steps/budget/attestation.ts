import { createHash } from 'node:crypto';
import type { Action } from '../../core/action.ts';
import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import type { Attestation, Attestations } from '../../core/attestation.ts';
import { keepAttestation, revokeAttestation, readAttestationTag } from '../shared/attestation-tags.ts';
import { splitRecipients } from './topics.ts';

const budgetStepId = 'budget';

/**
 * The content of the attestation: warnings arrive at exactly these addresses. Other addresses make it void. It is a
 * digest because addresses do not belong in a tag, and a tag does not allow all of their characters.
 */
export const digestVerifiedRecipients = (addresses: readonly string[]): string => {
  const set = addresses.map((address) => address.toLowerCase()).toSorted();
  return `verified-${createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 16)}`;
};

/** The newest attestation, if its content is `said`. */
export const findBudgetAttestation = (
  everyone: UsersAndGroups,
  attestations: Attestations,
  said: string,
): Attestation | undefined => {
  const attestation = readAttestationTag(everyone, budgetStepId) ?? attestations.of(budgetStepId);
  return attestation?.said === said ? attestation : undefined;
};

export const revokeBudgetAttestation = ({
  attestationHolder,
}: {
  attestationHolder: string | undefined;
}): readonly Action[] => [revokeAttestation(budgetStepId, attestationHolder)];

const addressesVerifiedQuestion: ChoiceQuestion<'yes' | 'later'> = {
  kind: 'choice',
  message: 'Is every address verified?',
  help: 'AWS has no way to ask, so your word is kept, with its date.',
  options: [
    { value: 'yes', label: 'Yes, AWS has confirmed it' },
    { value: 'later', label: 'Not yet' },
  ],
  default: 'yes',
};

/** The same question if the budget also warns a topic. AWS does not confirm whether a topic's messages arrive. */
const warningsArriveQuestion: typeof addressesVerifiedQuestion = {
  ...addressesVerifiedQuestion,
  message: 'Do the warnings reach you?',
  options: [
    { value: 'yes', label: 'Yes, they do' },
    { value: 'later', label: 'I do not know yet' },
  ],
};

const budgetsPageUrl = 'https://console.aws.amazon.com/costmanagement/home#/budgets';

const createAddressInstructions = (addresses: readonly string[]): readonly string[] => [
  `AWS sends a mail to every address that it has not verified yet: ${addresses.join(', ')}.`,
  'It comes from an @aws.com address. Choose its link while signed in to this account; it is valid for 12 hours.',
  'No mail? Look in spam. Or the address is verified already: choose the budget on the page below, and see the status of the address.',
  'Active is good. Pending: "Resend verification". Expiring or Inactive: "Send Notification". AWS warns nobody who is not verified.',
];

const createTopicInstructions = (topics: readonly string[]): readonly string[] => [
  `AWS does not tell whether anybody gets what AWS Budgets sends to ${topics.join(', ')}.`,
  'Look who is subscribed to it: somebody must read what comes out at the end. If it is encrypted, the policy of its key must let budgets.amazonaws.com use the key.',
];

/** An action that asks the owner whether warnings arrive at these addresses and topics, and stores the answer. */
export const askForBudgetAttestation = (
  recipients: readonly string[],
  holder: string | undefined,
): Action => {
  const { addresses, topics } = splitRecipients(recipients);
  const keep = keepAttestation(budgetStepId, digestVerifiedRecipients(recipients), holder);
  const tasks = [
    ...(addresses.length > 0 ? [`you choose the link in the mail of AWS to ${addresses.join(', ')}`] : []),
    ...(topics.length > 0 ? [`you see whether what is sent to ${topics.join(', ')} reaches you`] : []),
  ];
  return {
    why: `${tasks.join('; ')}; then ${keep.why}`,
    calls: keep.calls,
    usesDialogue: true,
    perform: async (context) => {
      const { dialogue } = context;
      dialogue.show({
        kind: 'manual-task',
        id: 'verify-budget-email',
        doneQuestion: 'verified',
        url: budgetsPageUrl,
        instructions: [
          ...(addresses.length > 0 ? createAddressInstructions(addresses) : []),
          ...(topics.length > 0 ? createTopicInstructions(topics) : []),
        ],
      });
      const question = topics.length > 0 ? warningsArriveQuestion : addressesVerifiedQuestion;
      if ((await dialogue.ask(question, 'verified')) === 'yes') await keep.perform(context);
    },
  };
};
