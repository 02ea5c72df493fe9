import type { OutcomeLine } from '../../core/step.ts';
import { joinNames } from '../shared/name-list.ts';
import { getAlertRecipients, type BudgetFacts, type WholeAccountBudget } from './facts.ts';
import { formatAmounts } from './finding.ts';
import { getCurrentLimit } from './limits.ts';
import { hasWarningRecipient } from './questions.ts';
import { splitRecipients } from './topics.ts';

const listProvenTopics = ({ topics, warnings }: WholeAccountBudget): readonly string[] => {
  const warned = getAlertRecipients(warnings, 'SNS');
  return topics
    .filter(({ topic, state }) => state === 'reaches somebody' && warned.includes(topic))
    .map(({ topic }) => topic);
};

/** Only those of whom AWS shows that they are reached; where there are none, those of whom it does not. */
const listRecipients = (best: WholeAccountBudget): string => {
  const recipients = best.deliveryProven ? listProvenTopics(best) : best.unconfirmedRecipients;
  const { addresses, topics } = splitRecipients(recipients);
  return joinNames([...addresses, ...topics.map((topic) => `the topic ${topic.split(':').at(-1)}`)], 'and');
};

/** What speaks for the warnings arriving, and what keeps them from being sent. */
const listReservations = ({ deliveryProven, attestation, subtractsCredits }: WholeAccountBudget) => [
  ...(deliveryProven ? [] : [attestation ? 'on your word' : 'not confirmed']),
  ...(subtractsCredits ? ['silent while credits pay'] : []),
];

/** At which amounts the budget warns, and whom. */
export const describeBudgetWarnings = ({
  wholeAccountBudgets: [best],
}: BudgetFacts): readonly OutcomeLine[] => {
  if (!best || !hasWarningRecipient(best)) return [];
  const limit = getCurrentLimit(best);
  const size = Number.isNaN(limit) ? '' : ` of ${limit} ${best.budget.BudgetLimit?.Unit ?? 'USD'}`;
  const reservations = listReservations(best);
  const suffix = reservations.length > 0 ? ` (${reservations.join(', ')})` : '';
  const text = `budget${size} a month: at ${formatAmounts(best, best.warnings)}, to ${listRecipients(best)}${suffix}`;
  return [{ about: 'warnings', text }];
};
