import type { Problem } from '../../lib/user-error.ts';
import { denials } from './denied.ts';
import { firstOf, type Row, type Trouble } from './aws-error.ts';

const again = 'Run this program again: it goes on where it stopped.';

const verifying: Row['means'] = () => [
  'AWS is still verifying this new account.',
  'It usually takes minutes, at most a day: watch your mailbox, AWS may ask for something.',
  again,
];

const accountState: readonly Row[] = [
  {
    says: /account\b.*(being|must be|needs to be|pending|not yet been) verif|account verification/i,
    means: verifying,
  },
  { codes: ['PendingVerification'], means: verifying },
  {
    says: /free (tier )?(account )?plan/i,
    means: ({ during }) => [
      `The Free plan of this account does not include ${during}.`,
      'It comes with the Paid plan; changing to that cannot be undone.',
    ],
  },
  {
    codes: ['SubscriptionRequired', 'OptInRequired', 'NotSignedUp'],
    means: ({ during }) => [
      `This account is not signed up for what ${during} needs.`,
      'Finish the sign-up in the AWS console (payment method, telephone, plan); a new account may need some hours.',
      'On the Free plan some services are not included: https://aws.amazon.com/free lists them.',
      again,
    ],
  },
];

/** Older accounts, which is no fault of theirs; only this one operation means that with it. */
const noPlan: Row = {
  codes: ['ResourceNotFound'],
  means: () => [
    'AWS knows of no Free or Paid plan of this account.',
    'Accounts from before July 2025 have none, and miss nothing.',
  ],
};

const limits: readonly Row[] = [
  {
    codes: ['LimitExceeded', 'LimitExceededFault', 'ServiceQuotaExceeded'],
    says: /quota for (\w+): (\d+)/i,
    means: (_, [, quota, most]) => [
      `The account has all that it may have: the quota ${quota} is ${most}.`,
      'Delete what is not needed, or ask for more under "Service Quotas" in the AWS console.',
    ],
  },
  {
    codes: [
      'LimitExceeded',
      'LimitExceededFault',
      'ServiceQuotaExceeded',
      'TopicLimitExceeded',
      'SubscriptionLimitExceeded',
      'CreationLimitExceeded',
    ],
    means: ({ said }) => [
      `The account has all that it may have: ${said}`,
      'Delete what is not needed, or ask for more under "Service Quotas" in the AWS console.',
    ],
  },
  {
    codes: [
      'Throttling',
      'Throttled',
      'RequestThrottled',
      'RequestLimitExceeded',
      'TooManyRequests',
      'SlowDown',
    ],
    means: () => ['AWS wants fewer calls at a time.', 'Wait a minute.', again],
  },
  {
    codes: ['EntityTemporarilyUnmodifiable', 'ConcurrentModification'],
    means: ({ during }) => [
      `Somebody else is changing the same at the moment, so AWS refused ${during}.`,
      'Wait a minute.',
      again,
    ],
  },
];

const outage: Row = {
  means: ({ code, during }) => [
    `AWS failed at ${during} (${code}); the fault is on its side.`,
    'Wait some minutes. https://health.aws.amazon.com/health/status shows known outages.',
    again,
  ],
};

const outages = [
  'ServiceFailure',
  'InternalFailure',
  'InternalError',
  'InternalServerError',
  'ServiceUnavailable',
];

const other: Row = {
  means: ({ code, said, during }) => [
    `AWS refused ${during}: ${code}${said === '' || said === code ? '' : `: ${said}`}`,
  ],
};

/** Explains that AWS answered and said no. */
export const aboutRefusals = (trouble: Trouble): Problem | undefined => {
  if (!trouble.answered) return undefined;
  const atFault = outages.includes(trouble.code) || (trouble.status ?? 0) >= 500;
  const about = trouble.during.startsWith('freetier:') ? [noPlan] : [];
  return firstOf([...about, ...accountState, ...denials, ...limits, atFault ? outage : other], trouble);
};
