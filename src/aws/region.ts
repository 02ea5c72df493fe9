import type { Environment } from '../lib/environment.ts';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS } from '@smithy/core/config';
import { sanitize } from '../lib/sanitize.ts';
import { usageError } from '../lib/user-error.ts';
import { globalRegion } from './services.ts';

/** Reads the profile's Region from the same places as the SDK and the AWS CLI. */
const readProfileRegion = (profile: string | undefined): Promise<string> =>
  loadConfig(
    {
      environmentVariableSelector: () => undefined,
      configFileSelector: ({ region }) => region || undefined,
      default: globalRegion,
    },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile && { profile }) },
  )();

/**
 * The Region in which the owner signs in: from the option, the environment or the profile, or else the one Region that
 * every account has.
 */
export const resolveRegion = async (
  option: string | undefined,
  profile: string | undefined,
  env: Environment,
): Promise<string> => {
  const named = option ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
  const region = named ?? (await readProfileRegion(profile));
  // The Region becomes part of a host name.
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  throw usageError(
    `"${sanitize(region, 40)}" is not the name of an AWS Region: those look like ${globalRegion}.`,
    named === undefined
      ? ['It stands in your AWS profile: put it right there, or name another one: --region REGION']
      : undefined,
  );
};
