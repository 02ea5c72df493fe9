import {
  paginateListSubscriptions,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { AwsClients } from '../clients.ts';
import { readAllPages } from './pages.ts';

/** The ARNs of all SNS topics in the billing Region. */
export const readTopicArns = (aws: AwsClients): Promise<readonly string[]> =>
  readAllPages(paginateListTopics, aws.sns, {}, (page) =>
    page.Topics?.flatMap(({ TopicArn }) => TopicArn ?? []),
  );

/** All SNS subscriptions in the billing Region, including unconfirmed ones. */
export const readSubscriptions = (aws: AwsClients): Promise<readonly Subscription[]> =>
  readAllPages(paginateListSubscriptions, aws.sns, {}, (page) => page.Subscriptions);

/** All subscriptions to a topic, including unconfirmed ones. */
export const readTopicSubscriptions = (aws: AwsClients, TopicArn: string): Promise<readonly Subscription[]> =>
  readAllPages(paginateListSubscriptionsByTopic, aws.sns, { TopicArn }, (page) => page.Subscriptions);

/** A confirmed subscription has an ARN. Until then, AWS returns `PendingConfirmation` in its place. */
export const isConfirmedSubscription = (subscription: Subscription): boolean =>
  subscription.SubscriptionArn?.startsWith('arn:') ?? false;

/**
 * Whether this key makes SNS lose what other services publish to the topic, without any error. The policy of AWS's own
 * key for SNS cannot give CloudWatch or AWS Budgets access (CloudWatch User Guide, "Notifying users on alarm changes").
 */
export const isAwsManagedSnsKey = (key: string): boolean => /(?:^|:)alias\/aws\/sns$/.test(key);
