import { CreateBudgetCommand, type Subscriber } from '@aws-sdk/client-budgets';
import { call, type Action } from '../../core/action.ts';
import { ourBudgetNamePrefix, type BudgetFacts } from './facts.ts';
import { wantedNotifications } from './notifications.ts';

/**
 * Credits and refunds are excluded on every plan. If they were included, the budget would stay at zero while credits
 * last, whatever runs, and first warn when the owner's own money is being spent.
 */
const newBudgetCostTypes = {
  IncludeCredit: false,
  IncludeRefund: false,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

const chooseBudgetName = (names: readonly string[]): string => {
  let name = ourBudgetNamePrefix;
  for (let number = 2; names.includes(name); number += 1) name = `${ourBudgetNamePrefix}-${number}`;
  return name;
};

export const createEmailSubscriber = (Address: string): Subscriber => ({
  SubscriptionType: 'EMAIL',
  Address,
});

/**
 * AWS Free Tier, "Earn credits": setting up a budget is one of the activities. AWS decides, and the list can change.
 */
const freePlanCreditNote = '. AWS may credit you up to 20 USD for a first budget on the Free plan';

/** An action that creates a complete budget in one call. */
export const createMonthlyBudget = (
  { accountId, budgetNames, onFreePlan }: BudgetFacts,
  amount: string,
  email: string,
): Action => {
  const BudgetName = chooseBudgetName(budgetNames);
  return call(
    'budgets',
    new CreateBudgetCommand({
      AccountId: accountId,
      Budget: {
        BudgetName,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: amount, Unit: 'USD' },
        CostTypes: newBudgetCostTypes,
      },
      NotificationsWithSubscribers: wantedNotifications.map((one) => ({
        Notification: one,
        Subscribers: [createEmailSubscriber(email)],
      })),
    }),
    `make the budget ${BudgetName}: mail to ${email} at 80% and 100% of ${amount} USD a month, and when AWS forecasts more. Credits are not subtracted, so it shows what you use${onFreePlan && budgetNames.length === 0 ? freePlanCreditNote : ''}`,
  );
};
