/** Where moto differs from AWS in how it checks permissions, and what the tests do about it. */
export const permissionDeviations = {
  cloudwatchName:
    'It knows CloudWatch by the name that it signs with, so policies say monitoring: for cloudwatch:.',
  cloudwatchRefusal: 'It refuses in XML whatever the protocol, so the proxy says the same in JSON.',
};

const unchecked = 'moto does not know the service; what answers in its place checks no permissions.';
const byAPerson = 'Called once a person has typed or chosen something; nobody is there in these runs.';

/** Permissions that a plan names and that not every run in moto needs, each with the reason. */
export const notAlwaysNeeded: Readonly<Record<string, string>> = {
  'sns:ListSubscriptionsByTopic':
    'Asked while the mail waits for its click (moto confirms subscriptions at once), and of topics that a budget warns (none here).',
  'cloudwatch:GetAlarmMuteRule': 'Asked only where there are mute rules; moto has none.',
  'cloudwatch:ListAlarmMuteRules': 'moto has no mute rules; what answers in its place checks no permissions.',
  'sns:GetSubscriptionAttributes':
    'The budget asks it of topics that a budget warns; there is none in these runs. The alarm goes on without it.',
  'sns:GetSMSSandboxAccountStatus': 'Asked of topics that warn a telephone; there is none in these runs.',
  'billing:GetBillingPreferences': unchecked,
  'cloudwatch:DescribeAlarmsForMetric':
    'Asked only in another Region than us-east-1, where the owner signs in there.',
  'cloudwatch:SetAlarmState': byAPerson,
  'sns:ConfirmSubscription': byAPerson,
  'sns:Unsubscribe': byAPerson,
  'iam:DeleteVirtualMFADevice': 'Cleans up after an enrolment that was broken off; these come to their end.',
  'iam:ListMFADevices':
    'Asked of administrators to whom no virtual device belongs; the only one here has such a device.',
  'iam:TagUser': byAPerson,
  'sns:GetTopicAttributes': 'The budget asks it of topics that a budget warns; there is none in these runs.',
};
