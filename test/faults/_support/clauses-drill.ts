import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as sns from '@aws-sdk/client-sns';
import type { Clause } from './contract.ts';

const ofTopic = (name: string, call: (client: sns.SNSClient, topic: string) => Promise<object>): Clause => ({
  name,
  call: (aws, topic) => call(aws.sns, topic),
});

const tags = { Tags: [{ Key: 'aws-first-steps:asked', Value: '2026-11-23T12:00:00.000Z' }] };

/** Subscribing an address again tells the ARN of its subscription, whether or not somebody has confirmed it. */
const subscriptionOf = async (client: sns.SNSClient, TopicArn: string) => {
  const mail = { Protocol: 'email', Endpoint: 'maria@example.com', ReturnSubscriptionArn: true };
  return (await client.send(new sns.SubscribeCommand({ TopicArn, ...mail }))).SubscriptionArn;
};

/** What is read and kept of a topic, and what becomes of its subscriptions. */
export const topicDetailClauses: readonly Clause[] = [
  ofTopic('read the attributes of a topic', (c, TopicArn) =>
    c.send(new sns.GetTopicAttributesCommand({ TopicArn })),
  ),
  ofTopic('read the attributes of a topic that is not there', (c, topic) =>
    c.send(new sns.GetTopicAttributesCommand({ TopicArn: `${topic}x` })),
  ),
  ofTopic('take the encryption off a topic', (c, TopicArn) =>
    c.send(
      new sns.SetTopicAttributesCommand({ TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: '' }),
    ),
  ),
  ofTopic('tag a topic', (c, ResourceArn) => c.send(new sns.TagResourceCommand({ ResourceArn, ...tags }))),
  ofTopic('tag a topic that is not there', (c, topic) =>
    c.send(new sns.TagResourceCommand({ ResourceArn: `${topic}x`, ...tags })),
  ),
  ofTopic('read the tags of a topic', (c, ResourceArn) =>
    c.send(new sns.ListTagsForResourceCommand({ ResourceArn })),
  ),
  ofTopic('read the tags of a topic that is not there', (c, topic) =>
    c.send(new sns.ListTagsForResourceCommand({ ResourceArn: `${topic}x` })),
  ),
  ofTopic('read the attributes of a subscription', async (c, topic) =>
    c.send(new sns.GetSubscriptionAttributesCommand({ SubscriptionArn: await subscriptionOf(c, topic) })),
  ),
  ofTopic('take the filter off a subscription', async (c, topic) =>
    c.send(
      new sns.SetSubscriptionAttributesCommand({
        SubscriptionArn: await subscriptionOf(c, topic),
        AttributeName: 'FilterPolicy',
        AttributeValue: '{}',
      }),
    ),
  ),
  ofTopic('confirm a subscription with a wrong token', (c, TopicArn) =>
    c.send(
      new sns.ConfirmSubscriptionCommand({
        TopicArn,
        Token: 'a'.repeat(160),
        AuthenticateOnUnsubscribe: 'true',
      }),
    ),
  ),
  {
    name: 'confirm a subscription',
    call: (aws, TopicArn, { token }) =>
      aws.sns.send(
        new sns.ConfirmSubscriptionCommand({ TopicArn, Token: token(), AuthenticateOnUnsubscribe: 'true' }),
      ),
  },
  ofTopic('end a subscription', async (c, topic) =>
    c.send(new sns.UnsubscribeCommand({ SubscriptionArn: await subscriptionOf(c, topic) })),
  ),
  ofTopic('end a subscription that is not there', (c, topic) =>
    c.send(new sns.UnsubscribeCommand({ SubscriptionArn: `${topic}:00000000-0000-4000-8000-000000000000` })),
  ),
];

/** Setting off the alarm of the earlier clauses. */
export const drillClauses: readonly Clause[] = [
  {
    name: 'read all alarms',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsCommand({})),
  },
  {
    name: 'read an alarm that is not there',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ['nothing'] })),
  },
  ...(['bill', 'nothing'] as const).map((AlarmName) => ({
    name: AlarmName === 'bill' ? 'set off an alarm' : 'set off an alarm that is not there',
    call: (aws: Parameters<Clause['call']>[0]) =>
      aws.cloudwatch.send(
        new cloudwatch.SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a drill' }),
      ),
  })),
];
