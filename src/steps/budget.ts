import { formatDay } from '../lib/dates.ts';
import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { readBudgetFacts, type BudgetFacts, type WholeAccountBudget } from './budget/facts.ts';
import { getAlertAmount } from './budget/judgement.ts';
import { planBudget } from './budget/plan.ts';
import { budgetQuestions, hasWarningRecipient } from './budget/questions.ts';
import { splitRecipients } from './budget/topics.ts';
import { revokeBudgetAttestation } from './budget/attestation.ts';

const formatBudgetAmounts = (amounts: readonly number[]): string =>
  amounts.map((amount) => String(Math.round(amount * 100) / 100)).join(' and ');

const describeBudgetWarnings = ({ budget, warnings, hasForecast }: WholeAccountBudget): string => {
  const amounts = [...new Set(warnings.map((alert) => getAlertAmount(budget, alert)))].toSorted(
    (a, b) => a - b,
  );
  const currency = budget.BudgetLimit?.Unit ?? 'USD';
  const ahead = hasForecast ? ', and ahead of time by forecast' : '; no warning by forecast';
  // AWS subtracts credits by default, and the console's list of budgets does not show it.
  const blind =
    budget.CostTypes?.IncludeCredit === true ? '; silent while credits pay, since it subtracts them' : '';
  return `Warns at ${formatBudgetAmounts(amounts)} ${currency} a month${ahead}${blind}`;
};

/** What AWS does not say about the recipients, and what the owner can do about it. */
const describeRecipientDoubts = (
  unconfirmed: readonly string[],
): { doubt: string; remedy: string; settled: string } => {
  const { addresses, topics } = splitRecipients(unconfirmed);
  const doubts = [
    ...(addresses.length > 0 ? [`whether ${addresses.join(', ')} was verified`] : []),
    ...(topics.length > 0 ? [`whether anybody gets what is sent to ${topics.join(', ')}`] : []),
  ];
  return {
    doubt: `AWS does not say ${doubts.join(', and ')}`,
    ...(topics.length === 0
      ? {
          remedy:
            'Choose the link in the mail of AWS while you are signed in to this account (valid for 12 hours), then run the setup and say so.',
          settled: 'the address is verified',
        }
      : {
          remedy:
            'See whether its warnings reach you, then run the setup and say so. Or add your address to the budget in the console.',
          settled: 'its warnings reach you',
        }),
  };
};

const judgeWarningBudget = (best: WholeAccountBudget, facts: BudgetFacts): Finding<BudgetFacts> => {
  const { deliveryProven, attestation, unconfirmedRecipients } = best;
  const summary = describeBudgetWarnings(best);
  if (deliveryProven) return { status: 'met', summary, facts };
  const { doubt, remedy, settled } = describeRecipientDoubts(unconfirmedRecipients);
  return attestation
    ? {
        status: 'attested',
        summary: `${summary}; ${settled}, on your word of ${formatDay(attestation.on)}`,
        facts,
      }
    : { status: 'waiting', summary: `${summary}; ${doubt}`, facts, remedy };
};

/** Why the existing budgets are not enough, or that there are none. */
const describeMissingBudget = ({ wholeAccountBudgets: [best], excludedBudgets }: BudgetFacts): string => {
  if (best) {
    const name = best.budget.BudgetName ?? '';
    return best.limitTooHigh
      ? `The budget ${name} warns far above what is spent`
      : `The budget ${name} warns nobody of money that was spent`;
  }
  const [first, ...more] = excludedBudgets;
  if (first === undefined) return 'No budget: nobody is warned before the money is spent';
  const rest = more.length > 0 ? `, and ${more.length} more that do not count` : '';
  return `No budget over the whole account: ${first}${rest}`;
};

const judgeBudget = (facts: BudgetFacts): Finding<BudgetFacts> => {
  const [best] = facts.wholeAccountBudgets;
  if (best && hasWarningRecipient(best)) return judgeWarningBudget(best, facts);
  const remedy = 'Run the setup: it makes a budget, or adds what yours lacks.';
  return { status: 'unmet', summary: describeMissingBudget(facts), facts, remedy };
};

/** A monthly budget that warns someone (Cost Management User Guide, "Managing your costs with AWS Budgets"). */
export const budgetStep = defineStep({
  id: 'budget',
  title: 'Budget',
  why: [
    'The billing alarm tells what was spent; a budget also forecasts the month and warns before the money is gone. It is a second way to reach you, too.',
    'It is no cap: AWS stops nothing. Figures come up to three times a day, and the forecast needs about five weeks of history.',
  ],
  category: 'money',
  performedBy: 'administrator',
  cost: 'free; only budget actions and reports, which this does not make, cost something',
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  readPermissions: [
    'budgets:ViewBudget',
    'iam:GetAccountAuthorizationDetails',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
  ],
  check: async (context: CheckContext): Promise<Finding<BudgetFacts>> =>
    judgeBudget(await readBudgetFacts(context)),
  questions: budgetQuestions,
  actionQuestions: ['verified'],
  plan: planBudget,
  revoke: revokeBudgetAttestation,
});
