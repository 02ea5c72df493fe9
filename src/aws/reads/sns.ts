import {
  paginateListSubscriptions,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { AwsClients } from '../clients.ts';
import { readAllPages } from './pages.ts';

/** The ARNs of all SNS topics of the billing Region. */
export const readTopicArns = (aws: AwsClients): Promise<readonly string[]> =>
  readAllPages(paginateListTopics, aws.sns, {}, (page) =>
    page.Topics?.flatMap(({ TopicArn }) => TopicArn ?? []),
  );

/** All SNS subscriptions of the billing Region, those that nobody has confirmed yet included. */
export const readSubscriptions = (aws: AwsClients): Promise<readonly Subscription[]> =>
  readAllPages(paginateListSubscriptions, aws.sns, {}, (page) => page.Subscriptions);

/** All subscriptions to one topic, those that nobody has confirmed yet included. */
export const readTopicSubscriptions = (aws: AwsClients, TopicArn: string): Promise<readonly Subscription[]> =>
  readAllPages(paginateListSubscriptionsByTopic, aws.sns, { TopicArn }, (page) => page.Subscriptions);

/** A subscription that somebody has confirmed has an ARN; before that AWS writes `PendingConfirmation` there. */
export const isConfirmedSubscription = (subscription: Subscription): boolean =>
  subscription.SubscriptionArn?.startsWith('arn:') ?? false;

/**
 * Whether what a service publishes to a topic under this key is lost, without any error: AWS's own key for SNS has a
 * policy that cannot be opened to CloudWatch or AWS Budgets (CloudWatch User Guide, "Notifying users on alarm changes").
 */
export const isAwsManagedSnsKey = (key: string): boolean => /(?:^|:)alias\/aws\/sns$/.test(key);
