import { formatDay } from '../../lib/dates.ts';
import type { Finding } from '../../core/step.ts';
import { findAmountFlaw } from '../shared/plausible-amount.ts';
import { describeFutureWord } from '../shared/attestation-tags.ts';
import type { BudgetFacts, WholeAccountBudget } from './facts.ts';
import { getAlertAmount } from './judgement.ts';
import { hasWarningRecipient } from './questions.ts';
import type { AlertWithSubscribers } from './reads.ts';
import { splitRecipients, type TopicDelivery } from './topics.ts';

/** Up to here an end is soon enough to be named. AWS gives a budget without an end one in 2087. */
const namedEndMs = 366 * 24 * 60 * 60 * 1000;

/** The amounts at which alerts are sent, with their currency: `8 and 10 USD`. */
export const formatAmounts = (best: WholeAccountBudget, alerts: readonly AlertWithSubscribers[]): string => {
  const amounts = alerts.map((alert) => {
    const amount = getAlertAmount(best, alert);
    return Math.round(amount * 100) / 100 || amount;
  });
  const currency = best.budget.BudgetLimit?.Unit ?? 'USD';
  return `${[...new Set(amounts)].toSorted((a, b) => a - b).join(' and ')} ${currency}`;
};

const describeEnd = ({ budget: { TimePeriod } }: WholeAccountBudget, now: Date): string => {
  const { End } = TimePeriod ?? {};
  return End && End.getTime() - now.getTime() < namedEndMs ? `; it ends on ${formatDay(End)}` : '';
};

/** What the console's list of budgets does not show, and what changes what a warning is worth. */
const describeLimitations = (best: WholeAccountBudget): readonly string[] => {
  const passed = best.warnings.filter(({ notification }) => notification.NotificationState === 'ALARM');
  return [
    ...(best.hasForecast ? [] : ['no warning by forecast']),
    // A warning is sent once a month (Cost Management User Guide, "Best practices for AWS Budgets").
    ...(passed.length > 0 ? [`${formatAmounts(best, passed)} is passed already this month`] : []),
    // AWS subtracts credits by default.
    ...(best.subtractsCredits ? ['silent while credits pay, since it subtracts them'] : []),
    ...(best.countsTax ? [] : ['without tax']),
    ...(best.budget.AutoAdjustData ? ['AWS adjusts the limit to what was spent before'] : []),
  ];
};

const describeWarnings = (best: WholeAccountBudget, now: Date): string => {
  const ahead = best.hasForecast ? ', and ahead of time by forecast' : '';
  const limitations = describeLimitations(best).map((one) => `; ${one}`);
  return `Warns at ${formatAmounts(best, best.warnings)} a month${ahead}${limitations.join('')}${describeEnd(best, now)}`;
};

const explainTopic = ({ topics }: WholeAccountBudget, topic: string): string => {
  const found = topics.find((one) => one.topic === topic);
  return found && 'because' in found ? `${topic} (${found.because})` : topic;
};

/** What AWS does not say about the recipients, and what the owner can do about it. */
const describeRecipientDoubts = (
  best: WholeAccountBudget,
): { doubt: string; remedy: string; settled: string } => {
  const { addresses, topics } = splitRecipients(best.unconfirmedRecipients);
  const doubts = [
    ...(addresses.length > 0 ? [`whether ${addresses.join(', ')} was verified`] : []),
    ...(topics.length > 0
      ? [
          `whether anybody gets what is sent to ${topics.map((topic) => explainTopic(best, topic)).join(', ')}`,
        ]
      : []),
  ];
  return {
    doubt: `AWS does not say ${doubts.join(', and ')}`,
    ...(topics.length === 0
      ? {
          remedy:
            'Open the link in the mail of AWS while you are signed in to this account, within 12 hours; then run the setup and say so.',
          settled: 'the address is verified',
        }
      : {
          remedy:
            'See whether its warnings reach you, then run the setup and say so; or add your address to the budget in the console.',
          settled: 'its warnings reach you',
        }),
  };
};

const judgeWarningBudget = (best: WholeAccountBudget, facts: BudgetFacts): Finding<BudgetFacts> => {
  const { deliveryProven, attestation, saidAtOnce } = best;
  const summary = describeWarnings(best, facts.now);
  if (deliveryProven) return { status: 'met', summary, facts };
  const { doubt, remedy, settled } = describeRecipientDoubts(best);
  if (attestation) {
    const said = `${summary}; ${settled}, on your word of ${formatDay(attestation.on)}`;
    return saidAtOnce
      ? {
          status: 'attested',
          summary: `${said}, given only seconds after the budget was set up`,
          facts,
          remedy:
            'Make sure that the link in the mail of AWS was opened. If not, run the setup and take your word back.',
        }
      : { status: 'attested', summary: said, facts };
  }
  return { status: 'waiting', summary: `${summary}; ${doubt}${describeFutureWord(best)}`, facts, remedy };
};

const describeFailingTopics = (topics: readonly TopicDelivery[]): string =>
  topics
    .flatMap((one) => (one.state === 'reaches nobody' ? [`; ${one.topic}: ${one.because}`] : []))
    .join('');

const describeUselessWarnings = (best: WholeAccountBudget): string => {
  const useless = best.alerts.filter(({ notification }) => notification.NotificationType === 'ACTUAL');
  const amounts = formatAmounts(best, useless);
  return useless.some((alert) => findAmountFlaw(getAlertAmount(best, alert)) !== 'too small')
    ? `warns far above what is spent: only at ${amounts} a month`
    : `warns only at ${amounts}: the first cent of the month passes that, and nothing after it`;
};

/** Why a budget over the whole account is not enough. */
const describeUselessBudget = (best: WholeAccountBudget): string => {
  const { budget, limitFlaw, topics } = best;
  const name = `The budget ${budget.BudgetName ?? ''}`;
  if (limitFlaw !== undefined) return `${name} ${limitFlaw}`;
  if (best.hasOnlyUselessWarnings) return `${name} ${describeUselessWarnings(best)}`;
  return `${name} warns nobody of money that was spent${describeFailingTopics(topics)}`;
};

/** Why the existing budgets are not enough, or that there are none. */
const describeMissingBudget = ({ wholeAccountBudgets: [best], excludedBudgets }: BudgetFacts): string => {
  if (best) return describeUselessBudget(best);
  const [first, ...more] = excludedBudgets;
  if (first === undefined) return 'No budget: nobody is warned before the money is spent';
  const rest = more.length > 0 ? `, and ${more.length} more that do not count` : '';
  return `No budget over the whole account: ${first}${rest}`;
};

export const judgeBudget = (facts: BudgetFacts): Finding<BudgetFacts> => {
  const [best] = facts.wholeAccountBudgets;
  if (best && hasWarningRecipient(best)) return judgeWarningBudget(best, facts);
  const remedy = 'Run the setup: it makes a budget, or adds what yours lacks.';
  return { status: 'unmet', summary: describeMissingBudget(facts), facts, remedy };
};
