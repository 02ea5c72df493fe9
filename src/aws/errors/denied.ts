import type { ErrorRule, AwsError } from './aws-error.ts';
import { errorCodes } from './codes.ts';

/**
 * The permission that AWS names, or else the operation that failed. SNS writes `SNS:ListTopics` where the permission is
 * sns:ListTopics; IAM does not distinguish the two.
 */
const getDeniedPermission = ({ message, operation }: AwsError): string => {
  const [, service, action] =
    /not\s+authorized\s+to\s+perform(?:\s+the\s+action)?\s*:?\s*["'`]?([a-z0-9-]+):([a-z0-9*]+)/i.exec(
      message,
    ) ?? [];
  return service === undefined || action === undefined ? operation : `${service.toLowerCase()}:${action}`;
};

/** Explains who denies a permission and who can change that. */
export const accessDeniedRules: readonly ErrorRule[] = [
  {
    // Seen in accounts less than a day old, including those that belong to no organization.
    matches: /enable budgets for your account/i,
    explain: () => [
      'AWS does not allow budgets in this account yet.',
      'A new account may need a day: try again tomorrow.',
      'In an organization, the management account may have to open AWS Budgets first.',
    ],
  },
  {
    codes: errorCodes.refused,
    matches: /(service|resource)\s+control\s+polic(?:y|ies)/i,
    explain: (trouble, [, kind = '']) => [
      `A ${kind.toLowerCase()} control policy of the organization does not allow ${getDeniedPermission(trouble)}.`,
      'Ask the administrator of the organization: nobody in this account can change that, not even root.',
      'In a project of the newer AWS sign-up, AWS sets this policy. Activating advanced features allows more, and cannot be undone.',
    ],
  },
  {
    codes: errorCodes.refused,
    matches: /permissions?\s+boundar(?:y|ies)/i,
    explain: (trouble) => [
      `Your permissions boundary does not allow ${getDeniedPermission(trouble)}.`,
      'Ask the administrator who set it.',
    ],
  },
  {
    codes: errorCodes.refused,
    matches: /session\s+polic(?:y|ies)/i,
    explain: (trouble) => [
      `The session was made with a policy that does not allow ${getDeniedPermission(trouble)}.`,
      'Sign in again without it.',
    ],
  },
  {
    codes: errorCodes.refused,
    matches: /explicit(?:ly)?\s+den(?:y|ied)/i,
    explain: (trouble) => [
      `A policy denies you ${getDeniedPermission(trouble)}.`,
      'If it asks for MFA: sign out, and sign in again with your second factor.',
      'Otherwise ask an administrator.',
    ],
  },
  {
    codes: errorCodes.refused,
    explain: (trouble) => [
      `You are not allowed to call ${getDeniedPermission(trouble)}.`,
      'Sign in as an administrator or as root, or ask an administrator for that permission.',
    ],
  },
];
