import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { globalRegion, type AwsClients } from '../../aws/clients.ts';
import { getErrorCode } from '../../aws/consistency.ts';
import { endsSession, explainError } from '../../aws/errors/explain.ts';
import { isConfirmedSubscription, isAwsManagedSnsKey, readTopicSubscriptions } from '../../aws/reads/sns.ts';

/**
 * What is known of a topic that a budget publishes to. `untold`: AWS did not say, it is in another Region, or what can be
 * read does not decide it.
 */
export type TopicState = 'reaches somebody' | 'reaches nobody' | 'untold';

/** Whom a budget warns, by kind: topics are named by their ARNs. */
export const byKind = (all: readonly string[]): { addresses: string[]; topics: string[] } => ({
  addresses: all.filter((one) => !one.startsWith('arn:')),
  topics: all.filter((one) => one.startsWith('arn:')),
});

type Statement = { Effect?: unknown; Principal?: unknown; Condition?: unknown };

const statementsIn = (policy: string | undefined): readonly Statement[] => {
  try {
    const { Statement: found } = JSON.parse(policy ?? '{}') as { Statement?: Statement | Statement[] };
    return [found ?? []].flat();
  } catch {
    return [];
  }
};

/**
 * The policy that a topic comes with lets only the account itself publish; AWS Budgets needs to be named (Cost
 * Management User Guide, "Creating an Amazon SNS topic for budget notifications").
 */
const letsBudgetsIn = (policy: string | undefined): boolean =>
  statementsIn(policy).some(({ Effect, Principal, Condition }) => {
    const who = JSON.stringify(Principal ?? '');
    const anybody = who.includes('"*"') && Condition === undefined;
    return Effect === 'Allow' && (who.includes('budgets.amazonaws.com') || anybody);
  });

/** At the other end of these somebody reads; behind a queue, a function or a web address nobody may. */
const protocolsOfPeople = new Set<string | undefined>(['email', 'email-json', 'sms']);

const stateOf = async (aws: AwsClients, TopicArn: string): Promise<TopicState> => {
  const [{ Attributes = {} }, subscribers] = await Promise.all([
    aws.sns.send(new GetTopicAttributesCommand({ TopicArn })),
    readTopicSubscriptions(aws, TopicArn),
  ]);
  const { Policy, KmsMasterKeyId: key = '' } = Attributes;
  const confirmed = subscribers.filter(isConfirmedSubscription);
  if (confirmed.length === 0 || !letsBudgetsIn(Policy) || isAwsManagedSnsKey(key)) return 'reaches nobody';
  // Whether AWS Budgets may use another key is in the policy of that key, which is not read.
  if (key !== '') return 'untold';
  return confirmed.some(({ Protocol }) => protocolsOfPeople.has(Protocol)) ? 'reaches somebody' : 'untold';
};

/** Whether what a budget publishes to a topic gets to somebody. A refusal is no answer, and not the end of the look. */
export const topicState = async (aws: AwsClients, TopicArn: string): Promise<TopicState> => {
  if (TopicArn.split(':')[3] !== globalRegion) return 'untold';
  try {
    return await stateOf(aws, TopicArn);
  } catch (error) {
    if (getErrorCode(error) === 'NotFound') return 'reaches nobody';
    if (!explainError(error) || endsSession(error)) throw error;
    return 'untold';
  }
};
