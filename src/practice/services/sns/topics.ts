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
  context: OperationContext,
  input: CreateTopicCommandInput,
): OperationOutput<CreateTopicCommandOutput> => {
  const { world, region } = context;
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

/** Creating an existing topic again is an error only if the request contains something that the topic does not have. */
const rejectDifferentTopic = (
  topic: PracticeTopic,
  requested: Pick<PracticeTopic, 'attributes' | 'tags'>,
): void => {
  const sameAttributes = Object.entries(requested.attributes).every(
    ([name, value]) => topic.attributes[name] === value,
  );
  if (!sameAttributes)
    throw createInvalidParameterError('Attributes Reason: Topic already exists with different attributes');
  const sameTags = requested.tags.every((tag) =>
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

const requireTaggedTopic = (context: OperationContext, arn: string | undefined): PracticeTopic => {
  const topic = context.world.topics.find((one) => one.arn === requireSnsArn(arn, 'ResourceArn'));
  if (!topic) throw new ErrorResponse('ResourceNotFound', 404, 'Resource does not exist');
  return topic;
};

const tagSnsTopic = (context: OperationContext, { ResourceArn, Tags }: TagResourceCommandInput): object => {
  const topic = requireTaggedTopic(context, ResourceArn);
  const tags = parseTags(Tags);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw createInvalidParameterError('Duplicated keys are not allowed.');
  }
  topic.tags = mergeTags(topic.tags, tags);
  return {};
};

const listSnsTopicTags = (
  context: OperationContext,
  { ResourceArn }: ListTagsForResourceCommandInput,
): OperationOutput<ListTagsForResourceCommandOutput> => ({
  Tags: requireTaggedTopic(context, ResourceArn).tags,
});

const publish = (
  context: OperationContext,
  input: PublishCommandInput,
): OperationOutput<PublishCommandOutput> => {
  const topic = requireTopic(context, input.TopicArn ?? input.TargetArn);
  if (!input.Message) throw createInvalidParameterError('Empty message');
  if (input.Subject === '') throw createInvalidParameterError('Subject');
  deliverMessage(context, topic.arn, {
    subject: input.Subject ?? 'AWS Notification Message',
    text: input.Message,
  });
  return { MessageId: randomUUID() };
};

export const topicOperations = {
  CreateTopic: createTopic,
  ListTopics: listTopics,
  TagResource: tagSnsTopic,
  ListTagsForResource: listSnsTopicTags,
  Publish: publish,
} satisfies OperationTable;
