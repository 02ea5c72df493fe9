import { formatDay } from '../lib/dates.ts';
import { defineStep, type Finding } from '../core/step.ts';
import { budgetFacts, type BudgetFacts as Facts, type Watcher } from './budget/facts.ts';
import { amountOf } from './budget/judgement.ts';
import { planBudget } from './budget/plan.ts';
import { budgetQuestions, warnsSomebody } from './budget/questions.ts';
import { byKind } from './budget/topics.ts';
import { takeBackVerified } from './budget/attestation.ts';

const listed = (amounts: readonly number[]): string =>
  amounts.map((amount) => String(Math.round(amount * 100) / 100)).join(' and ');

const described = ({ budget, warnings, forecast }: Watcher): string => {
  const amounts = [...new Set(warnings.map((alert) => amountOf(budget, alert)))].toSorted((a, b) => a - b);
  const currency = budget.BudgetLimit?.Unit ?? 'USD';
  const ahead = forecast ? ', and ahead of time by forecast' : '; no warning by forecast';
  // Subtracted credits are the default of AWS, and nothing that a person sees in a list of budgets.
  const blind =
    budget.CostTypes?.IncludeCredit === true ? '; silent while credits pay, since it subtracts them' : '';
  return `Warns at ${listed(amounts)} ${currency} a month${ahead}${blind}`;
};

/** What AWS does not say of where the warnings go, and what the owner can do about it. */
const doubtsOn = (untold: readonly string[]): { doubt: string; remedy: string; settled: string } => {
  const { addresses, topics } = byKind(untold);
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

const reaching = (best: Watcher, facts: Facts): Finding<Facts> => {
  const { proven, word, untold } = best;
  const summary = described(best);
  if (proven) return { status: 'met', summary, facts };
  const { doubt, remedy, settled } = doubtsOn(untold);
  return word
    ? { status: 'attested', summary: `${summary}; ${settled}, on your word of ${formatDay(word.on)}`, facts }
    : { status: 'waiting', summary: `${summary}; ${doubt}`, facts, remedy };
};

/** Why what is there is not enough, or that there is nothing. */
const lacking = ({ watchers: [best], others }: Facts): string => {
  if (best) {
    const name = best.budget.BudgetName ?? '';
    return best.absurd
      ? `The budget ${name} warns far above what is spent`
      : `The budget ${name} warns nobody of money that was spent`;
  }
  const [first, ...more] = others;
  if (first === undefined) return 'No budget: nobody is warned before the money is spent';
  const rest = more.length > 0 ? `, and ${more.length} more that do not count` : '';
  return `No budget over the whole account: ${first}${rest}`;
};

const finding = (facts: Facts): Finding<Facts> => {
  const [best] = facts.watchers;
  if (best && warnsSomebody(best)) return reaching(best, facts);
  const remedy = 'Run the setup: it makes a budget, or adds what yours lacks.';
  return { status: 'unmet', summary: lacking(facts), facts, remedy };
};

/** A monthly budget that warns somebody (Cost Management User Guide, "Managing your costs with AWS Budgets"). */
export const budget = defineStep({
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
    'freetier:GetAccountPlanState',
    'iam:GetAccountAuthorizationDetails',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
  ],
  check: async (aws, words, clock): Promise<Finding<Facts>> =>
    finding(await budgetFacts(aws, words, clock.now())),
  questionNames: ['amount', 'email', 'verified'],
  questions: (facts: Facts) => budgetQuestions(facts),
  plan: planBudget,
  revoke: takeBackVerified,
});
