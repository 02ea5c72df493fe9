import { accessSync, constants, statSync } from 'node:fs';
import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config';
import { closestMatch } from '../../lib/did-you-mean.ts';
import { sanitize } from '../../lib/sanitize.ts';
import {
  describeMisspelledHeader,
  findMisspelledHeader,
  listProfiles,
  fromSdkName,
  toSdkName,
  type AwsFiles,
} from './aws-files.ts';
import { formatProfileOption, readProgramName, SignInError, type SignIn } from './sign-in.ts';

/** The settings of one profile or session. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** What the two files hold, under the names by which the SDK knows it. */
export type SharedSettings = {
  /** Both files together, as credentials are read: what is in the credentials file wins. */
  profiles: Readonly<Record<string, Settings>>;
  /** Both files together, as other settings are read: what is in the config file wins. */
  configured: Readonly<Record<string, Settings>>;
  sessions: Readonly<Record<string, Settings>>;
};

const mergeSections = (
  first: Readonly<Record<string, Settings>>,
  last: Readonly<Record<string, Settings>>,
): Readonly<Record<string, Settings>> =>
  Object.fromEntries(
    [...new Set([...Object.keys(first), ...Object.keys(last)])].map((name) => [
      name,
      { ...first[name], ...last[name] },
    ]),
  );

/** Reads what the SDK itself will read, after `readAwsFiles`. */
export const readSharedSettings = async (): Promise<SharedSettings> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  return {
    profiles: mergeSections(configFile, credentialsFile),
    configured: mergeSections(credentialsFile, configFile),
    sessions: await loadSsoSessionData(),
  };
};

const quote = (name: string): string => `"${sanitize(name, 60)}"`;

const joinNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const listMissing = (settings: Settings, names: readonly string[]): readonly string[] =>
  names.filter((name) => !settings[name]);

const incompleteError = (profile: string, missing: readonly string[], next: readonly string[]): SignInError =>
  new SignInError(`The profile ${quote(profile)} is not complete: it lacks ${joinNames(missing)}.`, next);

/** The files, with what is wrong with them. */
const describeFiles = (files: AwsFiles): readonly string[] =>
  [files.config, files.credentials].map(({ path, exists, problem }) => {
    const name = sanitize(path, 120);
    if (!exists) return `${name} does not exist.`;
    return `${name} ${problem ?? 'was read.'}`;
  });

/** What else to do where a profile gives no credentials. */
const otherWays = ['Or rehearse first, without an account: --practice'] as const;

const missingProfileError = (profile: string, files: AwsFiles): SignInError => {
  const message = `There is no profile ${quote(profile)}.`;
  const misspelled = findMisspelledHeader(files, profile);
  if (misspelled)
    return new SignInError(message, [describeMisspelledHeader(misspelled, profile), ...otherWays]);
  const profiles = listProfiles(files);
  const meant = closestMatch(profile, profiles);
  return new SignInError(message, [
    ...(meant === undefined ? [] : [`Did you mean ${sanitize(meant, 60)}?`]),
    ...describeFiles(files),
    profiles.length === 0
      ? `Neither has a profile. To create this one: aws login${formatProfileOption(profile)} (AWS CLI 2.32 or newer)`
      : `Your profiles: ${sanitize(profiles.join(', '), 300)}`,
    ...otherWays,
  ]);
};

const emptyProfileError = (profile: string, settings: Settings, files: AwsFiles): SignInError => {
  const names = Object.keys(settings).map((name) => sanitize(name, 40));
  const holds = names.length === 0 ? 'nothing' : `only ${joinNames(names.slice(0, 6))}`;
  return new SignInError(`The profile ${quote(profile)} has no credentials: it contains ${holds}.`, [
    ...[files.config, files.credentials].flatMap(({ path, problem }) =>
      problem === undefined ? [] : [`${sanitize(path, 120)} ${problem}`],
    ),
    `Sign in with it: aws login${formatProfileOption(profile)} (AWS CLI 2.32 or newer)`,
    `For single sign-on: aws configure sso${formatProfileOption(profile)}`,
    ...otherWays,
  ]);
};

const findSsoSignIn = (profile: string, settings: Settings, shared: SharedSettings): SignIn => {
  const advice = [`Set it up again: aws configure sso${formatProfileOption(profile)}`];
  const name = settings['sso_session'];
  if (name !== undefined) {
    const session = shared.sessions[name];
    const real = fromSdkName(name);
    if (!session)
      throw new SignInError(
        `The profile ${quote(profile)} names the single sign-on session ${quote(real)}, which does not exist.`,
        [`Add a section [sso-session ${sanitize(real, 60)}] to the config file.`, ...advice],
      );
    // The file in which AWS CLI keeps the session is named after it, so that it can have no other name here.
    if (name !== real)
      throw new SignInError(
        `The single sign-on session ${quote(real)} has a name that the AWS SDK cannot read.`,
        [
          'Rename it without spaces in the config file, in its section and in the profile. Then sign in again: aws sso login' +
            formatProfileOption(profile),
        ],
      );
    const lacks = listMissing(session, ['sso_start_url', 'sso_region']);
    if (lacks.length > 0)
      throw new SignInError(
        `The single sign-on session ${quote(real)} is not complete: it lacks ${joinNames(lacks)}.`,
        advice,
      );
  }
  const missing = listMissing(settings, [
    ...(name === undefined ? ['sso_start_url', 'sso_region'] : []),
    'sso_account_id',
    'sso_role_name',
  ]);
  if (missing.length > 0) throw incompleteError(profile, missing, advice);
  return { kind: 'sso', profile };
};

const checkTokenFile = (path: string, named: string): void => {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).size === 0) throw new Error('empty');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const empty = error instanceof Error && error.message === 'empty';
    throw new SignInError(
      `The token file ${sanitize(path, 120)}, which ${named} names, ${gone ? 'does not exist' : empty ? 'is empty' : 'cannot be read'}.`,
      ['Get a new token from its issuer, or remove this setting and sign in another way: aws login'],
    );
  }
};

const credentialSources: Readonly<Record<string, SignIn['kind']>> = {
  Environment: 'environment',
  EcsContainer: 'container',
  Ec2InstanceMetadata: 'instance',
};

type Chain = { shared: SharedSettings; files: AwsFiles; env: Readonly<Record<string, string | undefined>> };

/** The SDK says nothing of a profile without a line of its own, which is there all the same. */
const isThere = (profile: string, { shared, files }: Chain): boolean =>
  Object.hasOwn(shared.profiles, toSdkName(profile)) || listProfiles(files).includes(profile);

/** Where a role's own credentials come from. */
const findRoleSource = (
  profile: string,
  settings: Settings,
  visited: readonly string[],
  chain: Chain,
): SignIn => {
  const { source_profile: source, credential_source: place } = settings;
  if (source !== undefined && place !== undefined)
    throw new SignInError(
      `The profile ${quote(profile)} has both source_profile and credential_source, and only one of them is allowed.`,
      ['Remove one of the two from the profile.'],
    );
  if (place !== undefined) {
    const kind = Object.hasOwn(credentialSources, place) ? credentialSources[place] : undefined;
    if (kind === undefined)
      throw new SignInError(
        `The profile ${quote(profile)} has an unknown credential_source: ${quote(place)}.`,
        [`Use one of: ${Object.keys(credentialSources).join(', ')}.`],
      );
    if (kind === 'environment' && !(chain.env['AWS_ACCESS_KEY_ID'] && chain.env['AWS_SECRET_ACCESS_KEY']))
      throw new SignInError(
        `The profile ${quote(profile)} assumes its role with the access key in AWS_ACCESS_KEY_ID, which is not set.`,
        ['Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name another credential_source.'],
      );
    return { kind };
  }
  if (source === undefined)
    throw incompleteError(
      profile,
      ['source_profile'],
      [
        'Add source_profile or credential_source: the profile names a role (role_arn), but no credentials to assume it with.',
      ],
    );
  const next = fromSdkName(source);
  if (visited.includes(next)) {
    const circle = [...new Set([...visited, profile])].map(quote);
    throw new SignInError(
      circle.length === 1
        ? `The profile ${joinNames(circle)} names itself as source_profile, and has no key to assume its role with.`
        : `The profiles ${joinNames(circle)} name each other as source_profile, in a circle.`,
      ['Give one of them credentials.'],
    );
  }
  if (!isThere(next, chain))
    throw new SignInError(
      `The profile ${quote(profile)} assumes its role through the profile ${quote(next)}, which does not exist.`,
      [`Your profiles: ${sanitize(listProfiles(chain.files).join(', '), 300)}`],
    );
  return findInProfile(next, [...visited, profile], chain);
};

/** Follows a profile to its credentials, in the order of the SDK (credential-provider-ini, resolveProfileData). */
const findInProfile = (profile: string, visited: readonly string[], chain: Chain): SignIn => {
  const settings = chain.shared.profiles[toSdkName(profile)] ?? {};
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token } = settings;
  const keys: SignIn | undefined = id && secret ? { kind: token ? 'session' : 'keys', profile } : undefined;
  // A role may be taken with the keys of its own profile.
  if (keys && visited.length > 0) return keys;
  if (settings['web_identity_token_file'] !== undefined && settings['role_arn'] !== undefined) {
    checkTokenFile(settings['web_identity_token_file'], `the profile ${quote(profile)}`);
    return { kind: 'web-identity', profile };
  }
  if (settings['role_arn'] !== undefined) return findRoleSource(profile, settings, visited, chain);
  if (keys) return keys;
  if (id || secret)
    throw incompleteError(
      profile,
      [id ? 'aws_secret_access_key' : 'aws_access_key_id'],
      ['Add it: an access key has two parts, and neither works without the other.'],
    );
  if (settings['web_identity_token_file'] !== undefined)
    throw incompleteError(
      profile,
      ['role_arn'],
      ['Add role_arn: the profile names a token file, but no role to assume with it.'],
    );
  if (settings['credential_process'] !== undefined)
    return { kind: 'process', profile, program: readProgramName(settings['credential_process']) };
  if (Object.keys(settings).some((name) => name.startsWith('sso_')))
    return findSsoSignIn(profile, settings, chain.shared);
  if (settings['login_session']) return { kind: 'login', profile };
  throw emptyProfileError(profile, settings, chain.files);
};

/** How this profile signs in. Throws a {@link SignInError} that names what is missing, without asking anybody. */
export const findProfileSignIn = (profile: string, chain: Chain): SignIn => {
  if (!isThere(profile, chain)) throw missingProfileError(profile, chain.files);
  const found = findInProfile(profile, [], chain);
  return { ...found, wanted: profile };
};

/** What is signed in with where no profile is named, or why the default profile cannot be used. */
export type DefaultSignIn = { signIn: SignIn | undefined; problem: SignInError | undefined };

/** How the owner signs in without naming a profile, in the SDK's order. */
export const findDefaultSignIn = (chain: Chain): DefaultSignIn => {
  const { env } = chain;
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
  if (id && secret) return { signIn: { kind: 'environment' }, problem: undefined };
  if (id || secret)
    throw new SignInError(
      `${id ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY'} is set without ${id ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'}: an access key needs both.`,
      ['Set both, or remove both and sign in another way: aws login'],
    );
  const others = findOutsideFiles(env);
  if (!isThere('default', chain)) return { signIn: others, problem: undefined };
  try {
    return { signIn: findInProfile('default', [], chain), problem: undefined };
  } catch (error) {
    // A [default] that holds only a Region is common, and then other sources are asked.
    if (!(error instanceof SignInError)) throw error;
    return { signIn: others, problem: error };
  }
};

const findOutsideFiles = (env: Chain['env']): SignIn | undefined => {
  const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  if (tokenFile && env['AWS_ROLE_ARN']) {
    checkTokenFile(tokenFile, 'AWS_WEB_IDENTITY_TOKEN_FILE');
    return { kind: 'web-identity' };
  }
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI'])
    return { kind: env['AWS_EXECUTION_ENV'] === 'CloudShell' ? 'cloudshell' : 'container' };
  return undefined;
};
