import type { Environment } from '../../lib/environment.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';
import { fromSdkName } from './aws-files.ts';
import type { Settings } from './profile-chain.ts';

/** An address that stands in the place of AWS, for all services or for one. */
export type Address = { url: string; setting: string; service?: string };

/** What the SDK looks at to decide where calls go: settings of the environment, and of the profile in use. */
export type AddressSettings = {
  env: Environment;
  /** The settings of the profile, config file first. */
  profile: Settings;
  /** The section that `services` in the profile names; undefined if there is none of that name. */
  findServices: (name: string) => Settings | undefined;
};

const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

const listFromEnvironment = (env: Environment): readonly Address[] =>
  Object.entries(env).flatMap(([name, url]) => {
    const [, service] = /^AWS_ENDPOINT_URL(?:_(.+))?$/.exec(name) ?? [undefined, undefined];
    if (!url || !/^AWS_ENDPOINT_URL(?:_|$)/.test(name)) return [];
    return [{ url, setting: name, ...(service !== undefined && { service: service.toLowerCase() }) }];
  });

const listFromProfile = ({ profile, findServices }: AddressSettings): readonly Address[] => {
  const { services: name, endpoint_url: all } = profile;
  const section = name === undefined ? {} : findServices(name);
  if (!section)
    throw new UserError(
      `The profile names the services section "${sanitize(fromSdkName(name ?? ''), 60)}", which is not in the config file.`,
      ['Add the section, such as [services local], or remove the line "services" from the profile.'],
    );
  const ofServices = Object.entries(section).flatMap(([key, url]) => {
    const [, service] = /^(.+)\.endpoint_url$/.exec(key) ?? [];
    return service !== undefined && url
      ? [
          {
            url,
            setting: `endpoint_url of ${service} in the section [services ${fromSdkName(name ?? '')}]`,
            service,
          },
        ]
      : [];
  });
  return [...ofServices, ...(all ? [{ url: all, setting: 'endpoint_url in the profile' }] : [])];
};

/** Without a scheme the SDK takes `localhost:4566` for a path, and asks nobody knows whom. */
const refuseBroken = (addresses: readonly Address[]): void => {
  const broken = addresses.find(({ url }) => !/^https?:\/\/[^/\s]/i.test(url) || !URL.canParse(url));
  if (broken)
    throw new UserError(
      `${sanitize(broken.setting, 120)} is not an address: "${sanitize(broken.url, 60)}".`,
      [
        'Use an address that begins with http:// or https://, such as http://localhost:4566, or remove the setting to call AWS itself.',
      ],
    );
};

/**
 * Every setting that leads calls away from AWS, those that count first: of a service before those of all, and the
 * environment before the profile. None where the SDK is told to pass over them.
 */
export const listAddresses = (settings: AddressSettings): readonly Address[] => {
  const { env, profile } = settings;
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'];
  if (isTrue(ignored)) return [];
  const fromEnvironment = listFromEnvironment(env);
  // AWS_ENDPOINT_URL counts before all that is said in a profile.
  const everywhere = fromEnvironment.some(({ service }) => service === undefined);
  const named = new Set(fromEnvironment.map(({ service }) => service));
  const fromProfile = everywhere ? [] : listFromProfile(settings);
  const addresses = [
    ...fromEnvironment,
    ...fromProfile.filter(({ service }) => !service || !named.has(service)),
  ];
  refuseBroken(addresses);
  return addresses;
};

/** Whether AWS's FIPS endpoints are asked for, and by which setting. */
export const findFipsSetting = ({ env, profile }: AddressSettings): string | undefined => {
  const fromEnvironment = env['AWS_USE_FIPS_ENDPOINT'];
  if (fromEnvironment !== undefined) return fromEnvironment === 'true' ? 'AWS_USE_FIPS_ENDPOINT' : undefined;
  return profile['use_fips_endpoint'] === 'true' ? 'use_fips_endpoint in the profile' : undefined;
};
