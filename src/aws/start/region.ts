import type { Environment } from '../../lib/environment.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { usageError } from '../../lib/user-error.ts';
import { globalRegion } from '../services.ts';

/** A Region, and where it is named. */
export type Region = { name: string; from: string };

/**
 * The Region in which the owner signs in: from the option, the environment or the profile, or else the one Region that
 * every account has.
 */
export const resolveRegion = (
  option: string | undefined,
  fromProfile: string | undefined,
  env: Environment,
): Region => {
  const candidates: readonly (readonly [from: string, name: string | undefined])[] = [
    ['--region', option],
    ['AWS_REGION', env['AWS_REGION'] || undefined],
    ['AWS_DEFAULT_REGION', env['AWS_DEFAULT_REGION'] || undefined],
    ['the profile', fromProfile || undefined],
  ];
  const [from, name = globalRegion] = candidates.find(([, one]) => one !== undefined) ?? ['no setting'];
  // The Region becomes part of a host name.
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name)) return { name, from };
  throw usageError(
    `"${sanitize(name, 40)}" is not the name of an AWS Region: those look like ${globalRegion}.`,
    from === 'the profile'
      ? ['Correct it in your AWS profile, or choose another one: --region REGION']
      : undefined,
  );
};
