import { step, type Finding } from '../step.ts';
import { budgetFacts, type BudgetFacts as Facts, type Watcher } from './budget/facts.ts';
import { amountOf } from './budget/judgement.ts';
import { planBudget } from './budget/plan.ts';
import { budgetQuestions, warnsSomebody } from './budget/questions.ts';
import { takeBackVerified } from './budget/word.ts';

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

const reaching = (best: Watcher, facts: Facts): Finding<Facts> => {
  const { proven, word, untold } = best;
  const summary = described(best);
  if (proven) return { status: 'met', summary, facts };
  if (word) {
    const on = word.on.toISOString().slice(0, 10);
    return {
      status: 'attested',
      summary: `${summary}; the address is verified, on your word of ${on}`,
      facts,
    };
  }
  return {
    status: 'waiting',
    summary: `${summary}; AWS does not say whether ${untold.join(', ')} was verified`,
    facts,
    remedy:
      'Choose the link in the mail of AWS while you are signed in to this account (valid for 12 hours), then run the setup and say so.',
  };
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
export const budget = step({
  id: 'budget',
  title: 'Budget',
  why: [
    'The billing alarm tells what was spent; a budget also forecasts the month and warns before the money is gone. It is a second way to reach you, too.',
    'It is no cap: AWS stops nothing. Figures come up to three times a day, and the forecast needs about five weeks of history.',
  ],
  chapter: 'money',
  actor: 'administrator',
  cost: 'free; only budget actions and reports, which this does not make, cost something',
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  reads: [
    'budgets:ViewBudget',
    'freetier:GetAccountPlanState',
    'iam:GetAccountAuthorizationDetails',
    'sns:GetTopicAttributes',
  ],
  check: async (aws, words, clock): Promise<Finding<Facts>> =>
    finding(await budgetFacts(aws, words, clock.now())),
  answerable: ['amount', 'email', 'verified'],
  asks: (facts: Facts) => budgetQuestions(facts),
  plan: planBudget,
  takeBack: takeBackVerified,
});
