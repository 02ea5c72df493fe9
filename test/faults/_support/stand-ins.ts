import type { StandIns } from '../../_support/aws-proxy.ts';

/** What the proxy answers in place of a moto that does not know the operation, where a run needs an answer. */
export const answeredByProxy: StandIns = {
  'billing:GetBillingPreferences': {
    billingPreferences: [{ feature: 'BILLING_ALERTS', key: 'cloudwatch', value: 'ENABLED' }],
  },
  'billing:UpdateBillingPreferences': {},
  // Asked only about a notification that is there; that moto was sent this address is read back from moto itself.
  'cloudwatch:ListAlarmMuteRules': { AlarmMuteRuleSummaries: [] },
  'budgets:DescribeSubscribersForNotification': {
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'maria@example.com' }],
  },
  'freetier:GetAccountPlanState': {
    accountPlanType: 'FREE',
    accountPlanStatus: 'ACTIVE',
    accountPlanRemainingCredits: { amount: 100, unit: 'USD' },
    accountPlanExpirationDate: '2027-05-24T00:00:00Z',
  },
};
