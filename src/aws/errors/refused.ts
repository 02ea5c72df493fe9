import type { UserError } from '../../lib/user-error.ts';
import { accessDeniedRules } from './denied.ts';
import { errorCodes } from './codes.ts';
import { applyFirstRule, type ErrorRule, type AwsError } from './aws-error.ts';

const refusalRerunAdvice = 'Run this program again: it goes on where it stopped.';

const explainPendingVerification: ErrorRule['explain'] = () => [
  'AWS is still verifying this new account.',
  'Watch your mailbox: it usually takes minutes, at most a day, and AWS may ask you for something.',
  refusalRerunAdvice,
];

const accountStateRules: readonly ErrorRule[] = [
  {
    matches: /account\b.*(being|must be|needs to be|pending|not yet been) verif|account verification/i,
    explain: explainPendingVerification,
  },
  { codes: ['PendingVerification'], explain: explainPendingVerification },
  {
    matches: /free (tier )?(account )?plan/i,
    explain: ({ operation }) => [
      `The Free plan of this account does not include ${operation}.`,
      'It needs the Paid plan. Upgrading to it cannot be undone.',
    ],
  },
  {
    codes: ['SubscriptionRequired', 'OptInRequired', 'NotSignedUp'],
    explain: ({ operation }) => [
      `This account is not signed up for what ${operation} needs.`,
      'Finish the sign-up in the AWS console (payment method, phone number, plan). A new account may need a few hours.',
      'The Free plan leaves out some services: see https://aws.amazon.com/free',
      refusalRerunAdvice,
    ],
  },
];

/** Older accounts have no plan, which is not an error. Only this operation uses the code in that sense. */
const missingPlanRule: ErrorRule = {
  codes: errorCodes.gone,
  explain: () => [
    'AWS knows no Free or Paid plan for this account.',
    'Accounts from before July 2025 have none and need none.',
  ],
};

const limitRules: readonly ErrorRule[] = [
  {
    codes: ['LimitExceeded', 'LimitExceededFault', 'ServiceQuotaExceeded'],
    matches: /quota for (\w+): (\d+)/i,
    explain: (_, [, quota, most]) => [
      `The account has reached a limit: the quota ${quota} is ${most}.`,
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
    explain: ({ message }) => [
      `The account has reached a limit: ${message}`,
      'Delete what is not needed, or ask for more under "Service Quotas" in the AWS console.',
    ],
  },
  {
    codes: errorCodes.throttled,
    explain: () => ['AWS asks for fewer calls at a time.', 'Wait a minute.', refusalRerunAdvice],
  },
  {
    codes: errorCodes.beingChanged,
    explain: ({ operation }) => [
      `AWS refused ${operation}: somebody else is changing the same thing at the moment.`,
      'Wait a minute.',
      refusalRerunAdvice,
    ],
  },
];

const outageRule: ErrorRule = {
  explain: ({ code, operation }) => [
    `AWS failed at ${operation} (${code}); the fault is on its side.`,
    'Wait a few minutes. https://health.aws.amazon.com/health/status shows known outages.',
    refusalRerunAdvice,
  ],
};

const outageCodes = [
  'ServiceFailure',
  'InternalFailure',
  'InternalError',
  'InternalServerError',
  'ServiceUnavailable',
];

const otherRefusalRule: ErrorRule = {
  explain: ({ code, message, operation }) => [
    `AWS refused ${operation}: ${code}${message === '' || message === code ? '' : `: ${message}`}`,
  ],
};

/** Explains an error that AWS itself returned. */
export const explainRefusal = (trouble: AwsError): UserError | undefined => {
  if (!trouble.isAwsResponse) return undefined;
  const atFault = outageCodes.includes(trouble.code) || (trouble.status ?? 0) >= 500;
  const about = trouble.operation.startsWith('freetier:') ? [missingPlanRule] : [];
  return applyFirstRule(
    [
      ...about,
      ...accountStateRules,
      ...accessDeniedRules,
      ...limitRules,
      atFault ? outageRule : otherRefusalRule,
    ],
    trouble,
  );
};
