import type { ForeignCall } from '../another-client.ts';
import { withJson } from '../front.ts';
import { allow, policy, type Drift, type FinishedAccount } from './drift.ts';
import { budget, createBudget, owner, tagMaria, verifiedRecipients, warning, yesterday } from './finished.ts';

const deleteBudget = ({ id }: FinishedAccount): ForeignCall => [
  'budgets',
  'DeleteBudget',
  { AccountId: id, BudgetName: budget.BudgetName },
];

/** The same budget with other settings, in place of the finished one. */
const replaceBudget =
  (settings: object, notifications?: readonly object[], subscriber?: object) =>
  (account: FinishedAccount): readonly ForeignCall[] => [
    deleteBudget(account),
    createBudget(account.id, settings, notifications, subscriber),
  ];

const budgetTopic = (id: string): string => `arn:aws:sns:us-east-1:${id}:warnings`;

/** A budget that warns a topic only, to which the owner has subscribed. */
const warnTopic =
  (more: (account: FinishedAccount) => readonly ForeignCall[] = () => []) =>
  (account: FinishedAccount): readonly ForeignCall[] => [
    ['sns', 'CreateTopic', { Name: 'warnings' }],
    ['sns', 'Subscribe', { TopicArn: budgetTopic(account.id), Protocol: 'email', Endpoint: owner }],
    ...replaceBudget({}, undefined, { SubscriptionType: 'SNS', Address: budgetTopic(account.id) })(account),
    ...more(account),
  ];

const letBudgetsPublish = ({ id }: FinishedAccount, Condition?: object): ForeignCall => [
  'sns',
  'SetTopicAttributes',
  {
    TopicArn: budgetTopic(id),
    AttributeName: 'Policy',
    AttributeValue: policy(
      allow('SNS:Publish', {
        Principal: { Service: 'budgets.amazonaws.com' },
        Resource: budgetTopic(id),
        ...(Condition && { Condition }),
      }),
    ),
  },
];

const answersTopic = ({ id }: FinishedAccount) => ({
  'budgets:DescribeSubscribersForNotification': withJson({
    Subscribers: [{ SubscriptionType: 'SNS', Address: budgetTopic(id) }],
  }),
});

const partly = 'No budget over the whole account: mine watches only a part of the account';

const budgets: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'budget deleted',
    plant: (account) => [deleteBudget(account)],
    status: 'unmet',
    says: 'No budget: nobody is warned before the money is spent',
  },
  {
    planted: 'limit of 0.001 USD',
    plant: replaceBudget({ BudgetLimit: { Amount: '0.001', Unit: 'USD' } }),
    status: 'unmet',
    says: 'has a limit of 0.001: the first cent of the month passes it',
  },
  {
    planted: 'limit of 900,000 USD',
    plant: replaceBudget({ BudgetLimit: { Amount: '900000', Unit: 'USD' } }),
    status: 'unmet',
    says: 'warns far above what is spent',
  },
  {
    planted: 'a budget of usage',
    plant: replaceBudget({ BudgetType: 'USAGE', BudgetLimit: { Amount: '10', Unit: 'GB' } }),
    status: 'unmet',
    says: 'mine does not watch costs',
  },
  {
    planted: 'a budget of Savings Plans',
    plant: replaceBudget({
      BudgetType: 'SAVINGS_PLANS_UTILIZATION',
      BudgetLimit: { Amount: '100', Unit: 'PERCENTAGE' },
    }),
    status: 'unmet',
    says: 'mine does not watch costs',
  },
  {
    planted: 'a budget for a year',
    plant: replaceBudget({ TimeUnit: 'ANNUALLY' }),
    status: 'unmet',
    says: 'mine is not a monthly one',
  },
  {
    planted: 'a budget that has ended',
    plant: replaceBudget({
      TimePeriod: { Start: '2020-01-01T00:00:00Z', End: '2020-06-01T00:00:00Z' },
    }),
    status: 'unmet',
    says: 'mine has ended',
  },
  {
    planted: 'a budget that begins in sixty years',
    plant: replaceBudget({
      TimePeriod: { Start: '2086-01-01T00:00:00Z', End: '2087-06-15T00:00:00Z' },
    }),
    status: 'unmet',
    says: 'mine has not begun yet: it starts on 2086-01-01',
  },
  {
    planted: 'a filter on one service, of the older kind',
    plant: replaceBudget({ CostFilters: { Service: ['Amazon Simple Storage Service'] } }),
    status: 'unmet',
    says: partly,
  },
  {
    planted: 'a filter on a tag',
    plant: replaceBudget({ FilterExpression: { Tags: { Key: 'team', Values: ['web'] } } }),
    status: 'unmet',
    says: partly,
  },
  {
    planted: 'a filter that leaves out one Region',
    plant: replaceBudget({
      FilterExpression: { Not: { Dimensions: { Key: 'REGION', Values: ['eu-central-1'] } } },
    }),
    status: 'unmet',
    says: partly,
  },
  {
    planted: 'a filter on another account',
    plant: replaceBudget({
      FilterExpression: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['111122223333'] } },
    }),
    status: 'unmet',
    says: partly,
  },
  {
    planted: 'another billing view',
    plant: (account) =>
      replaceBudget({ BillingViewArn: `arn:aws:billing::${account.id}:billingview/custom-web` })(account),
    status: 'unmet',
    says: partly,
  },
  {
    planted: 'without subscriptions',
    plant: replaceBudget({ CostTypes: { IncludeSubscription: false } }),
    status: 'unmet',
    says: 'mine leaves out subscriptions',
  },
  {
    planted: 'without tax',
    plant: replaceBudget({ CostTypes: { IncludeTax: false } }),
    status: 'attested',
    says: 'without tax',
  },
  {
    planted: 'hours of use as its metric',
    plant: replaceBudget({ Metrics: ['Hours'] }),
    status: 'unmet',
    says: 'mine does not watch costs',
  },
  {
    planted: 'adjusted by AWS to what was spent before',
    plant: replaceBudget({
      AutoAdjustData: { AutoAdjustType: 'HISTORICAL', HistoricalOptions: { BudgetAdjustmentPeriod: 3 } },
    }),
    status: 'attested',
    says: 'AWS adjusts the limit to what was spent before',
  },
  {
    planted: 'no longer updated by AWS',
    answers: () => ({
      'budgets:DescribeBudgets': (answered) => {
        const { Budgets } = JSON.parse(answered) as { Budgets: readonly object[] };
        const HealthStatus = { Status: 'UNHEALTHY', StatusReason: 'FILTER_INVALID' };
        return JSON.stringify({ Budgets: Budgets.map((one) => ({ ...one, HealthStatus })) });
      },
    }),
    status: 'unmet',
    says: 'mine is no longer updated by AWS: its filter names an account',
  },
];

const notifications: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'a warning at 50,000 USD, as an amount',
    plant: replaceBudget({}, [warning(50_000, { ThresholdType: 'ABSOLUTE_VALUE' })]),
    status: 'unmet',
    says: 'warns far above what is spent: only at 50000 USD a month',
  },
  {
    planted: 'a warning at 0.001 USD, as an amount',
    plant: replaceBudget({}, [warning(0.001, { ThresholdType: 'ABSOLUTE_VALUE' })]),
    status: 'unmet',
    says: 'the first cent of the month passes that',
  },
  {
    planted: 'a warning when less is spent',
    plant: replaceBudget({}, [warning(80, { ComparisonOperator: 'LESS_THAN' })]),
    status: 'unmet',
    says: 'The budget mine warns nobody of money that was spent',
  },
  {
    planted: 'a warning by forecast only',
    plant: replaceBudget({}, [warning(100, { NotificationType: 'FORECASTED' })]),
    status: 'unmet',
    says: 'The budget mine warns nobody of money that was spent',
  },
  {
    planted: 'no warning at all',
    plant: replaceBudget({}, []),
    status: 'unmet',
    says: 'The budget mine warns nobody of money that was spent',
  },
  {
    planted: 'nobody subscribed to its warning',
    answers: () => ({ 'budgets:DescribeSubscribersForNotification': withJson({ Subscribers: [] }) }),
    status: 'unmet',
    says: 'The budget mine warns nobody of money that was spent',
  },
  {
    planted: 'another address in place of the verified one',
    plant: replaceBudget({}, undefined, { SubscriptionType: 'EMAIL', Address: 'otto@example.com' }),
    answers: () => ({
      'budgets:DescribeSubscribersForNotification': withJson({
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'otto@example.com' }],
      }),
    }),
    status: 'waiting',
    says: 'AWS does not say whether otto@example.com was verified',
  },
  {
    planted: 'word with a date to come',
    plant: () => [tagMaria('aws-first-steps:budget', `${verifiedRecipients} 2086-01-01`)],
    status: 'waiting',
    says: 'your word of 2086-01-01 does not count, since that day is to come',
  },
  {
    planted: 'word on somebody without rights',
    plant: () => [
      ['iam', 'UntagUser', { UserName: 'maria', TagKeys: ['aws-first-steps:budget'] }],
      [
        'iam',
        'TagUser',
        {
          UserName: 'anna',
          Tags: [{ Key: 'aws-first-steps:budget', Value: `${verifiedRecipients} ${yesterday}` }],
        },
      ],
    ],
    status: 'waiting',
    says: `AWS does not say whether ${owner} was verified`,
  },
];

const topics: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'a topic that AWS Budgets may publish to',
    plant: warnTopic((account) => [letBudgetsPublish(account)]),
    answers: answersTopic,
    status: 'met',
    says: 'Warns at 8 USD a month',
  },
  {
    planted: 'a topic with the policy that every new one has',
    plant: warnTopic(),
    answers: answersTopic,
    status: 'unmet',
    says: 'its policy does not let AWS Budgets publish',
  },
  {
    planted: 'a topic for another budget',
    plant: warnTopic((account) => [
      letBudgetsPublish(account, {
        ArnEquals: { 'aws:SourceArn': `arn:aws:budgets::${account.id}:budget/other` },
      }),
    ]),
    answers: answersTopic,
    status: 'unmet',
    says: 'its policy does not let AWS Budgets publish',
  },
  {
    planted: 'a topic that was deleted',
    plant: warnTopic(({ id }) => [['sns', 'DeleteTopic', { TopicArn: budgetTopic(id) }]]),
    answers: answersTopic,
    status: 'unmet',
    says: 'it was deleted',
  },
  {
    planted: "a topic that is encrypted with AWS's own key",
    plant: warnTopic((account) => [
      letBudgetsPublish(account),
      [
        'sns',
        'SetTopicAttributes',
        {
          TopicArn: budgetTopic(account.id),
          AttributeName: 'KmsMasterKeyId',
          AttributeValue: 'alias/aws/sns',
        },
      ],
    ]),
    answers: answersTopic,
    status: 'unmet',
    says: 'which AWS Budgets may not use',
  },
  {
    planted: 'a topic to which nobody is subscribed',
    plant: (account) => [
      ['sns', 'CreateTopic', { Name: 'warnings' }],
      ...replaceBudget({}, undefined, { SubscriptionType: 'SNS', Address: budgetTopic(account.id) })(account),
      letBudgetsPublish(account),
    ],
    answers: answersTopic,
    status: 'unmet',
    says: 'nobody has confirmed a subscription to it',
  },
  {
    planted: 'a topic with a filter policy on the body, which is no JSON',
    plant: (account) => [
      ['sns', 'CreateTopic', { Name: 'warnings' }],
      [
        'sns',
        'Subscribe',
        {
          TopicArn: budgetTopic(account.id),
          Protocol: 'email',
          Endpoint: owner,
          Attributes: {
            FilterPolicyScope: 'MessageBody',
            FilterPolicy: JSON.stringify({ budget: ['mine'] }),
          },
        },
      ],
      ...replaceBudget({}, undefined, { SubscriptionType: 'SNS', Address: budgetTopic(account.id) })(account),
      letBudgetsPublish(account),
    ],
    answers: answersTopic,
    status: 'unmet',
    says: 'keeps the warnings out',
  },
  {
    planted: 'a topic that ends in a queue',
    plant: (account) => [
      ['sns', 'CreateTopic', { Name: 'warnings' }],
      ['sqs', 'CreateQueue', { QueueName: 'warnings' }],
      [
        'sns',
        'Subscribe',
        {
          TopicArn: budgetTopic(account.id),
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:${account.id}:warnings`,
        },
      ],
      ...replaceBudget({}, undefined, { SubscriptionType: 'SNS', Address: budgetTopic(account.id) })(account),
      letBudgetsPublish(account),
    ],
    answers: answersTopic,
    status: 'waiting',
    says: 'it ends in sqs, which nobody may read',
  },
];

export const budgetDrifts: readonly Drift[] = [...budgets, ...notifications, ...topics].map((drift) => ({
  step: 'budget',
  ...drift,
}));
