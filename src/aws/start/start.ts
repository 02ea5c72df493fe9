import type { Environment } from '../../lib/environment.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';
import { findFipsSetting, listAddresses, type Address } from './addresses.ts';
import { listProfiles, readAwsFiles, toSdkName, type AwsFiles } from './aws-files.ts';
import { findCaBundle, type CaBundle } from './certificates.ts';
import { findDefaultSignIn, findProfileSignIn, readSharedSettings, type Settings } from './profile-chain.ts';
import { findProxy, type Proxy } from './proxy.ts';
import { resolveRegion, type Region } from './region.ts';
import { describeSignIn, type SignIn } from './sign-in.ts';

/** A profile that was asked for, and by what: `--profile` or a variable. */
type WantedProfile = { name: string; from: string };

/**
 * What was found on this computer before the first call, where it stands, and what of it will be used. What the program
 * says about its start, and what it does, both come from here.
 */
export type Start = {
  profile: WantedProfile | undefined;
  region: Region;
  /** Undefined where nothing was found: then only the computer's own role (EC2) is left to ask for. */
  signIn: SignIn | undefined;
  /** Why the default profile cannot be used, for when nothing else turns up. */
  problem: UserError | undefined;
  addresses: readonly Address[];
  fips: string | undefined;
  caBundle: CaBundle | undefined;
  /** How AWS in the Region is reached, as long as no address stands in its place. */
  proxy: Proxy | undefined;
  files: AwsFiles;
  env: Environment;
};

export type StartOptions = {
  profile?: string | undefined;
  region?: string | undefined;
  /** As the owner set it. */
  env: Environment;
  /** What the SDK itself reads, which is told here which profile to use: `process.env`. */
  sdkEnv: Record<string, string | undefined>;
};

const findWantedProfile = (option: string | undefined, env: Environment): WantedProfile | undefined => {
  if (option !== undefined) return { name: option, from: '--profile' };
  const variable = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((name) => env[name]);
  return variable === undefined ? undefined : { name: env[variable] ?? '', from: variable };
};

/** The SDK has settings that it reads from AWS_PROFILE, whatever profile a client is given: addresses above all. */
const useProfileEverywhere = (profile: WantedProfile | undefined, env: StartOptions['sdkEnv']): void => {
  if (profile) env['AWS_PROFILE'] = toSdkName(profile.name);
  const ignore = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
  // AWS CLI reads "True" too.
  if (ignore !== undefined) env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] = ignore.toLowerCase();
};

const refuseFipsWithAddress = (fips: string | undefined, [address]: readonly Address[]): void => {
  if (fips !== undefined && address)
    throw new UserError(
      `${fips} and ${sanitize(address.setting, 120)} cannot be used together: one asks for AWS's FIPS endpoints, the other for an address instead of AWS.`,
      ['Remove one of the two.'],
    );
};

/** Finds what a run starts with. Asks nobody; throws a {@link UserError} for settings that cannot be used. */
export const findStart = async ({
  profile: option,
  region: regionOption,
  env,
  sdkEnv,
}: StartOptions): Promise<Start> => {
  const profile = findWantedProfile(option, env);
  const files = readAwsFiles(env);
  useProfileEverywhere(profile, sdkEnv);
  const shared = await readSharedSettings();
  const settings: Settings = shared.configured[toSdkName(profile?.name ?? 'default')] ?? {};
  const addressSettings = {
    env,
    profile: settings,
    findServices: (name: string) => shared.configured[`services.${name}`],
  };
  const addresses = listAddresses(addressSettings);
  const fips = findFipsSetting(addressSettings);
  refuseFipsWithAddress(fips, addresses);
  const region = resolveRegion(regionOption, settings['region'], env);
  const chain = { shared, files, env };
  const found = profile
    ? { signIn: findProfileSignIn(profile.name, chain), problem: undefined }
    : findDefaultSignIn(chain);
  return {
    profile,
    region,
    ...found,
    addresses,
    fips,
    caBundle: findCaBundle(env, settings['ca_bundle']),
    proxy: findProxy(`sts.${region.name}.amazonaws.com`, env),
    files,
    env,
  };
};

/** What may make the program behave otherwise than the owner expects, one sentence each. */
export const listStartNotices = ({ profile, addresses, fips, env, files }: Start): readonly string[] => {
  const other = env['AWS_DEFAULT_PROFILE'];
  return [
    ...addresses.map(
      ({ setting, url, service }) =>
        `${setting} is set: calls${service === undefined ? '' : ` of ${service}`} go to ${url} instead of AWS.`,
    ),
    ...(fips === undefined
      ? []
      : [`${fips} is set: calls go to AWS's FIPS endpoints, which not every service has.`]),
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? [
          'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: remove it. Certificates are not checked, so anybody on the way can read and change the calls.',
        ]
      : []),
    ...(profile?.from === 'AWS_PROFILE' && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
      ? ['AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used. AWS CLI would use the key.']
      : []),
    ...(profile?.from === 'AWS_PROFILE' && other && other !== profile.name
      ? [
          `AWS_PROFILE and AWS_DEFAULT_PROFILE differ: the profile "${profile.name}" is used. AWS CLI may use the other.`,
        ]
      : []),
    ...(profile?.from === 'AWS_DEFAULT_PROFILE'
      ? [`The profile "${profile.name}" is used: AWS_DEFAULT_PROFILE names it.`]
      : []),
    ...[files.config, files.credentials].flatMap(({ path, problem }) =>
      problem === undefined ? [] : [`${path} ${problem}`],
    ),
  ].map((notice) => sanitize(notice, 300));
};

const countSections = (count: number): string => (count === 1 ? '1 section' : `${count} sections`);

/** What was found and will be used, as lines of a name and a text. */
export const describeStart = (start: Start): readonly (readonly [name: string, text: string])[] => {
  const { profile, region, signIn, addresses, fips, proxy, caBundle, files } = start;
  const lines: (readonly [string, string])[] = [
    ['Profile', profile ? `${profile.name} (${profile.from})` : 'none named'],
    ['Credentials', signIn ? describeSignIn(signIn) : 'none found'],
    ['Region', `${region.name} (${region.from})`],
    ...(addresses.length === 0
      ? [['Calls go to', fips === undefined ? 'AWS' : `AWS's FIPS endpoints (${fips})`] as const]
      : addresses.map(({ url, setting }) => ['Calls go to', `${url} (${setting})`] as const)),
    ['Proxy', proxy ? `${proxy.host} (${proxy.variable})` : 'none'],
    [
      'Certificates',
      caBundle ? `also those of ${caBundle.path} (${caBundle.setting})` : 'those that Node trusts',
    ],
    ...[files.config, files.credentials].map(({ path, exists, problem, headers }) => {
      const text = problem ?? (exists ? countSections(headers.length) : 'not there');
      return ['File', `${path}: ${text}`] as const;
    }),
    ['Profiles', listProfiles(files).join(', ') || 'none'],
  ];
  return lines.map(([name, text]) => [name, sanitize(text, 300)] as const);
};
