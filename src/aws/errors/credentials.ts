import type { Problem } from '../../lib/user-error.ts';
import { firstOf, type Row, type Trouble } from './aws-error.ts';

// Best first. A root access key is never among them: it is what this program is there to get rid of.
const waysIn = [
  'Easiest: open CloudShell in the AWS console, where you are signed in already, and run this program there.',
  'Or here: run "aws login" (AWS CLI 2.32 or newer), then this program again.',
  'Or name a profile that you have: --profile NAME, for single sign-on after "aws sso login".',
  'To rehearse on a simulated account: --practice',
] as const;

const again = 'Then run this program again: it goes on where it stopped.';

/** What the SDK says when it looks for credentials. Its errors have no codes, only words. */
const searches: readonly Row[] = [
  {
    says: /change in your password/i,
    means: () => ['Your password was changed, which ended the session.', 'Sign in again: aws login', again],
  },
  {
    says: /CreateOAuth2Token/,
    means: () => [
      'You are not allowed to renew the session of "aws login".',
      'It takes the managed policy SignInLocalDevelopmentAccess: ask an administrator for it.',
      'Or run this program in CloudShell.',
    ],
  },
  {
    says: /\bsso\b/i,
    means: () => ['The single sign-on session has expired.', 'Sign in again: aws sso login', again],
  },
  {
    says: /aws login|Please reauthenticate|\/login\/cache\/|Failed to load token|Token validation failed|Dpop/i,
    means: () => ['The session of "aws login" has expired.', 'Sign in again: aws login', again],
  },
  {
    says: /requires multi-factor authentication/,
    means: () => ['This profile asks for an MFA code, which cannot be asked for here.', ...waysIn],
  },
  {
    says: /profile/i,
    means: ({ said }) => [
      `The profile cannot be used: ${said}`,
      'See which profiles there are: aws configure list-profiles',
      ...waysIn,
    ],
  },
  {
    says: /from any providers|metadata service/i,
    means: () => ['No AWS credentials were found.', ...waysIn],
  },
  { means: ({ said }) => [`The AWS credentials could not be loaded: ${said}`, ...waysIn] },
];

const clock = 'Set the clock of this computer (time zone too), then run this program again.';

/** What AWS says when it does not accept the credentials that were found. Its words may hold the token: not quoted. */
const refusals: readonly Row[] = [
  {
    codes: ['ExpiredToken', 'TokenRefreshRequired', 'ExpiredTokenFault'],
    means: () => [
      'The session has expired.',
      'Sign in again: "aws login", "aws sso login", or a new CloudShell tab.',
      again,
    ],
  },
  {
    codes: ['RequestExpired'],
    means: () => [
      'AWS found the request expired: the session is over, or the clock of this computer is wrong.',
      'Sign in again: "aws login", "aws sso login", or a new CloudShell tab.',
      clock,
    ],
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestInTheFuture'],
    means: () => ['The clock of this computer is wrong by more than AWS accepts.', clock],
  },
  {
    codes: ['SignatureDoesNotMatch', 'InvalidSignature'],
    says: /expired|not yet current|too skewed/i,
    means: () => ['The clock of this computer is wrong by more than AWS accepts.', clock],
  },
  {
    codes: ['SignatureDoesNotMatch', 'InvalidSignature', 'IncompleteSignature'],
    means: () => [
      'AWS did not accept the signature: the secret access key is not the right one, or the clock is wrong.',
      clock,
      ...waysIn,
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
    means: () => [
      'AWS does not accept these credentials: they were revoked, or they are temporary ones that may not call IAM.',
      'Credentials from GetSessionToken may call IAM only if they were made with an MFA code, those from GetFederationToken never.',
      'Or your environment or profile names a Region that is not turned on in this account: try --region us-east-1',
      ...waysIn,
    ],
  },
];

const searchErrors = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** Explains that there are no credentials, or that AWS does not accept them. */
export const aboutCredentials = (trouble: Trouble): Problem | undefined => {
  if (searchErrors.has(trouble.error.name)) return firstOf(searches, trouble);
  return trouble.answered ? firstOf(refusals, trouble) : undefined;
};
