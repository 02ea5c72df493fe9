/** Differences of one clause, as the comparison words them, each with its reason. */
type Reasons = Readonly<Record<string, string>>;

const unpaged = 'moto answers with everything at once, whatever MaxItems says.';
const confirmed = 'moto has nobody who could click, so it confirms subscriptions at once; on AWS they wait.';
const anyToken = 'moto takes any token for the right one; AWS was recorded to refuse it.';
const seedOnce = 'AWS tells the seed of a device once, when it makes it.';
const noTags = 'The lists of IAM leave tags out (IAM API Reference, ListVirtualMFADevices).';
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
  "read the virtual MFA devices, one of them nobody's": {
    'VirtualMFADevices[].Base32StringSeed only in moto': seedOnce,
    'VirtualMFADevices[].QRCodePNG only in moto': seedOnce,
  },
  'read the virtual MFA devices, one of them enabled': {
    'VirtualMFADevices[].Base32StringSeed only in moto': seedOnce,
    'VirtualMFADevices[].QRCodePNG only in moto': seedOnce,
    'VirtualMFADevices[].User.Tags[].Key only in moto': noTags,
    'VirtualMFADevices[].User.Tags[].Value only in moto': noTags,
  },
  'enable an MFA device that is not there': {
    'code NoSuchEntity, in moto none': 'moto enables whatever it is told, with any codes.',
    'status 404, in moto 200': 'moto enables whatever it is told, with any codes.',
  },
  'read the access keys of a user without any': {
    'IsTruncated=false not in moto': 'moto leaves it out where there is no key; nothing here asks for it.',
  },
  'read the access keys of a user with one': {
    'IsTruncated=false not in moto': 'moto leaves it out; nothing here asks for it.',
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
  },
  'read an alarm on what has no figures': {
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
