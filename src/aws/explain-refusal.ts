import type { Problem } from '../problem.ts';
import { firstOf, type Row, type Trouble } from './trouble.ts';

const again = 'Run this program again: it goes on where it stopped.';

const denied = [
  'AccessDenied',
  'AuthorizationError',
  'UnauthorizedOperation',
  'NotAuthorized',
  'Unauthorized',
];

/** The permission that AWS names, or else what we were doing. */
const permission = ({ said, during }: Trouble): string =>
  /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(said)?.[1] ?? during;

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

const denials: readonly Row[] = [
  {
    codes: denied,
    says: /(service|resource) control policy/i,
    means: (trouble, [policy]) => [
      `A ${policy.toLowerCase()} of the organization does not allow ${permission(trouble)}.`,
      'Nobody in this account can change that, not even root: ask whoever manages the organization.',
      'In a project of the newer AWS sign-up that is AWS itself: some of it is allowed once advanced features are activated, which cannot be undone.',
    ],
  },
  {
    codes: denied,
    says: /permissions boundary/i,
    means: (trouble) => [
      `Your permissions boundary does not allow ${permission(trouble)}.`,
      'Ask the administrator who set it.',
    ],
  },
  {
    codes: denied,
    says: /session policy/i,
    means: (trouble) => [
      `The session was made with a policy that does not allow ${permission(trouble)}.`,
      'Sign in again without it.',
    ],
  },
  {
    codes: denied,
    says: /explicit deny/i,
    means: (trouble) => [
      `A policy forbids you ${permission(trouble)}.`,
      'If it asks for MFA: sign out, and sign in again with your second factor.',
      'Otherwise ask an administrator.',
    ],
  },
  {
    codes: denied,
    means: (trouble) => [
      `You are not allowed ${permission(trouble)}.`,
      'Sign in as an administrator or as root, or ask an administrator for that permission.',
    ],
  },
];

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
