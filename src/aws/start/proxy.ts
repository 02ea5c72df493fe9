import type { Environment } from '../../lib/environment.ts';
import { UserError } from '../../lib/user-error.ts';

/** The proxy for encrypted connections, and the variable that names it. */
export type Proxy = {
  variable: string;
  url: string;
  /** The host and port, without the user's name and password. */
  host: string;
  hasPassword: boolean;
};

/** In this order, as curl reads them; `npx` hands on what is set in `.npmrc`. */
const proxyVariables = [
  'https_proxy',
  'HTTPS_PROXY',
  'npm_config_https_proxy',
  'npm_config_proxy',
  'all_proxy',
  'ALL_PROXY',
] as const;

// The value is never quoted, because a proxy's URL may contain a password.
const parseProxy = (variable: string, value: string): Proxy => {
  // Without a scheme, curl, npm and AWS CLI take a proxy that is reached with http.
  const url = value.includes('://') ? value : `http://${value}`;
  if (/^socks/i.test(url))
    throw new UserError(`${variable} names a SOCKS proxy, which this program cannot use.`, [
      'If there is an HTTP proxy too: HTTPS_PROXY=http://proxy.example.com:8080',
      `If AWS can be reached without one: NO_PROXY=amazonaws.com,api.aws`,
    ]);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new UserError(`${variable} is not the URL of an HTTP proxy.`, [
      `It looks like this: ${variable}=http://proxy.example.com:8080`,
    ]);
  const { protocol, hostname, port, username } = new URL(url);
  const host = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return { variable, url, host, hasPassword: username !== '' };
};

/** What NO_PROXY leaves out: a name covers what is below it, with and without a dot before it, as for curl and Python. */
const isLeftOut = (hostname: string, port: string, list: string): boolean =>
  list
    .toLowerCase()
    .split(/[\s,]/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const bare = name.replace(/^\*?\./, '');
      if (only !== undefined && only !== port) return false;
      return bare === '*' || hostname === bare || hostname.endsWith(`.${bare}`);
    });

/** The proxy by which an encrypted connection to `host` (with or without a port) is made; undefined for a direct one. */
export const findProxy = (host: string, env: Environment): Proxy | undefined => {
  const variable = proxyVariables.find((name) => env[name]);
  if (variable === undefined) return undefined;
  const { hostname, port } = new URL(`https://${host}`);
  if (isLeftOut(hostname.toLowerCase(), port || '443', env['no_proxy'] || env['NO_PROXY'] || ''))
    return undefined;
  return parseProxy(variable, env[variable] ?? '');
};

export const isProxy = (value: unknown): value is Proxy =>
  typeof value === 'object' && value !== null && 'variable' in value && 'hasPassword' in value;
