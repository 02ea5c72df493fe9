import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as sns from '@aws-sdk/client-sns';
import { estimatedChargesMetric } from '../../../src/steps/billing-alarm/alarms.ts';
import type { Clause } from './contract.ts';

const names = (start: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${start}${index}`);

const many = names('filler-', 101);

/** Topics and who is subscribed to them. */
export const topicClauses: readonly Clause[] = [
  { name: 'make a topic', call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'bills' })) },
  { name: 'make a topic again', call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'bills' })) },
  {
    name: 'make a topic with a bad name',
    call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'b l' })),
  },
  {
    name: 'subscribe an address',
    call: (aws, TopicArn) => aws.sns.send(new sns.SubscribeCommand({ TopicArn, ...mail })),
  },
  {
    name: 'subscribe an address again',
    call: (aws, TopicArn) => aws.sns.send(new sns.SubscribeCommand({ TopicArn, ...mail })),
  },
  {
    name: 'subscribe to a topic that is not there',
    call: (aws, topic) => aws.sns.send(new sns.SubscribeCommand({ TopicArn: `${topic}x`, ...mail })),
  },
  { name: 'read all subscriptions', call: (aws) => aws.sns.send(new sns.ListSubscriptionsCommand({})) },
  {
    name: 'read the subscriptions of a topic',
    call: (aws, TopicArn) => aws.sns.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn })),
  },
  {
    name: 'read the subscriptions of a topic that is not there',
    call: (aws, topic) => aws.sns.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn: `${topic}x` })),
  },
  {
    name: 'read a page of topics',
    call: async (aws) => {
      for (const Name of many) await aws.sns.send(new sns.CreateTopicCommand({ Name }));
      return aws.sns.send(new sns.ListTopicsCommand({}));
    },
  },
];

const mail = { Protocol: 'email', Endpoint: 'maria@example.com', ReturnSubscriptionArn: true };

const alarm = (topic: string): cloudwatch.PutMetricAlarmCommandInput => ({
  ...estimatedChargesMetric,
  AlarmName: 'bill',
  AlarmDescription: 'too much',
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  ActionsEnabled: true,
  AlarmActions: [topic],
});

/** Alarms on the bill. */
export const alarmClauses: readonly Clause[] = [
  {
    name: 'read the alarms of a metric without any',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsForMetricCommand(estimatedChargesMetric)),
  },
  {
    name: 'put an alarm',
    call: (aws, topic) => aws.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(alarm(topic))),
  },
  {
    name: 'put an alarm again',
    call: (aws, topic) => aws.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(alarm(topic))),
  },
  {
    name: 'read the alarms of a metric',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsForMetricCommand(estimatedChargesMetric)),
  },
  {
    name: 'read an alarm on what has no figures',
    call: async (aws, topic) => {
      const quiet = { ...alarm(topic), AlarmName: 'quiet', MetricName: 'Nothing' };
      await aws.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(quiet));
      return aws.cloudwatch.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ['quiet'] }));
    },
  },
  {
    name: 'turn on the actions of an alarm',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.EnableAlarmActionsCommand({ AlarmNames: ['bill'] })),
  },
  {
    name: 'read a metric that is not published',
    call: (aws) =>
      aws.cloudwatch.send(
        new cloudwatch.ListMetricsCommand({ ...estimatedChargesMetric, MetricName: 'Nothing' }),
      ),
  },
  {
    name: 'read a metric that is published',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.ListMetricsCommand(estimatedChargesMetric)),
  },
];
