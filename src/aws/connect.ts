import { fromIni } from '@aws-sdk/credential-provider-ini';
import {
  credentialsTreatedAsExpired,
  credentialsWillNeedRefresh,
  defaultProvider,
} from '@aws-sdk/credential-provider-node';
import { memoize } from '@smithy/core/config';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { Problem } from '../lib/user-error.ts';
import { clean } from '../lib/sanitize.ts';
import { Account } from './clients.ts';
import { notFromAws } from './errors/network.ts';
import { regionFrom } from './region.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The SDK writes warnings of several lines to the console unless it is given somewhere else to put them. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const transport: NodeHttpHandlerOptions = {
  connectionTimeout: 5_000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
  logger: silent,
};

const proxyAgent = (proxy: string): HttpsProxyAgent<string> => {
  if (!/^https?:\/\//i.test(proxy) || !URL.canParse(proxy)) {
    // Not quoted: a proxy's URL may hold a password.
    throw new Problem('HTTPS_PROXY does not hold the URL of an HTTP proxy.', [
      'It looks like this: HTTPS_PROXY=http://proxy.example.com:8080',
    ]);
  }
  return new HttpsProxyAgent(proxy);
};

type Request = Parameters<NodeHttpHandler['handle']>[0];
type Options = Parameters<NodeHttpHandler['handle']>[1];
type Handled = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/**
 * Refuses a success that is a web page. AWS never sends one, and the SDK takes one that happens to be well-formed for an
 * answer with nothing in it: a change that was never made would count as made.
 */
const fromAws = (handled: Handled): Handled => {
  const { statusCode, headers, body } = handled.response;
  if (statusCode >= 300 || !/html/i.test(headers['content-type'] ?? '')) return handled;
  body?.destroy?.();
  throw notFromAws(statusCode);
};

/**
 * Sends over HTTPS_PROXY where it applies, host by host: the SDK knows neither it nor NO_PROXY. Network errors get the
 * name of the host, which time-outs and resets do not carry.
 */
export class Transport extends NodeHttpHandler {
  readonly #proxied = new Map<string, NodeHttpHandler>();

  readonly #options: NodeHttpHandlerOptions;

  constructor(options: NodeHttpHandlerOptions = {}) {
    super({ ...transport, ...options });
    this.#options = { ...transport, ...options };
  }

  override async handle(request: Request, options?: Options): ReturnType<NodeHttpHandler['handle']> {
    const proxy = request.protocol === 'https:' ? getProxyForUrl(`https://${hostOf(request)}`) : '';
    try {
      const handler = proxy ? this.#through(proxy) : undefined;
      return fromAws(await (handler?.handle(request, options) ?? super.handle(request, options)));
    } catch (error) {
      if (error instanceof Error && !('hostname' in error))
        Object.assign(error, { hostname: hostOf(request) });
      throw error;
    }
  }

  override destroy(): void {
    for (const handler of this.#proxied.values()) handler.destroy();
    super.destroy();
  }

  #through(proxy: string): NodeHttpHandler {
    const handler =
      this.#proxied.get(proxy) ?? new NodeHttpHandler({ ...this.#options, httpsAgent: proxyAgent(proxy) });
    this.#proxied.set(proxy, handler);
    return handler;
  }
}

const hostOf = ({ hostname, port }: Request) => (port === undefined ? hostname : `${hostname}:${port}`);

type Connection = { profile?: string | undefined; region?: string | undefined; env: Environment };

/**
 * The account that the owner's credentials lead to, wherever the SDK finds them: environment, profile, `aws login`,
 * SSO, CloudShell. Where there are none, or they have expired, it rejects.
 */
export const connect = async ({ profile, region: option, env }: Connection): Promise<Account> => {
  const wanted = profile ?? env['AWS_PROFILE'];
  const region = await regionFrom(option, wanted, env);
  const requestHandler = new Transport();
  // For what the credentials themselves need: refreshing a login, assuming a role. No region here: it would replace
  // the one that the owner signed in to.
  const common = { logger: silent, clientConfig: { requestHandler } };
  const credentials = wanted ? fromProfile(wanted, common) : defaultProvider(common);
  await credentials().catch((error: unknown) => {
    throw wanted && error instanceof Error && notThere.test(error.message) ? noProfile(wanted) : error;
  });
  return new Account({ credentials, region, requestHandler });
};

/**
 * Credentials of one profile and of nothing else. The SDK's chain goes on looking elsewhere when a profile is not
 * there: in CloudShell a mistyped name would then act on the account of the shell.
 */
const fromProfile = (profile: string, common: Parameters<typeof fromIni>[0]) =>
  memoize(fromIni({ ...common, profile }), credentialsTreatedAsExpired, credentialsWillNeedRefresh);

const notThere = /could not (be found|resolve credentials using profile)|profile .* (not found|could not)/i;

const noProfile = (profile: string): Problem =>
  new Problem(`There are no credentials in the profile "${clean(profile, 60)}".`, [
    'See which profiles there are: aws configure list-profiles',
    'Sign in to this one: aws login --profile NAME (AWS CLI 2.32 or newer)',
    'Or leave the profile out, or rehearse first: --practice',
  ]);

/** What in the environment makes this program do something other than the owner may expect, a sentence each. */
export const connectionNotices = (env: Environment): string[] => {
  const endpoints = Object.entries(env).filter(([name, url]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && url);
  return [
    ...endpoints.map(
      ([name, url = '']) => `${clean(name, 60)} is set: calls go to ${clean(url, 120)} instead of AWS.`,
    ),
    ...(env['AWS_PROFILE'] && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
      ? [`AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used.`]
      : []),
  ];
};
