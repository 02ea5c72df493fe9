import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';
import {
  describeMisspelledHeader,
  findMisspelledHeader,
  listProfiles,
  type AwsFiles,
} from '../start/aws-files.ts';
import { describeSignIn, getRenewalAdvice, SignInError, type SignIn } from '../start/sign-in.ts';
import { applyFirstRule, redactTokens, type ErrorRule, type AwsError } from './aws-error.ts';

/** Left out where rehearsing is offered anyway. */
export const rehearseAdvice = 'To rehearse on a simulated account: --practice';

// Best option first. A root access key is never suggested: this program exists to get rid of it.
const signInAdvice = [
  'Easiest: run this program in CloudShell, a terminal in your browser that is signed in as you: https://console.aws.amazon.com/cloudshell',
  'On this computer: run "aws login" (AWS CLI 2.32 or newer), then this program again.',
  'With a profile: add --profile NAME. For single sign-on, run "aws sso login" first.',
  rehearseAdvice,
] as const;

/** The source of the credentials, at the beginning of a sentence. */
const describeSource = (signIn: SignIn | undefined): string => {
  const source = signIn ? describeSignIn(signIn) : 'the source of the credentials';
  return source.charAt(0).toUpperCase() + source.slice(1);
};

const signInRerunAdvice = 'Then run this program again: it goes on where it stopped.';

/** The last line of what a program wrote, which is where it says why it failed. */
const readLastLine = (message: string): string =>
  message
    .replace(/^Command failed:[^\n]*/, '')
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '') ?? '';

/** What the SDK says of a program that gave no credentials. Its message may quote the command, which may hold secrets. */
const processFailures: readonly (readonly [RegExp, string])[] = [
  [/invalid JSON/, 'gave something other than credentials in JSON'],
  [/did not return Version 1|invalid credentials/, 'gave incomplete credentials'],
  [/expired credentials/, 'gave credentials that have already expired'],
];

const explainProcessFailure = ({ signIn, error }: AwsError): [string, ...string[]] => {
  const known = processFailures.find(([pattern]) => pattern.test(error.message))?.[1];
  const last = sanitize(redactTokens(readLastLine(error.message)), 200);
  return [
    `${describeSource(signIn)} ${known ?? (last === '' ? 'ended with an error' : `ended with an error: ${last}`)}.`.replace(
      /\.\.$/,
      '.',
    ),
    'Run it by itself in a terminal to see what it needs. It is the credential_process of the profile.',
    getRenewalAdvice(signIn),
  ];
};

/** Errors of the SDK's search for credentials. They have no codes, only messages. */
const credentialSearchRules: readonly ErrorRule[] = [
  {
    signIn: ['process'],
    explain: explainProcessFailure,
  },
  {
    signIn: ['cloudshell', 'container', 'instance'],
    explain: ({ signIn }) => [
      `${describeSource(signIn)} gives no credentials at the moment.`,
      getRenewalAdvice(signIn),
      rehearseAdvice,
    ],
  },
  {
    matches: /change in your password/i,
    explain: ({ signIn }) => [
      'Your password was changed, which ended the session.',
      getRenewalAdvice(signIn),
      signInRerunAdvice,
    ],
  },
  {
    matches: /CreateOAuth2Token/,
    explain: () => [
      'You are not allowed to renew the session of "aws login".',
      'Ask an administrator for the managed policy SignInLocalDevelopmentAccess.',
      'Or run this program in CloudShell.',
    ],
  },
  {
    matches: /\bsso\b/i,
    explain: ({ signIn }) => [
      'The single sign-on session has expired.',
      signIn ? getRenewalAdvice(signIn) : 'Sign in again: aws sso login',
      signInRerunAdvice,
    ],
  },
  {
    matches:
      /aws login|Please reauthenticate|\/login\/cache\/|Failed to load token|Token validation failed|Dpop/i,
    explain: ({ signIn }) => [
      'The session of "aws login" has expired.',
      signIn ? getRenewalAdvice(signIn) : 'Sign in again: aws login',
      signInRerunAdvice,
    ],
  },
  {
    matches: /requires multi-factor authentication/,
    explain: ({ signIn }) => [
      `The profile${signIn?.wanted === undefined ? '' : ` "${sanitize(signIn.wanted, 60)}"`} needs a code from your MFA device, and nobody is here to type it.`,
      'Run the setup in a terminal, without --answers: it asks for the code.',
      ...signInAdvice,
    ],
  },
  {
    matches: /profile/i,
    explain: ({ message }) => [
      `The profile cannot be used: ${message}`,
      'List your profiles: aws configure list-profiles',
      ...signInAdvice,
    ],
  },
  {
    matches: /from any providers|metadata service/i,
    explain: () => ['No AWS credentials were found.', ...signInAdvice],
  },
  { explain: ({ message }) => [`The AWS credentials could not be loaded: ${message}`, ...signInAdvice] },
];

/** Nothing was found. Says of files that are there what was read in them. */
export const createNoCredentialsError = (files: AwsFiles): UserError => {
  const misspelled = findMisspelledHeader(files, 'default');
  const others = listProfiles(files).filter((name) => name !== 'default' && name !== misspelled?.header);
  return new SignInError('No AWS credentials were found.', [
    ...(misspelled ? [describeMisspelledHeader(misspelled, 'default')] : describeFilesWithoutDefault(files)),
    ...(others.length > 0
      ? [`You have these profiles: ${sanitize(others.join(', '), 200)}. Choose one: --profile NAME`]
      : []),
    ...signInAdvice,
  ]);
};

const describeFilesWithoutDefault = ({ config, credentials }: AwsFiles): readonly string[] =>
  [config, credentials]
    .filter(({ exists }) => exists)
    .map(({ path, problem }) => `${sanitize(path, 120)} ${problem ?? 'has no profile "default".'}`);

/** A source of credentials did not answer. */
export const createSlowCredentialsError = (signIn: SignIn | undefined, seconds: number): UserError =>
  new SignInError(`${describeSource(signIn)} gave no credentials within ${seconds} seconds.`, [
    ...(signIn?.kind === 'process' ? ['Run it by itself in a terminal to see what it waits for.'] : []),
    getRenewalAdvice(signIn),
    rehearseAdvice,
  ]);

const clockAdvice = 'Set the clock of this computer (time zone too), then run this program again.';

/**
 * Errors that AWS returns when it rejects the credentials. Its messages may contain the token, so they are not quoted.
 */
const rejectedCredentialRules: readonly ErrorRule[] = [
  {
    codes: ['ExpiredToken', 'TokenRefreshRequired', 'ExpiredTokenFault'],
    explain: ({ signIn }) => ['The session has expired.', getRenewalAdvice(signIn), signInRerunAdvice],
  },
  {
    codes: ['RequestExpired'],
    explain: ({ signIn }) => [
      'AWS says that the request has expired: the session has ended, or the clock of this computer is wrong.',
      getRenewalAdvice(signIn),
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
      'AWS did not accept the signature: the secret access key or the clock of this computer is wrong.',
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
      'Credentials from GetSessionToken may call IAM only if they were made with an MFA code. Those from GetFederationToken may never call it.',
      'Or your environment or profile names a Region that is not turned on in this account: try --region us-east-1',
      ...signInAdvice,
    ],
  },
];

/** Whether the SDK found no credentials, or could not load them. */
export const isCredentialSearchError = (error: unknown): boolean =>
  error instanceof Error && credentialSearchErrors.has(error.name);

const credentialSearchErrors = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** Explains missing credentials, or credentials that AWS rejects. */
export const explainCredentialsError = (trouble: AwsError): UserError | undefined => {
  if (isCredentialSearchError(trouble.error)) return applyFirstRule(credentialSearchRules, trouble);
  return trouble.isAwsResponse ? applyFirstRule(rejectedCredentialRules, trouble) : undefined;
};
