import { createHash } from 'node:crypto';
import type { Action } from '../../core/action.ts';
import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import type { Attestation } from '../../core/attestation.ts';
import { findAttestation, keepAttestation, revokeAttestation } from '../shared/attestation-tags.ts';
import type { CheckContext } from '../../core/step.ts';
import { showWarning } from '../../core/messages.ts';
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

/** This soon after a mail nobody has opened it, signed in and chosen its link. */
const shortestVerificationMs = 30_000;

/** What the owner has said about a budget's recipients, and what speaks against it. */
export type RecipientAttestation = {
  attestation: Attestation | undefined;
  /** It was said too soon after the budget was set up for anybody to have looked. */
  saidAtOnce: boolean;
  /** What does not count because its date is to come. */
  fromFuture: Attestation | undefined;
};

/**
 * The newest attestation, if its content is `said`. A tag has the day only; the progress file of the machine on which it
 * was said has the moment.
 */
export const findBudgetAttestation = (
  everyone: UsersAndGroups,
  context: Pick<CheckContext, 'attestations' | 'now'>,
  said: string,
  lastUpdated: Date | undefined,
): RecipientAttestation => {
  const { attestation, fromFuture } = findAttestation(everyone, context, budgetStepId);
  const isSaid = (one: Attestation | undefined) => (one?.said === said ? one : undefined);
  const kept = isSaid(context.attestations.of(budgetStepId));
  const delay = kept && lastUpdated ? kept.on.getTime() - lastUpdated.getTime() : Number.NaN;
  return {
    attestation: isSaid(attestation),
    saidAtOnce: delay >= 0 && delay < shortestVerificationMs,
    fromFuture: isSaid(fromFuture),
  };
};

export const revokeBudgetAttestation = ({
  attestationHolder,
}: {
  attestationHolder: string | undefined;
}): readonly Action[] => [revokeAttestation(budgetStepId, attestationHolder)];

const addressesVerifiedQuestion: ChoiceQuestion<'yes' | 'later'> = {
  kind: 'choice',
  message: 'Is every address verified?',
  help: 'AWS does not tell, so your word is kept, with its date.',
  options: [
    { value: 'yes', label: 'Yes, AWS has confirmed it' },
    { value: 'later', label: 'Not yet' },
  ],
  default: 'later',
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

export const budgetsPageUrl = 'https://console.aws.amazon.com/costmanagement/home#/budgets';

const createAddressInstructions = (addresses: readonly string[]): readonly string[] => [
  `Open the link that AWS mails to ${addresses.join(', ')}, signed in to this account. It is valid for 12 hours.`,
  'No mail? Look in spam for an @aws.com address. In the budget on the page below, the address must be Active: else choose "Resend verification" or "Send Notification".',
];

const createTopicInstructions = (topics: readonly string[]): readonly string[] => [
  `See who is subscribed to ${topics.join(', ')}: AWS does not tell whether anybody reads it.`,
  'If it is encrypted, the policy of its key must let budgets.amazonaws.com use the key.',
];

/**
 * An action that asks the owner whether warnings arrive at these addresses and topics, and stores the answer. `mailedNow`:
 * the plan it belongs to makes AWS send the first mail.
 */
export const askForBudgetAttestation = (
  recipients: readonly string[],
  holder: string | undefined,
  { mailedNow = false } = {},
): Action => {
  const { addresses, topics } = splitRecipients(recipients);
  const keep = keepAttestation(budgetStepId, digestVerifiedRecipients(recipients), holder);
  const tasks = [
    ...(addresses.length > 0 ? [`you open the link that AWS mails to ${addresses.join(', ')}`] : []),
    ...(topics.length > 0 ? [`you see whether what is sent to ${topics.join(', ')} reaches you`] : []),
  ];
  return {
    why: `${tasks.join('; ')}; then ${keep.why}`,
    calls: keep.calls,
    usesDialogue: true,
    perform: async (context) => {
      const { clock, dialogue } = context;
      const askedAt = clock.now().getTime();
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
      if ((await dialogue.ask(question, 'verified')) !== 'yes') return;
      if (mailedNow && !dialogue.rehearses && clock.now().getTime() - askedAt < shortestVerificationMs)
        showWarning(
          dialogue,
          `AWS mailed ${addresses.join(', ')} only seconds ago. Open the link in that mail: before that, nobody is warned.`,
        );
      await keep.perform(context);
    },
  };
};
