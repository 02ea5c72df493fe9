import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { Environment } from '../../lib/environment.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';

/** A file of certificates of a company, which AWS CLI trusts too, and the setting that names it. */
export type CaBundle = { setting: string; path: string };

/** In the order of AWS CLI; `ca_bundle` is the setting of the profile. */
export const findCaBundle = (env: Environment, fromProfile: string | undefined): CaBundle | undefined => {
  if (env['AWS_CA_BUNDLE']) return { setting: 'AWS_CA_BUNDLE', path: env['AWS_CA_BUNDLE'] };
  return fromProfile ? { setting: 'ca_bundle in the profile', path: fromProfile } : undefined;
};

/** What Node trusts by itself, since a list of one's own replaces it. */
const listTrusted = (env: Environment): readonly string[] => {
  const extra = env['NODE_EXTRA_CA_CERTS'];
  return [...rootCertificates, ...(extra ? [readFileSync(extra, 'utf8')] : [])];
};

/**
 * The certificates to trust: those of Node and those of the bundle. AWS CLI trusts those of the bundle alone; here a
 * host that no company's proxy inspects stays reachable.
 */
export const readTrustedCertificates = ({ setting, path }: CaBundle, env: Environment): string[] => {
  const next = [
    `Set ${setting} to a PEM file with the certificate of your company, or remove it to trust what Node trusts.`,
  ];
  let bundle: string;
  try {
    bundle = readFileSync(path, 'utf8');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError(
      `The certificate file ${sanitize(path, 120)}, which ${setting} names, ${gone ? 'does not exist' : 'cannot be read'}.`,
      next,
    );
  }
  try {
    if (!bundle.includes('-----BEGIN ')) throw new Error('no certificate');
    createSecureContext({ ca: bundle });
  } catch {
    throw new UserError(
      `The file ${sanitize(path, 120)}, which ${setting} names, contains no readable certificates.`,
      next,
    );
  }
  return [...listTrusted(env), bundle];
};
