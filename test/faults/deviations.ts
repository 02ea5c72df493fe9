import type { StandIns } from './proxy.ts';

/** Differences of one clause, as the comparison words them, each with its reason. */
type Reasons = Readonly<Record<string, string>>;

const unpaged = 'moto answers with everything at once, whatever MaxItems says.';
const confirmed = 'moto has nobody who could click, so it confirms subscriptions at once; on AWS they wait.';
const anyToken = 'moto takes any token for the right one; AWS was recorded to refuse it.';
const noForecast = 'A forecast of AWS needs about five weeks of history; moto always has one, of zero.';
const noData = 'A new alarm of AWS has not looked at any figure yet; moto calls that OK.';

/**
 * Where moto and the practice account are known to differ. Of each it is known from recordings or from the
 * documentation that the practice account is on the side of AWS, or that nothing here depends on it.
 */
export const deviations: Readonly<Record<string, Reasons>> = {
  'read the password policy': {
    'PasswordPolicy.HardExpiry=false only in moto': 'AWS leaves it out where it was never set.',
    'PasswordPolicy.MaxPasswordAge=0 only in moto': 'AWS leaves it out where passwords do not expire.',
  },
  'read a page of everybody': {
    'IsTruncated=false only in moto': unpaged,
    'IsTruncated=true not in moto': unpaged,
    'Marker not in moto': unpaged,
  },
  'read the aliases': { 'IsTruncated=false not in moto': 'moto leaves it out; nothing here asks for it.' },
  'read the account summary': {
    'AccountPasswordPresent=1 not in moto': 'moto counts nothing of the root user; AWS has this figure.',
  },
  'enable an MFA device that is not there': {
    'code NoSuchEntity, in moto none': 'moto enables whatever it is told, with any codes.',
    'status 404, in moto 200': 'moto enables whatever it is told, with any codes.',
  },
  'read the access keys of a user without any': {
    'IsTruncated=false not in moto': 'moto leaves it out where there is no key; nothing here asks for it.',
  },
  'read when an access key that is not there was used': {
    'code AccessDenied, in moto NoSuchEntity':
      'AWS does not tell which keys there are; recorded as AccessDenied.',
    'status 403, in moto 404': 'AWS does not tell which keys there are; recorded as AccessDenied.',
  },
  'read all subscriptions': {
    'Subscriptions[].SubscriptionArn only in moto': confirmed,
    'Subscriptions[].SubscriptionArn=PendingConfirmation not in moto': confirmed,
  },
  'read the subscriptions of a topic': {
    'Subscriptions[].SubscriptionArn only in moto': confirmed,
    'Subscriptions[].SubscriptionArn=PendingConfirmation not in moto': confirmed,
  },
  'read the alarms of a metric': {
    'MetricAlarms[].StateReasonData only in moto': 'AWS has it once figures were looked at.',
    'MetricAlarms[].StateTransitionedTimestamp not in moto':
      'moto does not keep it; nothing here asks for it.',
    'MetricAlarms[].StateValue=INSUFFICIENT_DATA not in moto': noData,
    'MetricAlarms[].StateValue=OK only in moto': noData,
  },
  'read the attributes of a topic': {
    'Attributes.DeliveryPolicy only in moto':
      'moto has one from the start; AWS has EffectiveDeliveryPolicy, and this where it was set.',
  },
  'read the attributes of a subscription': {
    'Attributes.SubscriptionPrincipal not in moto': 'moto leaves it out; nothing here asks for it.',
  },
  'confirm a subscription with a wrong token': {
    'SubscriptionArn only in moto': anyToken,
    'code InvalidParameter, in moto none': anyToken,
    'status 400, in moto 200': anyToken,
  },
  'read all alarms': {
    'MetricAlarms[].StateReasonData only in moto': 'AWS has it once figures were looked at.',
    'MetricAlarms[].StateTransitionedTimestamp not in moto':
      'moto does not keep it; nothing here asks for it.',
    'MetricAlarms[].StateValue=INSUFFICIENT_DATA not in moto': noData,
    'MetricAlarms[].StateValue=OK only in moto': noData,
  },
  'read the budgets': {
    'Budgets[].CalculatedSpend.ForecastedSpend.Amount only in moto': noForecast,
    'Budgets[].CalculatedSpend.ForecastedSpend.Unit only in moto': noForecast,
  },
  'read the notifications of a budget': {
    'Notifications[].NotificationState=OK not in moto':
      'moto keeps no state of one; nothing here asks for it.',
  },
};

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
  'billing:GetBillingPreferences': unchecked,
  'freetier:GetAccountPlanState': unchecked,
  'cloudwatch:DescribeAlarmsForMetric':
    'Asked only in another Region than us-east-1, where the owner signs in there.',
  'cloudwatch:SetAlarmState': byAPerson,
  'sns:ConfirmSubscription': byAPerson,
  'iam:TagUser': byAPerson,
  'organizations:DescribeOrganization':
    'Without it the account counts as one that stands alone, until AWS refuses something.',
  'sns:GetTopicAttributes': 'The budget asks it of topics that a budget warns; there is none in these runs.',
};

const compared = {
  budgets: 'CreateBudget CreateNotification DescribeBudgets DescribeNotificationsForBudget',
  cloudwatch:
    'DescribeAlarms DescribeAlarmsForMetric EnableAlarmActions ListMetrics PutMetricAlarm SetAlarmState',
  iam:
    'AddUserToGroup AttachGroupPolicy CreateGroup CreateLoginProfile CreateUser CreateVirtualMFADevice ' +
    'DeleteAccessKey DeleteUserPolicy DeleteVirtualMFADevice DetachUserPolicy EnableMFADevice ' +
    'GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary ' +
    'GetLoginProfile ListAccessKeys ListAccountAliases ListMFADevices ListVirtualMFADevices PutGroupPolicy ' +
    'TagUser UpdateAccessKey UpdateAccountPasswordPolicy',
  organizations: 'DescribeOrganization',
  sns:
    'ConfirmSubscription CreateTopic GetSubscriptionAttributes GetTopicAttributes ListSubscriptions ' +
    'ListSubscriptionsByTopic ListTagsForResource ListTopics SetTopicAttributes Subscribe TagResource Unsubscribe',
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
  'freetier:GetAccountPlanState': 'moto has no AWS Free Tier; the proxy answers.',
};

/** What the proxy answers in place of a moto that does not know the operation, where a run needs an answer. */
export const answeredByProxy: StandIns = {
  'billing:GetBillingPreferences': {
    billingPreferences: [{ feature: 'BILLING_ALERTS', key: 'cloudwatch', value: 'ENABLED' }],
  },
  'billing:UpdateBillingPreferences': {},
  // Asked only about a notification that is there; that moto was sent this address is read back from moto itself.
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
