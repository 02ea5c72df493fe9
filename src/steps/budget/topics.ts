import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { globalRegion, type Account } from '../../aws/account.ts';
import { explain } from '../../aws/explain.ts';

/** What is known of a topic that a budget publishes to. `untold`: AWS did not say, or it is in another Region. */
export type TopicState = 'reaches somebody' | 'reaches nobody' | 'untold';

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

/** Whether what a budget publishes to a topic gets to somebody. A refusal is no answer, and not the end of the look. */
export const topicState = async (aws: Account, TopicArn: string): Promise<TopicState> => {
  if (TopicArn.split(':')[3] !== globalRegion) return 'untold';
  try {
    const { Attributes = {} } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const { SubscriptionsConfirmed = '0', Policy, KmsMasterKeyId } = Attributes;
    // AWS Budgets may not use the key that SNS brings along, and a topic under it stays silent without any error.
    const mute = !letsBudgetsIn(Policy) || KmsMasterKeyId === 'alias/aws/sns';
    return Number(SubscriptionsConfirmed) > 0 && !mute ? 'reaches somebody' : 'reaches nobody';
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return 'reaches nobody';
    if (!explain(error)) throw error;
    return 'untold';
  }
};
