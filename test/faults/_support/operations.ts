const compared = {
  budgets: 'CreateBudget CreateNotification DescribeBudgets DescribeNotificationsForBudget',
  cloudwatch:
    'DescribeAlarms DescribeAlarmsForMetric EnableAlarmActions ListMetrics PutMetricAlarm SetAlarmState',
  iam:
    'AddUserToGroup AttachGroupPolicy CreateGroup CreateLoginProfile CreateUser CreateVirtualMFADevice ' +
    'DeleteAccessKey DeleteLoginProfile DeleteUserPolicy DeleteVirtualMFADevice DetachUserPolicy EnableMFADevice ' +
    'GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary ' +
    'GetLoginProfile ListAccessKeys ListAccountAliases ListMFADevices ListVirtualMFADevices PutGroupPolicy ' +
    'RemoveUserFromGroup TagUser UpdateAccessKey UpdateAccountPasswordPolicy',
  organizations: 'DescribeOrganization',
  sns:
    'ConfirmSubscription CreateTopic GetSubscriptionAttributes GetTopicAttributes ListSubscriptions ' +
    'ListSubscriptionsByTopic ListTagsForResource ListTopics SetSubscriptionAttributes SetTopicAttributes Subscribe TagResource Unsubscribe',
  sts: 'GetCallerIdentity',
};

/** The operations whose answers are compared, call by call; the contract fails where this is not true. */
export const comparedWithMoto: readonly string[] = Object.entries(compared).flatMap(([service, names]) =>
  names.split(' ').map((name) => `${service}:${name}`),
);

/** What the steps call and moto does not know, with the reason why nothing is compared. */
export const unknownToMoto: Readonly<Record<string, string>> = {
  'account:GetAccountInformation': 'moto has no such operation; the program takes that as not known.',
  'billing:GetBillingPreferences': 'moto has no AWS Billing; the proxy answers.',
  'billing:UpdateBillingPreferences': 'moto has no AWS Billing; the proxy answers.',
  'budgets:DescribeSubscribersForNotification':
    'moto keeps subscribers and does not tell them; the proxy answers.',
  'budgets:CreateSubscriber': 'moto has no such operation.',
  'budgets:UpdateBudget': 'moto has no such operation.',
  'sns:GetSMSSandboxAccountStatus': 'moto has no SMS sandbox.',
  'cloudwatch:DeleteAlarmMuteRule': 'moto has no mute rules.',
  'cloudwatch:DescribeAlarmHistory': 'moto keeps no history of alarms.',
  'cloudwatch:GetAlarmMuteRule': 'moto has no mute rules.',
  'cloudwatch:PutAlarmMuteRule': 'moto has no mute rules.',
  'cloudwatch:ListAlarmMuteRules': 'moto has no mute rules; the proxy answers.',
  'freetier:GetAccountPlanState': 'moto has no AWS Free Tier; the proxy answers.',
};

/** What is compared only as a refusal, with the reason. */
export const onlyRefused: Readonly<Record<string, string>> = {
  'organizations:DescribeOrganization':
    'An account that stands alone is refused; one in an organization would need another account to begin with.',
};
