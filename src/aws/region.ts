import type { Environment } from '../lib/environment.ts';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS } from '@smithy/core/config';
import { sanitize } from '../lib/sanitize.ts';
import { usageError } from '../lib/user-error.ts';
import { globalRegion } from './services.ts';

/** The Region that a profile names, looked for where the SDK and the AWS CLI look. */
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
 * The Region that the owner signs in at: as an option, in the environment, in the profile, or the one that every account
 * has.
 */
export const resolveRegion = async (
  option: string | undefined,
  profile: string | undefined,
  env: Environment,
): Promise<string> => {
  const named = option ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
  const region = named ?? (await readProfileRegion(profile));
  // It becomes part of a host name.
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  throw usageError(
    `"${sanitize(region, 40)}" is not the name of an AWS Region: those look like ${globalRegion}.`,
    named === undefined
      ? ['It stands in your AWS profile: put it right there, or name another one: --region REGION']
      : undefined,
  );
};
