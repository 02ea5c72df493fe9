import type { LargeAccountSize } from '../../../src/practice/scenarios/large-account.ts';

/** How often each operation was called. */
export type Calls = Readonly<Record<string, number>>;

/** How many pages each list has, by the operation that reads it; everything else is one call however large. */
export type Pages = Readonly<Record<string, number>>;

/**
 * The pages of an account: 1,000 users and groups and 100 alarms a page since we ask for so many, else what AWS puts on one
 * (API references of IAM, SNS and CloudWatch).
 */
export const pageSizes = ({
  users = 0,
  groups = 0,
  devices = 0,
  topics = 0,
  alarms = 0,
}: LargeAccountSize): Pages => {
  // Some people, a topic and an alarm or two are planted on top.
  const pages = (count: number, size: number) => Math.ceil((count + 5) / size);
  return {
    'iam:GetAccountAuthorizationDetails': pages(users + groups, 1000),
    'iam:ListVirtualMFADevices': pages(devices, 100),
    'sns:ListTopics': pages(topics, 100),
    'sns:ListSubscriptions': pages(topics, 100),
    'cloudwatch:DescribeAlarms': pages(alarms, 100),
  };
};

/** The operations that were called more often in the large account than its pages explain, `looks` times over. */
export const growth = (few: Calls, many: Calls, pages: Pages, looks = 1): readonly string[] =>
  Object.entries(many).flatMap(([operation, count]) => {
    const before = few[operation] ?? 0;
    const more = ((pages[operation] ?? 1) - 1) * Math.max(looks, before);
    return count > before + more
      ? [`${operation}: ${before} became ${count}, explained are ${before + more}`]
      : [];
  });
