import { basename } from 'node:path';
import { quoteForShell } from '../../lib/shell.ts';
import { UserError } from '../../lib/user-error.ts';

/** Where credentials come from. */
export type SignInKind =
  | 'environment'
  | 'keys'
  | 'session'
  | 'login'
  | 'sso'
  | 'web-identity'
  | 'process'
  | 'cloudshell'
  | 'container'
  | 'instance';

/** How the owner is signed in: which credentials sign the calls, and by way of which profile they were found. */
export type SignIn = {
  kind: SignInKind;
  /** The profile that holds them, which for a role is the one at the end of the chain. */
  profile?: string;
  /** The profile that was asked for. */
  wanted?: string;
  /** Of `process`: the program. */
  program?: string;
};

/** Credentials that are missing or cannot be used, so that no call can succeed. */
export class SignInError extends UserError {}

/** ` --profile NAME`, or nothing for the default profile. */
export const formatProfileOption = (profile: string | undefined): string =>
  profile === undefined || profile === 'default' ? '' : ` --profile ${quoteForShell(profile)}`;

/** The program of a `credential_process`, without its arguments, which may be secret. */
export const readProgramName = (command: string): string => {
  const [, double, single, plain] = /^\s*(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(command) ?? [];
  return basename((double ?? single ?? plain ?? '').replaceAll('\\', '/')) || 'a program';
};

const inProfile = ({ profile }: SignIn): string =>
  profile === undefined || profile === 'default' ? 'the profile "default"' : `the profile "${profile}"`;

const descriptions: Readonly<Record<SignInKind, (signIn: SignIn) => string>> = {
  environment: () => 'the access key in AWS_ACCESS_KEY_ID',
  keys: (signIn) => `the access key in ${inProfile(signIn)}`,
  session: (signIn) => `the temporary keys in ${inProfile(signIn)}`,
  login: (signIn) => `"aws login" with ${inProfile(signIn)}`,
  sso: (signIn) => `single sign-on with ${inProfile(signIn)}`,
  'web-identity': ({ profile }) =>
    profile === undefined
      ? 'the token in AWS_WEB_IDENTITY_TOKEN_FILE'
      : `the web identity of the profile "${profile}"`,
  process: (signIn) => `the program ${signIn.program ?? ''} that ${inProfile(signIn)} names`,
  cloudshell: () => 'CloudShell',
  container: () => 'the container (AWS_CONTAINER_CREDENTIALS_...)',
  instance: () => 'the EC2 instance',
};

/** Where the credentials come from, as a part of a sentence. */
export const describeSignIn = (signIn: SignIn): string => {
  const source = descriptions[signIn.kind](signIn);
  return signIn.wanted === undefined || signIn.wanted === signIn.profile
    ? source
    : `a role that the profile "${signIn.wanted}" names, through ${source}`;
};

const renewals: Readonly<Record<SignInKind, (signIn: SignIn) => string>> = {
  environment: () =>
    'Set new keys in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or remove all three and sign in: aws login',
  keys: (signIn) => `Sign in another way, or put new keys into ${inProfile(signIn)}.`,
  session: (signIn) => `Put new temporary keys into ${inProfile(signIn)}, the way you got these.`,
  login: ({ profile }) => `Sign in again: aws login${formatProfileOption(profile)}`,
  sso: ({ profile }) => `Sign in again: aws sso login${formatProfileOption(profile)}`,
  'web-identity': () => 'Get a new token from the issuer of this one.',
  process: ({ program }) => `Sign in again with ${program ?? 'the program that gives the keys'}.`,
  cloudshell: () => 'Open a new CloudShell tab, or restart the shell: Actions, Restart.',
  container: () => 'Start the container again.',
  instance: () => 'Wait a few minutes: the instance gets new credentials by itself.',
};

/** What to do when the credentials are over, with the command where there is one. */
export const getRenewalAdvice = (signIn: SignIn | undefined): string =>
  signIn
    ? renewals[signIn.kind](signIn)
    : 'Sign in again: "aws login", "aws sso login", or a new CloudShell tab.';

/** Notes on an error with which credentials the call was made, for what is then said about it. */
export const noteSignIn = (error: unknown, signIn: SignIn | undefined): unknown => {
  if (signIn && error instanceof Error && !('signIn' in error)) Object.assign(error, { signIn });
  return error;
};

const isSignIn = (value: unknown): value is SignIn =>
  typeof value === 'object' && value !== null && 'kind' in value && String(value.kind) in descriptions;

/** What {@link noteSignIn} noted. */
export const getNotedSignIn = (error: Error): SignIn | undefined => {
  const noted: unknown = Reflect.get(error, 'signIn');
  return isSignIn(noted) ? noted : undefined;
};
