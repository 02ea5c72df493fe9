import {
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Account } from '../clients.ts';
import { allPages } from './iam.ts';

/** The ARNs of all SNS topics of the billing Region. */
export const topics = async (aws: Account): Promise<readonly string[]> => {
  const pages = await allPages(
    (NextToken) => aws.sns.send(new ListTopicsCommand({ ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => (page.Topics ?? []).flatMap((topic) => topic.TopicArn ?? []));
};

/** All SNS subscriptions of the billing Region, those that nobody has confirmed yet included. */
export const subscriptions = async (aws: Account): Promise<readonly Subscription[]> => {
  const pages = await allPages(
    (NextToken) => aws.sns.send(new ListSubscriptionsCommand({ ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Subscriptions ?? []);
};

/** All subscriptions to one topic, those that nobody has confirmed yet included. */
export const subscriptionsTo = async (aws: Account, TopicArn: string): Promise<readonly Subscription[]> => {
  const pages = await allPages(
    (NextToken) =>
      aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Subscriptions ?? []);
};

/** A subscription that somebody has confirmed has an ARN; before that AWS writes `PendingConfirmation` there. */
export const isConfirmed = (subscription: Subscription): boolean =>
  subscription.SubscriptionArn?.startsWith('arn:') ?? false;

/**
 * Whether what a service publishes to a topic under this key is lost, without any error: AWS's own key for SNS has a
 * policy that cannot be opened to CloudWatch or AWS Budgets (CloudWatch User Guide, "Notifying users on alarm changes").
 */
export const isMuteKey = (key: string): boolean => /(?:^|:)alias\/aws\/sns$/.test(key);
