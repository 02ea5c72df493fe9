import type {
  CreateTopicCommandInput,
  CreateTopicCommandOutput,
  DeleteTopicCommandInput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTopicsCommandInput,
  ListTopicsCommandOutput,
  PublishCommandInput,
  PublishCommandOutput,
  TagResourceCommandInput,
} from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import { deliver } from './delivery.ts';
import { type Answer, type Operations, pageOf, type Visit } from '../../operation.ts';
import { invalidParameter, Refusal } from '../../refusal.ts';
import { arnIn, topicOf } from './names.ts';
import { refuseUnknownAttributes } from './attributes.ts';
import { tagsFrom, withTags } from '../../world/tags.ts';
import type { Topic } from '../../world/world.ts';

const createTopic = (visit: Visit, input: CreateTopicCommandInput): Answer<CreateTopicCommandOutput> => {
  const { world, region } = visit;
  const { Attributes: attributes = {}, Name = '' } = input;
  const tags = tagsFrom(input.Tags);
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) throw invalidParameter('Topic Name');
  refuseUnknownAttributes(Object.keys(attributes));
  const arn = `arn:aws:sns:${region}:${world.account.id}:${Name}`;
  const old = world.topics.find((one) => one.arn === arn);
  if (old) refuseDifferent(old, { attributes, tags });
  else world.topics.push({ arn, attributes, tags });
  return { TopicArn: arn };
};

/** Creating a topic again is no error as long as nothing is asked for that the topic does not have. */
const refuseDifferent = (topic: Topic, asked: Pick<Topic, 'attributes' | 'tags'>): void => {
  const sameAttributes = Object.entries(asked.attributes).every(
    ([name, value]) => topic.attributes[name] === value,
  );
  if (!sameAttributes)
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  const sameTags = asked.tags.every((tag) =>
    topic.tags.some((one) => one.Key === tag.Key && one.Value === tag.Value),
  );
  if (!sameTags) throw invalidParameter('Tags Reason: Topic already exists with different tags');
};

const listTopics = (
  { world, region }: Visit,
  { NextToken }: ListTopicsCommandInput,
): Answer<ListTopicsCommandOutput> => {
  const here = world.topics.filter((topic) => topic.arn.split(':')[3] === region);
  const { items, next } = pageOf(here, NextToken, 100, () => invalidParameter('NextToken'));
  return { Topics: items.map((topic) => ({ TopicArn: topic.arn })), ...(next && { NextToken: next }) };
};

const deleteTopic = ({ world }: Visit, { TopicArn }: DeleteTopicCommandInput): object => {
  const arn = arnIn(TopicArn, 'TopicArn');
  world.topics = world.topics.filter((topic) => topic.arn !== arn);
  world.subscriptions = world.subscriptions.filter((one) => one.topicArn !== arn);
  return {};
};

const taggedTopic = (visit: Visit, arn: string | undefined): Topic => {
  const topic = visit.world.topics.find((one) => one.arn === arnIn(arn, 'ResourceArn'));
  if (!topic) throw new Refusal('ResourceNotFound', 404, 'Resource does not exist');
  return topic;
};

const tagResource = (visit: Visit, { ResourceArn, Tags }: TagResourceCommandInput): object => {
  const topic = taggedTopic(visit, ResourceArn);
  const tags = tagsFrom(Tags);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidParameter('Duplicated keys are not allowed.');
  }
  topic.tags = withTags(topic.tags, tags);
  return {};
};

const listTagsForResource = (
  visit: Visit,
  { ResourceArn }: ListTagsForResourceCommandInput,
): Answer<ListTagsForResourceCommandOutput> => ({ Tags: taggedTopic(visit, ResourceArn).tags });

const publish = (visit: Visit, input: PublishCommandInput): Answer<PublishCommandOutput> => {
  const topic = topicOf(visit, input.TopicArn ?? input.TargetArn);
  if (!input.Message) throw invalidParameter('Empty message');
  if (input.Subject === '') throw invalidParameter('Subject');
  deliver(visit, topic.arn, { subject: input.Subject ?? 'AWS Notification Message', text: input.Message });
  return { MessageId: randomUUID() };
};

/** SNS's operations on topics. */
export const snsOperations = {
  CreateTopic: createTopic,
  ListTopics: listTopics,
  DeleteTopic: deleteTopic,
  TagResource: tagResource,
  ListTagsForResource: listTagsForResource,
  Publish: publish,
} satisfies Operations;
