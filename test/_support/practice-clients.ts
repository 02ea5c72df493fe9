import { AccountClient } from '@aws-sdk/client-account';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../../src/lib/clock.ts';
import { PracticeAccount, type PracticeOptions } from '../../src/practice/account.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A clock that stands still until it is told to move, or somebody sleeps by it. */
export const handClock = (start = '2026-11-23T12:00:10.000Z'): Clock & { advance(ms: number): void } => {
  let now = Date.parse(start);
  const advance = (ms: number) => {
    now += ms;
  };
  return {
    now: () => new Date(now),
    sleep: (ms) => {
      advance(ms);
      return Promise.resolve();
    },
    advance,
  };
};

/** The clients of a practice account: no credentials, and an endpoint where nobody would answer. */
export const clientsOf = (practice: PracticeAccount, region = 'us-east-1') => {
  const config = {
    region,
    credentials: () => Promise.reject(new Error('nobody should ask for credentials')),
  };
  const iam = new IAMClient(config);
  const sns = new SNSClient(config);
  const cloudwatch = new CloudWatchClient(config);
  const sts = new STSClient(config);
  const account = new AccountClient(config);
  const budgets = new BudgetsClient(config);
  iam.middlewareStack.use(practice.middleware);
  sns.middlewareStack.use(practice.middleware);
  cloudwatch.middlewareStack.use(practice.middleware);
  sts.middlewareStack.use(practice.middleware);
  account.middlewareStack.use(practice.middleware);
  budgets.middlewareStack.use(practice.middleware);
  return { iam, sns, cloudwatch, sts, account, budgets };
};

/** A practice account in memory with a clock of its own, and its clients. */
export const practise = (options: PracticeOptions = {}) => {
  const clock = handClock();
  const practice = PracticeAccount.create({ scenario: 'clean', clock, ...options });
  return { practice, clock, desk: practice.desk, ...clientsOf(practice) };
};

/** What a call was refused with, as a program sees it. */
export const refusalOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { Code, $metadata, message, name } = error as Error & {
      Code?: string;
      $metadata?: { httpStatusCode?: number };
    };
    return { name, code: Code, status: $metadata?.httpStatusCode, message };
  }
  throw new Error('the call was not refused');
};
