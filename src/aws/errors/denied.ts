import type { Row, Trouble } from './aws-error.ts';

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

/** What it means that somebody is not allowed something: who forbids it, and who can change that. */
export const denials: readonly Row[] = [
  {
    // Seen in accounts younger than a day, those that belong to no organization included.
    says: /enable budgets for your account/i,
    means: () => [
      'AWS does not let this account have budgets yet.',
      'A new account may need a day: try again tomorrow.',
      'In an organization, the management account may have to open AWS Budgets first.',
    ],
  },
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
