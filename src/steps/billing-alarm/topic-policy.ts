import { SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { call, type Action } from '../../core/action.ts';
import { extractTopicName } from './alarms.ts';
import { isTopicClosed, judgeTopicPolicy, type BillingAlarmFacts } from './facts.ts';

type PolicyJson = { Statement?: unknown };

/** Lets the alarms of the account publish (CloudWatch User Guide, "Notifying users on alarm changes"). */
const createCloudWatchStatement = (topic: string, accountId: string) => ({
  Sid: 'LetBillingAlarmsPublish',
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: topic,
  Condition: {
    StringEquals: { 'aws:SourceAccount': accountId },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:*` },
  },
});

/** The policy of a topic with one more statement that lets CloudWatch publish; nothing if that would not be enough. */
export const openTopicPolicy = (facts: BillingAlarmFacts, topic: string): string | undefined => {
  try {
    const policy = JSON.parse(facts.topicDetails[topic]?.attributes?.policy ?? '') as PolicyJson;
    const statements = [policy.Statement ?? []].flat();
    const opened = JSON.stringify({
      ...policy,
      Statement: [...statements, createCloudWatchStatement(topic, facts.accountId)],
    });
    return judgeTopicPolicy(facts, topic, opened) === 'yes' ? opened : undefined;
  } catch {
    return undefined;
  }
};

/** Adds CloudWatch to the policy of a topic that keeps it out. Everything else in the policy stays. */
export const planTopicPolicy = (facts: BillingAlarmFacts, topic: string): readonly Action[] => {
  const opened = isTopicClosed(facts, topic) ? openTopicPolicy(facts, topic) : undefined;
  return opened === undefined
    ? []
    : [
        call(
          'sns',
          new SetTopicAttributesCommand({
            TopicArn: topic,
            AttributeName: 'Policy',
            AttributeValue: opened,
          }),
          `let the alarms of this account publish to ${extractTopicName(topic)}; the rest of its policy stays`,
        ),
      ];
};
