/** Differences of one clause, as the comparison words them, each with its reason. */
type Reasons = Readonly<Record<string, string>>;

const unpaged = 'moto answers with everything at once, whatever MaxItems says.';
const confirmed = 'moto has nobody who could click, so it confirms subscriptions at once; on AWS they wait.';
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
};

/** Where moto differs from AWS in how it checks permissions, and what the tests do about it. */
export const permissionDeviations = {
  cloudwatchName:
    'It knows CloudWatch by the name that it signs with, so policies say monitoring: for cloudwatch:.',
  cloudwatchRefusal: 'It refuses in XML whatever the protocol, so the proxy says the same in JSON.',
};

/** Which operations of a run in moto are compared with the practice account, and which cannot be, with the reason. */
export const operationsInMoto: {
  compared: readonly string[];
  notCompared: Readonly<Record<string, string>>;
  answeredByProxy: Readonly<Record<string, object>>;
} = {
  compared: [
    'iam:AttachGroupPolicy',
    'iam:CreateGroup',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetAccountPasswordPolicy',
    'iam:ListAccountAliases',
    'iam:PutGroupPolicy',
    'iam:UpdateAccountPasswordPolicy',
    'sns:CreateTopic',
    'sns:ListSubscriptions',
    'sns:ListTopics',
    'sns:Subscribe',
  ],
  notCompared: {},
  answeredByProxy: {},
};
