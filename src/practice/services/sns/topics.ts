import type {
  CreateTopicCommandInput,
  CreateTopicCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTopicsCommandInput,
  ListTopicsCommandOutput,
  PublishCommandInput,
  PublishCommandOutput,
  TagResourceCommandInput,
} from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import { deliverMessage } from './delivery.ts';
import {
  type OperationOutput,
  type OperationTable,
  paginate,
  type OperationContext,
} from '../../operation.ts';
import { createInvalidParameterError, ErrorResponse } from '../../error-response.ts';
import { requireSnsArn, requireTopic } from './names.ts';
import { rejectUnknownTopicAttributes } from './attributes.ts';
import { parseTags, mergeTags } from '../../world/tags.ts';
import type { PracticeTopic } from '../../world/world.ts';

const createTopic = (
  visit: OperationContext,
  input: CreateTopicCommandInput,
): OperationOutput<CreateTopicCommandOutput> => {
  const { world, region } = visit;
  const { Attributes: attributes = {}, Name = '' } = input;
  const tags = parseTags(input.Tags);
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) throw createInvalidParameterError('Topic Name');
  rejectUnknownTopicAttributes(Object.keys(attributes));
  const arn = `arn:aws:sns:${region}:${world.account.id}:${Name}`;
  const old = world.topics.find((one) => one.arn === arn);
  if (old) rejectDifferentTopic(old, { attributes, tags });
  else world.topics.push({ arn, attributes, tags });
  return { TopicArn: arn };
};

/** Creating a topic again is no error as long as nothing is asked for that the topic does not have. */
const rejectDifferentTopic = (
  topic: PracticeTopic,
  asked: Pick<PracticeTopic, 'attributes' | 'tags'>,
): void => {
  const sameAttributes = Object.entries(asked.attributes).every(
    ([name, value]) => topic.attributes[name] === value,
  );
  if (!sameAttributes)
    throw createInvalidParameterError('Attributes Reason: Topic already exists with different attributes');
  const sameTags = asked.tags.every((tag) =>
    topic.tags.some((one) => one.Key === tag.Key && one.Value === tag.Value),
  );
  if (!sameTags) throw createInvalidParameterError('Tags Reason: Topic already exists with different tags');
};

const listTopics = (
  { world, region }: OperationContext,
  { NextToken }: ListTopicsCommandInput,
): OperationOutput<ListTopicsCommandOutput> => {
  const here = world.topics.filter((topic) => topic.arn.split(':')[3] === region);
  const { items, next } = paginate(here, NextToken, 100, () => createInvalidParameterError('NextToken'));
  return { Topics: items.map((topic) => ({ TopicArn: topic.arn })), ...(next && { NextToken: next }) };
};

const requireTaggedTopic = (visit: OperationContext, arn: string | undefined): PracticeTopic => {
  const topic = visit.world.topics.find((one) => one.arn === requireSnsArn(arn, 'ResourceArn'));
  if (!topic) throw new ErrorResponse('ResourceNotFound', 404, 'Resource does not exist');
  return topic;
};

const tagSnsTopic = (visit: OperationContext, { ResourceArn, Tags }: TagResourceCommandInput): object => {
  const topic = requireTaggedTopic(visit, ResourceArn);
  const tags = parseTags(Tags);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw createInvalidParameterError('Duplicated keys are not allowed.');
  }
  topic.tags = mergeTags(topic.tags, tags);
  return {};
};

const listSnsTopicTags = (
  visit: OperationContext,
  { ResourceArn }: ListTagsForResourceCommandInput,
): OperationOutput<ListTagsForResourceCommandOutput> => ({
  Tags: requireTaggedTopic(visit, ResourceArn).tags,
});

const publish = (
  visit: OperationContext,
  input: PublishCommandInput,
): OperationOutput<PublishCommandOutput> => {
  const topic = requireTopic(visit, input.TopicArn ?? input.TargetArn);
  if (!input.Message) throw createInvalidParameterError('Empty message');
  if (input.Subject === '') throw createInvalidParameterError('Subject');
  deliverMessage(visit, topic.arn, {
    subject: input.Subject ?? 'AWS Notification Message',
    text: input.Message,
  });
  return { MessageId: randomUUID() };
};

/** SNS's operations on topics. */
export const topicOperations = {
  CreateTopic: createTopic,
  ListTopics: listTopics,
  TagResource: tagSnsTopic,
  ListTagsForResource: listSnsTopicTags,
  Publish: publish,
} satisfies OperationTable;
