import type { Visit } from '../../operation.ts';
import { invalidParameter, Refusal } from '../../refusal.ts';
import type { Topic } from '../../world/world.ts';

/** Refuses what is not an ARN in the way in which SNS does. */
export const arnIn = (arn: string | undefined, member: string): string => {
  const parts = (arn ?? '').split(':').length;
  if (arn === undefined || parts < 6) {
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${parts}`);
  }
  return arn;
};

/** The topic, or SNS's refusal; a topic of another region cannot be reached from here. */
export const topicOf = ({ world, region }: Visit, arn: string | undefined, member = 'TopicArn'): Topic => {
  const wanted = arnIn(arn, member);
  if (wanted.split(':')[3] !== region) throw invalidParameter(member);
  const topic = world.topics.find((one) => one.arn === wanted);
  if (!topic) throw new Refusal('NotFound', 404, 'Topic does not exist');
  return topic;
};

/** The last part of a topic's ARN. */
export const topicName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
