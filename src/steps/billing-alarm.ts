import { defineStep, type CheckContext, type Finding } from '../core/step.ts';
import type { BillingAlarmFacts } from './billing-alarm/facts.ts';
import { billingAlarmHelp } from './billing-alarm/help.ts';
import { judgeBillingAlarm } from './billing-alarm/finding.ts';
import { describeAlarmWarnings } from './billing-alarm/outcome.ts';
import { planBillingAlarm } from './billing-alarm/plan.ts';
import { priceBillingAlarm } from './billing-alarm/price.ts';
import { billingAlarmQuestions } from './billing-alarm/questions.ts';
import { readBillingAlarmFacts, billingAlarmReadPermissions } from './billing-alarm/reads.ts';

/**
 * A billing alarm that reaches someone (CloudWatch User Guide, "Create a billing alarm"). No security scanner checks
 * this.
 */
export const billingAlarmStep = defineStep({
  id: 'billing-alarm',
  title: 'Billing alarm',
  why: [
    'AWS has no spending limit, so let a mail warn you while the month runs.',
    'An alarm can look right and reach nobody, so a fire drill sends you a mail through it.',
  ],
  category: 'money',
  performedBy: 'administrator',
  cost: 'free up to 10 alarms in the account',
  price: priceBillingAlarm,
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  unavailableIn: {
    project:
      'A project cannot make alarms or SNS topics in us-east-1, where the bill is; a budget takes its place',
  },
  minutes: 3,
  help: billingAlarmHelp,
  readPermissions: billingAlarmReadPermissions,
  check: async ({ aws, identity, account, now }: CheckContext): Promise<Finding<BillingAlarmFacts>> => {
    const owner = { accountId: identity.accountId, isMemberAccount: account.kind === 'member' };
    return judgeBillingAlarm(await readBillingAlarmFacts(aws, owner, now));
  },
  outcome: describeAlarmWarnings,
  questions: billingAlarmQuestions,
  plan: planBillingAlarm,
});
