import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import type { AwsClients } from '../../aws/clients.ts';
import { globalRegion } from '../../aws/services.ts';
import { isGone } from '../../aws/errors/codes.ts';
import { isTolerable } from '../../aws/errors/explain.ts';
import { isConfirmedSubscription, isAwsManagedSnsKey, readTopicSubscriptions } from '../../aws/reads/sns.ts';

/**
 * What is known of a topic that a budget publishes to. `untold`: AWS did not say, it is in another Region, or what can be
 * read does not decide it.
 */
export type TopicDelivery = 'reaches somebody' | 'reaches nobody' | 'unknown';

/** Whom a budget warns, by kind: topics are named by their ARNs. */
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
 * The policy that a topic comes with lets only the account itself publish; AWS Budgets needs to be named (Cost
 * Management User Guide, "Creating an Amazon SNS topic for budget notifications").
 */
const canBudgetsPublish = (policy: string | undefined): boolean =>
  parsePolicyStatements(policy).some(({ Effect, Principal, Condition }) => {
    const who = JSON.stringify(Principal ?? '');
    const anybody = who.includes('"*"') && Condition === undefined;
    return Effect === 'Allow' && (who.includes('budgets.amazonaws.com') || anybody);
  });

/** At the other end of these somebody reads; behind a queue, a function or a web address nobody may. */
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
  // Whether AWS Budgets may use another key is in the policy of that key, which is not read.
  if (key !== '') return 'unknown';
  return confirmed.some(({ Protocol }) => humanProtocols.has(Protocol)) ? 'reaches somebody' : 'unknown';
};

/** Whether what a budget publishes to a topic reaches somebody. A refusal is no answer, and does not end the check. */
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
