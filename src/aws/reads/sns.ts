import {
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { AwsClients } from '../clients.ts';
import { fetchAllPages } from './iam.ts';

/** The ARNs of all SNS topics of the billing Region. */
export const readTopicArns = async (aws: AwsClients): Promise<readonly string[]> => {
  const pages = await fetchAllPages(
    (NextToken) => aws.sns.send(new ListTopicsCommand({ ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => (page.Topics ?? []).flatMap((topic) => topic.TopicArn ?? []));
};

/** All SNS subscriptions of the billing Region, those that nobody has confirmed yet included. */
export const readSubscriptions = async (aws: AwsClients): Promise<readonly Subscription[]> => {
  const pages = await fetchAllPages(
    (NextToken) => aws.sns.send(new ListSubscriptionsCommand({ ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Subscriptions ?? []);
};

/** All subscriptions to one topic, those that nobody has confirmed yet included. */
export const readTopicSubscriptions = async (
  aws: AwsClients,
  TopicArn: string,
): Promise<readonly Subscription[]> => {
  const pages = await fetchAllPages(
    (NextToken) =>
      aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, ...(NextToken && { NextToken }) })),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Subscriptions ?? []);
};

/** A subscription that somebody has confirmed has an ARN; before that AWS writes `PendingConfirmation` there. */
export const isConfirmedSubscription = (subscription: Subscription): boolean =>
  subscription.SubscriptionArn?.startsWith('arn:') ?? false;

/**
 * Whether what a service publishes to a topic under this key is lost, without any error: AWS's own key for SNS has a
 * policy that cannot be opened to CloudWatch or AWS Budgets (CloudWatch User Guide, "Notifying users on alarm changes").
 */
export const isAwsManagedSnsKey = (key: string): boolean => /(?:^|:)alias\/aws\/sns$/.test(key);
