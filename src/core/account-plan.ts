import type { AccountPlan } from '../aws/account-kind.ts';
import { sanitize } from '../lib/sanitize.ts';

const longDateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

const describeCredit = ({ credits }: AccountPlan): string =>
  credits ? `, ${Number(credits.amount.toFixed(2))} ${sanitize(credits.unit, 10)} of credit left` : '';

// What happens at its end, and that what is in the account is kept for another 90 days: AWS Billing User Guide,
// "Choosing an AWS Free Tier plan".
const describeFreePlan = (plan: AccountPlan): string => {
  if (plan.status === 'EXPIRED') {
    return 'Free plan, which has ended: upgrade to the Paid plan within 90 days of its end, or AWS deletes what is in the account';
  }
  const end = plan.until ? `, until ${longDateFormat.format(plan.until)} or the credit is used up` : '';
  return `Free plan${describeCredit(plan)}${end}; then the account closes unless you upgrade`;
};

/** The plan in words: what is left of it, and what happens at its end. */
export const describeAccountPlan = (plan: AccountPlan): string => {
  if (plan.type === 'FREE') return describeFreePlan(plan);
  return plan.type === 'PAID'
    ? `Paid plan${describeCredit(plan)}`
    : `Plan ${sanitize(plan.type, 40)}${describeCredit(plan)}`;
};

/** What ends the Free plan at once and cannot be undone (AWS Billing User Guide, "Choosing an AWS Free Tier plan"). */
export const freePlanWarning =
  'On the Free plan, do not create or join an AWS organization: that ends the plan at once. Setting up Control Tower or an organization instance of IAM Identity Center does the same.';
