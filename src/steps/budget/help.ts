import type { StepHelp } from '../../core/step.ts';
import { budgetsPageUrl } from './attestation.ts';
import { ourBudgetNamePrefix } from './facts.ts';
import { explainWords } from '../shared/words.ts';

/** What the owner reads who asks for help with the budget. */
export const budgetHelp: StepHelp = {
  words: explainWords('budget', 'forecast', 'SNS topic'),
  ifSkipped:
    'Nobody warns you before the money is spent, and the billing alarm is your only warning. If its mails stop, you do not notice.',
  undo: `Delete the budget "${ourBudgetNamePrefix}" at ${budgetsPageUrl}. If you had a budget before, edit it there: remove the alerts that were added, or set its old amount.`,
  url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html',
};
