import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import type { AwsClients } from '../../aws/clients.ts';
import { globalRegion } from '../../aws/services.ts';
import { isGone } from '../../aws/errors/codes.ts';
import { isTolerable } from '../../aws/errors/explain.ts';
import { isConfirmedSubscription, isAwsManagedSnsKey, readTopicSubscriptions } from '../../aws/reads/sns.ts';

/**
 * Whether a topic reaches someone when a budget publishes to it. `unknown`: AWS refused to say, the topic is in another
 * Region, or the facts that can be read do not settle it.
 */
export type TopicDelivery = 'reaches somebody' | 'reaches nobody' | 'unknown';

/** Splits recipients by kind. Topics are identified by ARN. */
export const splitRecipients = (all: readonly string[]): { addresses: string[]; topics: string[] } => ({
  addresses: all.filter((one) => !one.startsWith('arn:')),
  topics: all.filter((one) => one.startsWith('arn:')),
});

type PolicyStatement = { Effect?: unknown; Principal?: unknown; Condition?: unknown };

const parsePolicyStatements = (policy: string | undefined): readonly PolicyStatement[] => {
  try {
    const { Statement: found } = JSON.parse(policy ?? '{}') as {
      Statement?: PolicyStatement | PolicyStatement[];
    };
    return [found ?? []].flat();
  } catch {
    return [];
  }
};

/**
 * A topic's default policy lets only the account itself publish. The policy must name AWS Budgets (Cost Management User
 * Guide, "Creating an Amazon SNS topic for budget notifications").
 */
const canBudgetsPublish = (policy: string | undefined): boolean =>
  parsePolicyStatements(policy).some(({ Effect, Principal, Condition }) => {
    const who = JSON.stringify(Principal ?? '');
    const anybody = who.includes('"*"') && Condition === undefined;
    return Effect === 'Allow' && (who.includes('budgets.amazonaws.com') || anybody);
  });

/** People read what arrives through these protocols. A queue, a function or a web address may have no reader. */
const humanProtocols = new Set<string | undefined>(['email', 'email-json', 'sms']);

const judgeTopicDelivery = async (aws: AwsClients, TopicArn: string): Promise<TopicDelivery> => {
  const [{ Attributes = {} }, subscribers] = await Promise.all([
    aws.sns.send(new GetTopicAttributesCommand({ TopicArn })),
    readTopicSubscriptions(aws, TopicArn),
  ]);
  const { Policy, KmsMasterKeyId: key = '' } = Attributes;
  const confirmed = subscribers.filter(isConfirmedSubscription);
  if (confirmed.length === 0 || !canBudgetsPublish(Policy) || isAwsManagedSnsKey(key))
    return 'reaches nobody';
  // The policy of the key decides whether AWS Budgets may use it. This program does not read that policy.
  if (key !== '') return 'unknown';
  return confirmed.some(({ Protocol }) => humanProtocols.has(Protocol)) ? 'reaches somebody' : 'unknown';
};

/**
 * Reads whether a budget's messages to a topic reach someone. A refusal counts as `unknown` and does not end the check.
 */
export const readTopicDelivery = async (aws: AwsClients, TopicArn: string): Promise<TopicDelivery> => {
  if (TopicArn.split(':')[3] !== globalRegion) return 'unknown';
  try {
    return await judgeTopicDelivery(aws, TopicArn);
  } catch (error) {
    if (isGone(error)) return 'reaches nobody';
    if (!isTolerable(error)) throw error;
    return 'unknown';
  }
};
