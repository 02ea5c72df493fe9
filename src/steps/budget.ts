import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import { budgetHelp } from './budget/help.ts';
import { judgeBudget } from './budget/finding.ts';
import { readBudgetFacts, type BudgetFacts } from './budget/facts.ts';
import { describeBudgetWarnings } from './budget/outcome.ts';
import { planBudget } from './budget/plan.ts';
import { budgetQuestions } from './budget/questions.ts';
import { revokeBudgetAttestation } from './budget/attestation.ts';

/** A monthly budget that warns someone (Cost Management User Guide, "Managing your costs with AWS Budgets"). */
export const budgetStep = defineStep({
  id: 'budget',
  title: 'Budget',
  why: [
    'A budget also forecasts the month, and warns before the money is gone.',
    'It stops nothing: AWS has no cap.',
  ],
  category: 'money',
  performedBy: 'administrator',
  cost: 'free',
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  controlRules: [
    {
      controls: { ssb: ['ACCT.10'] },
      // AWS does not tell whether a budget that may warn somebody does. One over a part of the account is not a missing one.
      holds: ({ wholeAccountBudgets, budgetNames }) => {
        if (wholeAccountBudgets.some(({ deliveryProven }) => deliveryProven)) return true;
        return budgetNames.length === 0 ? false : undefined;
      },
    },
  ],
  minutes: 2,
  help: budgetHelp,
  readPermissions: [
    'budgets:ViewBudget',
    'iam:GetAccountAuthorizationDetails',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
    'sns:GetSubscriptionAttributes',
    'sns:GetSMSSandboxAccountStatus',
  ],
  check: async (context: CheckContext): Promise<Finding<BudgetFacts>> =>
    judgeBudget(await readBudgetFacts(context)),
  outcome: describeBudgetWarnings,
  questions: budgetQuestions,
  actionQuestions: ['verified'],
  plan: planBudget,
  revoke: revokeBudgetAttestation,
});
