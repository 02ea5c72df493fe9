import type { ForeignCall } from '../another-client.ts';
import { refusing, refusingInXml, replacing, withJson } from '../front.ts';
import { allow, policy, type Drift, type FinishedAccount } from './drift.ts';
import { alarm, owner, putAlarm, yesterday } from './finished.ts';

const changeAlarm =
  (settings: object) =>
  ({ topic }: FinishedAccount): readonly ForeignCall[] => [putAlarm(topic, settings)];

/** The alarm with other settings, some of which it may no longer have. */
const replaceAlarm =
  (settings: object, dropped: readonly string[] = []) =>
  ({ topic }: FinishedAccount): readonly ForeignCall[] => [
    [
      'cloudwatch',
      'PutMetricAlarm',
      {
        ...Object.fromEntries(Object.entries(alarm).filter(([name]) => !dropped.includes(name))),
        AlarmActions: [topic],
        ...settings,
      },
    ],
  ];

const setTopic =
  (AttributeName: string, value: (account: FinishedAccount) => string) =>
  (account: FinishedAccount): readonly ForeignCall[] => [
    ['sns', 'SetTopicAttributes', { TopicArn: account.topic, AttributeName, AttributeValue: value(account) }],
  ];

const publishIf = (condition: (account: FinishedAccount) => object) =>
  setTopic('Policy', (account) =>
    policy({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'SNS:Publish',
      Resource: account.topic,
      Condition: condition(account),
    }),
  );

const setSubscription =
  (AttributeName: string, AttributeValue: string, ...more: readonly ForeignCall[]) =>
  ({ subscription: SubscriptionArn }: FinishedAccount): readonly ForeignCall[] => [
    ['sns', 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue }],
    ...more,
  ];

const filterBody =
  (filter: object) =>
  (account: FinishedAccount): readonly ForeignCall[] => [
    ...setSubscription('FilterPolicyScope', 'MessageBody')(account),
    ...setSubscription('FilterPolicy', JSON.stringify(filter))(account),
  ];

const subscribe = (TopicArn: string, Protocol: string, Endpoint: string): ForeignCall => [
  'sns',
  'Subscribe',
  { TopicArn, Protocol, Endpoint },
];

const subscribeQueue = ({ id, topic }: FinishedAccount): readonly ForeignCall[] => [
  ['sqs', 'CreateQueue', { QueueName: 'alarms' }],
  subscribe(topic, 'sqs', `arn:aws:sqs:us-east-1:${id}:alarms`),
];

const unsubscribe = ({ subscription: SubscriptionArn }: FinishedAccount): ForeignCall => [
  'sns',
  'Unsubscribe',
  { SubscriptionArn },
];

const tagTopic = ({ topic }: FinishedAccount, value: string): ForeignCall => [
  'sns',
  'TagResource',
  { ResourceArn: topic, Tags: [{ Key: 'aws-first-steps:proven', Value: value }] },
];

/** The alarm publishes to nobody, and these composite alarms follow it. */
const silentAlarm = ({ topic }: FinishedAccount): readonly ForeignCall[] => [
  putAlarm(topic, { AlarmActions: [] }),
];

const composites =
  (...alarms: readonly { name: string; rule: string; publishes?: boolean; more?: object }[]) =>
  ({ id, topic }: FinishedAccount) => ({
    'cloudwatch:DescribeAlarms': withJson({
      CompositeAlarms: alarms.map(({ name, rule, publishes = false, more = {} }) => ({
        AlarmName: name,
        AlarmArn: `arn:aws:cloudwatch:us-east-1:${id}:alarm:${name}`,
        AlarmRule: rule,
        AlarmActions: publishes ? [topic] : [],
        ActionsEnabled: true,
        ...more,
      })),
    }),
  });

const changedSubscription = 'but the subscriptions have changed since';
const changedTopic = 'but the topic has changed since';
const changedAlarm = 'but the alarms have changed since';
const filtered = `The filter policy of the subscription of ${owner} keeps the alarm out`;
const closed = 'The policy of the topic aws-first-steps-billing does not let CloudWatch publish';
const ours = 'aws-first-steps-billing-10-usd';

const settings: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'actions turned off',
    plant: () => [['cloudwatch', 'DisableAlarmActions', { AlarmNames: [ours] }]],
    status: 'unmet',
    says: 'are turned off, so it tells nobody',
  },
  {
    planted: 'alarm deleted',
    plant: () => [['cloudwatch', 'DeleteAlarms', { AlarmNames: [ours] }]],
    status: 'unmet',
    says: 'the alarm was deleted or never made',
  },
  {
    planted: 'topic only for the state OK',
    plant: ({ topic }) => [putAlarm(topic, { AlarmActions: [], OKActions: [topic] })],
    status: 'unmet',
    says: 'publishes to no topic, so it tells nobody',
  },
  {
    planted: 'namespace AWS/Bill',
    plant: changeAlarm({ Namespace: 'AWS/Bill' }),
    status: 'unmet',
    says: 'watches the namespace "AWS/Bill"',
  },
  {
    planted: 'metric EstimatedCharge',
    plant: changeAlarm({ MetricName: 'EstimatedCharge' }),
    status: 'unmet',
    says: 'watches the metric "EstimatedCharge"',
  },
  {
    planted: 'currency EUR',
    plant: changeAlarm({ Dimensions: [{ Name: 'Currency', Value: 'EUR' }] }),
    status: 'unmet',
    says: 'watches charges in EUR',
  },
  {
    planted: 'no currency',
    plant: replaceAlarm({}, ['Dimensions']),
    status: 'unmet',
    says: 'names no currency',
  },
  {
    planted: 'one service only',
    plant: changeAlarm({
      Dimensions: [...alarm.Dimensions, { Name: 'ServiceName', Value: 'AmazonEC2' }],
    }),
    status: 'unmet',
    says: 'watches what one service costs (AmazonEC2)',
  },
  {
    planted: 'one account of an organization only',
    plant: changeAlarm({
      Dimensions: [...alarm.Dimensions, { Name: 'LinkedAccount', Value: '111122223333' }],
    }),
    status: 'unmet',
    says: 'watches what one account costs (111122223333)',
  },
  {
    planted: 'statistic SampleCount',
    plant: changeAlarm({ Statistic: 'SampleCount' }),
    status: 'unmet',
    says: 'counts how many figures there are',
  },
  {
    planted: 'unit Seconds',
    plant: changeAlarm({ Unit: 'Seconds' }),
    status: 'unmet',
    says: 'asks for figures in Seconds',
  },
  {
    planted: 'comparison the other way round',
    plant: changeAlarm({ ComparisonOperator: 'LessThanThreshold' }),
    status: 'unmet',
    says: 'warns of charges that are too low',
  },
  {
    planted: 'threshold 5,000',
    plant: changeAlarm({ Threshold: 5000 }),
    status: 'unmet',
    says: 'warns above 5000 USD only: by then it is too late',
  },
  {
    planted: 'threshold 0.001',
    plant: changeAlarm({ Threshold: 0.001 }),
    status: 'unmet',
    says: "the month's first cent sets it off",
  },
  {
    planted: '5 figures in 5 minutes, missing ones ignored',
    plant: changeAlarm({ Period: 60, EvaluationPeriods: 5, TreatMissingData: 'ignore' }),
    status: 'unmet',
    says: 'cannot fire: it needs 5 high figures within 300 seconds',
  },
  {
    planted: 'five minutes, missing figures breaching',
    plant: changeAlarm({ Period: 300, TreatMissingData: 'breaching' }),
    status: 'unmet',
    says: 'always in ALARM and says nothing new',
  },
  {
    planted: 'threshold 20',
    plant: changeAlarm({ Threshold: 20 }),
    status: 'waiting',
    says: changedAlarm,
  },
  {
    planted: 'in Frankfurt, where the caller signs in',
    region: 'eu-central-1',
    plant: () => [
      ['cloudwatch', 'DeleteAlarms', { AlarmNames: [ours] }],
      ['cloudwatch', 'PutMetricAlarm', { ...alarm, AlarmName: 'bill' }, 'eu-central-1'],
    ],
    status: 'unmet',
    says: 'The alarm bill is in eu-central-1',
  },
  {
    planted: 'topic in another Region',
    plant: ({ id }) => [putAlarm(`arn:aws:sns:eu-central-1:${id}:bill`, {})],
    status: 'unmet',
    says: 'so it tells nobody',
  },
  {
    planted: 'topic of another account',
    plant: () => [putAlarm('arn:aws:sns:us-east-1:111122223333:bill', {})],
    status: 'unmet',
    says: 'publishes to a topic of another account',
  },
  {
    planted: 'mute rule',
    answers: ({ id }) => ({
      'cloudwatch:ListAlarmMuteRules': withJson({
        AlarmMuteRuleSummaries: [
          {
            AlarmMuteRuleArn: `arn:aws:cloudwatch:us-east-1:${id}:alarm-mute-rule:nights`,
            Status: 'SCHEDULED',
          },
        ],
      }),
    }),
    status: 'waiting',
    says: 'is silenced by the mute rule nights, now or at set times',
  },
  {
    planted: 'nobody may see mute rules',
    answers: () => ({ 'cloudwatch:ListAlarmMuteRules': refusing }),
    status: 'unknown',
    says: 'refused: cloudwatch:ListAlarmMuteRules',
  },
];

const composite: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'composite alarm that publishes instead',
    plant: silentAlarm,
    answers: composites({ name: 'any', rule: `ALARM("${ours}")`, publishes: true }),
    status: 'waiting',
    says: changedAlarm,
  },
  {
    planted: 'composite alarm of a composite alarm',
    plant: silentAlarm,
    answers: composites(
      { name: 'outer', rule: 'ALARM("inner")', publishes: true },
      { name: 'inner', rule: `ALARM("${ours}") OR ALARM("other")` },
    ),
    status: 'waiting',
    says: changedAlarm,
  },
  {
    planted: 'the same, of which one needs two alarms at once',
    plant: silentAlarm,
    answers: composites(
      { name: 'outer', rule: 'ALARM("inner")', publishes: true },
      { name: 'inner', rule: `ALARM("${ours}") AND ALARM("other")` },
    ),
    status: 'unmet',
    says: 'publishes to no topic, so it tells nobody (the composite alarm outer, inner follows it',
  },
  {
    planted: 'composite alarms that follow each other in a circle',
    plant: silentAlarm,
    answers: composites(
      { name: 'one', rule: 'ALARM("two")', publishes: true },
      { name: 'two', rule: 'ALARM("one")', publishes: true },
    ),
    status: 'unmet',
    says: 'publishes to no topic, so it tells nobody',
  },
];

const topics: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'topic deleted',
    plant: ({ topic }) => [['sns', 'DeleteTopic', { TopicArn: topic }]],
    status: 'unmet',
    says: 'points nowhere: its topic aws-first-steps-billing was deleted',
  },
  {
    planted: 'topic policy for the alarms of another account',
    plant: publishIf(() => ({ StringEquals: { 'aws:SourceAccount': '111122223333' } })),
    status: 'unmet',
    says: closed,
  },
  {
    planted: 'topic policy for another alarm',
    plant: publishIf(({ id }) => ({
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${id}:alarm:other` },
    })),
    status: 'unmet',
    says: closed,
  },
  {
    planted: 'topic policy for the alarms of another Region',
    plant: publishIf(({ id }) => ({
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:${id}:alarm:*` },
    })),
    status: 'unmet',
    says: closed,
  },
  {
    planted: 'topic policy that only lets people subscribe',
    plant: setTopic('Policy', ({ topic }) =>
      policy(allow('SNS:Subscribe', { Principal: { AWS: '*' }, Resource: topic })),
    ),
    status: 'unmet',
    says: closed,
  },
  {
    planted: 'topic policy with a Deny, unless the caller is from an organization',
    plant: setTopic('Policy', ({ topic }) =>
      policy(allow('SNS:Publish', { Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: topic }), {
        Effect: 'Deny',
        Principal: '*',
        Action: 'SNS:*',
        Resource: topic,
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-example000' } },
      }),
    ),
    status: 'waiting',
    says: closed,
  },
  {
    planted: 'topic policy for exactly this alarm',
    plant: publishIf(({ id }) => ({
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${id}:alarm:${ours}` },
      StringEquals: { 'aws:SourceAccount': id },
    })),
    status: 'waiting',
    says: changedTopic,
  },
  {
    planted: "encryption with AWS's own key",
    plant: setTopic('KmsMasterKeyId', () => 'alias/aws/sns'),
    status: 'unmet',
    says: 'which CloudWatch may not use',
  },
  {
    planted: 'encryption with a key of the account',
    plant: setTopic('KmsMasterKeyId', () => 'alias/mails'),
    status: 'waiting',
    says: 'only a fire drill tells whether CloudWatch can use it',
  },
  {
    planted: 'nobody may see the attributes of the topic',
    answers: () => ({ 'sns:GetTopicAttributes': refusingInXml }),
    status: 'unknown',
    says: 'refused: sns:GetTopicAttributes',
  },
];

const subscriptions: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'filter policy on an attribute',
    plant: setSubscription('FilterPolicy', JSON.stringify({ severity: ['high'] })),
    status: 'unmet',
    says: filtered,
  },
  {
    planted: 'filter policy on the body: anything but ALARM',
    plant: filterBody({ NewStateValue: [{ 'anything-but': ['ALARM'] }] }),
    status: 'unmet',
    says: filtered,
  },
  {
    planted: 'filter policy on the body: another metric',
    plant: filterBody({ Trigger: { MetricName: ['CPUUtilization'] } }),
    status: 'unmet',
    says: filtered,
  },
  {
    planted: 'filter policy on the body that lets the alarm through',
    plant: filterBody({ NewStateValue: ['ALARM'] }),
    status: 'waiting',
    says: changedSubscription,
  },
  {
    planted: 'redrive policy',
    plant: ({ id, ...account }) => [
      ['sqs', 'CreateQueue', { QueueName: 'lost' }],
      ...setSubscription(
        'RedrivePolicy',
        JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:${id}:lost` }),
      )({ id, ...account }),
    ],
    status: 'waiting',
    says: changedSubscription,
  },
  {
    planted: 'subscription ended',
    plant: (account) => [unsubscribe(account)],
    status: 'unmet',
    says: 'Nobody is subscribed any more',
  },
  {
    planted: 'subscription ended, and a new one to another address',
    plant: (account) => [unsubscribe(account), subscribe(account.topic, 'email', 'otto@example.com')],
    status: 'waiting',
    says: changedSubscription,
  },
  {
    planted: 'subscription that waits for its mail to be confirmed',
    answers: ({ subscription }) => ({
      'sns:ListSubscriptions': replacing(new RegExp(subscription, 'g'), 'PendingConfirmation'),
    }),
    status: 'waiting',
    says: `the mail to ${owner} is not confirmed yet`,
  },
  {
    planted: 'subscription that was never confirmed and is deleted',
    answers: ({ subscription }) => ({
      'sns:ListSubscriptions': replacing(new RegExp(subscription, 'g'), 'Deleted'),
    }),
    status: 'unmet',
    says: `The subscription of ${owner} was deleted`,
  },
  {
    planted: 'subscription that every link in a mail can end',
    answers: () => ({
      'sns:GetSubscriptionAttributes': replacing(
        /(ConfirmationWasAuthenticated<\/key>\s*<value>)true/g,
        '$1false',
      ),
    }),
    status: 'met',
    says: 'anyone who has one of its mails can end it, a mail scanner too',
  },
  {
    planted: 'a queue in place of the owner, with the old proof',
    plant: (account) => [...subscribeQueue(account), unsubscribe(account)],
    status: 'unmet',
    says: 'ends in sqs, where nobody reads it',
  },
  {
    planted: 'a queue beside the owner',
    plant: subscribeQueue,
    status: 'waiting',
    says: changedSubscription,
  },
  {
    planted: 'a queue in place of the owner, and a proof in other words',
    plant: (account) => [
      ...subscribeQueue(account),
      unsubscribe(account),
      tagTopic(account, 'proven long ago'),
    ],
    status: 'unmet',
    says: 'ends in sqs, where nobody reads it',
  },
  {
    planted: 'nobody may see the attributes of the subscription',
    answers: () => ({ 'sns:GetSubscriptionAttributes': refusingInXml }),
    status: 'unknown',
    says: 'refused: sns:GetSubscriptionAttributes',
  },
];

const proofs: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'proof deleted',
    plant: ({ topic }) => [
      ['sns', 'UntagResource', { ResourceArn: topic, TagKeys: ['aws-first-steps:proven'] }],
    ],
    status: 'waiting',
    says: 'not proven yet that it reaches you',
  },
  {
    planted: 'proof written by hand',
    plant: (account) => [
      tagTopic(account, `${yesterday} alarm:000000000000 topic:000000000000 subscription:000000000000`),
    ],
    status: 'waiting',
    says: 'the alarms have changed, and the topic has changed, and the subscriptions have changed since',
  },
  {
    planted: 'proof with a date to come',
    plant: (account) => [
      tagTopic(account, '2086-01-01 alarm:000000000000 topic:000000000000 subscription:000000000000'),
    ],
    status: 'waiting',
    says: 'its proof of 2086-01-01 does not count, since that day is to come',
  },
  {
    planted: 'proof without the topic, which nobody could see then',
    plant: (account) => [
      tagTopic(account, `${yesterday} alarm:000000000000 topic:- subscription:000000000000`),
    ],
    status: 'waiting',
    says: 'the alarms have changed, and the subscriptions have changed since',
  },
];

const figures: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'no figures yet',
    answers: () => ({ 'cloudwatch:ListMetrics': () => JSON.stringify({ Metrics: [] }) }),
    status: 'waiting',
    says: 'AWS publishes no figures yet',
  },
  {
    planted: 'billing alerts off',
    answers: () => ({
      'cloudwatch:ListMetrics': () => JSON.stringify({ Metrics: [] }),
      'billing:GetBillingPreferences': withJson({
        billingPreferences: [{ feature: 'BILLING_ALERTS', key: 'cloudwatch', value: 'DISABLED' }],
      }),
    }),
    status: 'unmet',
    says: 'billing alerts are off',
  },
];

export const alarmDrifts: readonly Drift[] = [
  ...settings,
  ...composite,
  ...topics,
  ...subscriptions,
  ...proofs,
  ...figures,
].map((drift) => ({ step: 'billing-alarm', ...drift }));
