/** All kinds of charges that a budget can count (AWS Budgets, "CostTypes"), as AWS counts them unless told otherwise. */
export const allCharges = {
  IncludeCredit: true,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeRefund: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

/** What our own budget counts: what things cost before credits pay for them. */
export const chargesBeforeCredits = { ...allCharges, IncludeCredit: false, IncludeRefund: false };
