import type { OperationContext } from '../../operation.ts';
import { createInvalidParameterError, ErrorResponse } from '../../error-response.ts';
import type { PracticeTopic } from '../../world/world.ts';

/** Rejects anything that is not an ARN, with SNS's own message. */
export const requireSnsArn = (arn: string | undefined, member: string): string => {
  const parts = (arn ?? '').split(':').length;
  if (arn === undefined || parts < 6) {
    throw createInvalidParameterError(`${member} Reason: An ARN must have at least 6 elements, not ${parts}`);
  }
  return arn;
};

/** The topic, or SNS's error. Topics in another region cannot be reached. */
export const requireTopic = (
  { world, region }: OperationContext,
  arn: string | undefined,
  member = 'TopicArn',
): PracticeTopic => {
  const wanted = requireSnsArn(arn, member);
  if (wanted.split(':')[3] !== region) throw createInvalidParameterError(member);
  const topic = world.topics.find((one) => one.arn === wanted);
  if (!topic) throw new ErrorResponse('NotFound', 404, 'Topic does not exist');
  return topic;
};
