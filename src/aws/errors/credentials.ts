import type { UserError } from '../../lib/user-error.ts';
import { applyFirstRule, type ErrorRule, type AwsError } from './aws-error.ts';

// Best option first. A root access key is never suggested: this program exists to get rid of it.
const signInAdvice = [
  'Easiest: open CloudShell in the AWS console, where you are signed in already, and run this program there.',
  'Or here: run "aws login" (AWS CLI 2.32 or newer), then this program again.',
  'Or name a profile that you have: --profile NAME, for single sign-on after "aws sso login".',
  'To rehearse on a simulated account: --practice',
] as const;

const signInRerunAdvice = 'Then run this program again: it goes on where it stopped.';

/** Errors of the SDK's search for credentials. They have no codes, only messages. */
const credentialSearchRules: readonly ErrorRule[] = [
  {
    matches: /change in your password/i,
    explain: () => [
      'Your password was changed, which ended the session.',
      'Sign in again: aws login',
      signInRerunAdvice,
    ],
  },
  {
    matches: /CreateOAuth2Token/,
    explain: () => [
      'You are not allowed to renew the session of "aws login".',
      'It takes the managed policy SignInLocalDevelopmentAccess: ask an administrator for it.',
      'Or run this program in CloudShell.',
    ],
  },
  {
    matches: /\bsso\b/i,
    explain: () => [
      'The single sign-on session has expired.',
      'Sign in again: aws sso login',
      signInRerunAdvice,
    ],
  },
  {
    matches:
      /aws login|Please reauthenticate|\/login\/cache\/|Failed to load token|Token validation failed|Dpop/i,
    explain: () => ['The session of "aws login" has expired.', 'Sign in again: aws login', signInRerunAdvice],
  },
  {
    matches: /requires multi-factor authentication/,
    explain: () => ['This profile asks for an MFA code, which cannot be asked for here.', ...signInAdvice],
  },
  {
    matches: /profile/i,
    explain: ({ message }) => [
      `The profile cannot be used: ${message}`,
      'See which profiles there are: aws configure list-profiles',
      ...signInAdvice,
    ],
  },
  {
    matches: /from any providers|metadata service/i,
    explain: () => ['No AWS credentials were found.', ...signInAdvice],
  },
  { explain: ({ message }) => [`The AWS credentials could not be loaded: ${message}`, ...signInAdvice] },
];

const clockAdvice = 'Set the clock of this computer (time zone too), then run this program again.';

/**
 * Errors that AWS returns when it rejects the credentials. Its messages may contain the token, so they are not quoted.
 */
const rejectedCredentialRules: readonly ErrorRule[] = [
  {
    codes: ['ExpiredToken', 'TokenRefreshRequired', 'ExpiredTokenFault'],
    explain: () => [
      'The session has expired.',
      'Sign in again: "aws login", "aws sso login", or a new CloudShell tab.',
      signInRerunAdvice,
    ],
  },
  {
    codes: ['RequestExpired'],
    explain: () => [
      'AWS found the request expired: the session is over, or the clock of this computer is wrong.',
      'Sign in again: "aws login", "aws sso login", or a new CloudShell tab.',
      clockAdvice,
    ],
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestInTheFuture'],
    explain: () => ['The clock of this computer is wrong by more than AWS accepts.', clockAdvice],
  },
  {
    codes: ['SignatureDoesNotMatch', 'InvalidSignature'],
    matches: /expired|not yet current|too skewed/i,
    explain: () => ['The clock of this computer is wrong by more than AWS accepts.', clockAdvice],
  },
  {
    codes: ['SignatureDoesNotMatch', 'InvalidSignature', 'IncompleteSignature'],
    explain: () => [
      'AWS did not accept the signature: the secret access key is not the right one, or the clock is wrong.',
      clockAdvice,
      ...signInAdvice,
    ],
  },
  {
    codes: [
      'InvalidClientTokenId',
      'UnrecognizedClient',
      'InvalidAccessKeyId',
      'AuthFailure',
      'MissingAuthenticationToken',
    ],
    explain: () => [
      'AWS does not accept these credentials: they were revoked, or they are temporary ones that may not call IAM.',
      'Credentials from GetSessionToken may call IAM only if they were made with an MFA code, those from GetFederationToken never.',
      'Or your environment or profile names a Region that is not turned on in this account: try --region us-east-1',
      ...signInAdvice,
    ],
  },
];

const credentialSearchErrors = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** Explains missing credentials, or credentials that AWS rejects. */
export const explainCredentialsError = (trouble: AwsError): UserError | undefined => {
  if (credentialSearchErrors.has(trouble.error.name)) return applyFirstRule(credentialSearchRules, trouble);
  return trouble.isAwsResponse ? applyFirstRule(rejectedCredentialRules, trouble) : undefined;
};
