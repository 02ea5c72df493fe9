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
import type { Environment } from '../lib/environment.ts';
import { UserError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';
import { createAwsClients, type AwsClients } from './clients.ts';
import { createNotFromAwsError } from './errors/network.ts';
import { resolveRegion } from './region.ts';

/** The SDK writes warnings of several lines to the console unless it is given somewhere else to put them. */
const silentLogger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const transportDefaults: NodeHttpHandlerOptions = {
  connectionTimeout: 5_000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
  logger: silentLogger,
};

const createProxyAgent = (proxy: string): HttpsProxyAgent<string> => {
  if (!/^https?:\/\//i.test(proxy) || !URL.canParse(proxy)) {
    // Not quoted: a proxy's URL may hold a password.
    throw new UserError('HTTPS_PROXY does not hold the URL of an HTTP proxy.', [
      'It looks like this: HTTPS_PROXY=http://proxy.example.com:8080',
    ]);
  }
  return new HttpsProxyAgent(proxy);
};

type TransportRequest = Parameters<NodeHttpHandler['handle']>[0];
type TransportOptions = Parameters<NodeHttpHandler['handle']>[1];
type TransportResponse = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/**
 * Refuses a success that is a web page. AWS never sends one, and the SDK takes one that happens to be well-formed for an
 * answer with nothing in it: a change that was never made would count as made.
 */
const rejectWebPage = (handled: TransportResponse): TransportResponse => {
  const { statusCode, headers, body } = handled.response;
  if (statusCode >= 300 || !/html/i.test(headers['content-type'] ?? '')) return handled;
  body?.destroy?.();
  throw createNotFromAwsError(statusCode);
};

/**
 * Sends over HTTPS_PROXY where it applies, host by host: the SDK knows neither it nor NO_PROXY. Network errors get the
 * name of the host, which time-outs and resets do not carry.
 */
export class Transport extends NodeHttpHandler {
  readonly #proxyHandlers = new Map<string, NodeHttpHandler>();

  readonly #options: NodeHttpHandlerOptions;

  constructor(options: NodeHttpHandlerOptions = {}) {
    super({ ...transportDefaults, ...options });
    this.#options = { ...transportDefaults, ...options };
  }

  override async handle(
    request: TransportRequest,
    options?: TransportOptions,
  ): ReturnType<NodeHttpHandler['handle']> {
    const proxy = request.protocol === 'https:' ? getProxyForUrl(`https://${getRequestHost(request)}`) : '';
    try {
      const handler = proxy ? this.#getProxyHandler(proxy) : undefined;
      return rejectWebPage(await (handler?.handle(request, options) ?? super.handle(request, options)));
    } catch (error) {
      if (error instanceof Error && !('hostname' in error))
        Object.assign(error, { hostname: getRequestHost(request) });
      throw error;
    }
  }

  override destroy(): void {
    for (const handler of this.#proxyHandlers.values()) handler.destroy();
    super.destroy();
  }

  #getProxyHandler(proxy: string): NodeHttpHandler {
    const handler =
      this.#proxyHandlers.get(proxy) ??
      new NodeHttpHandler({ ...this.#options, httpsAgent: createProxyAgent(proxy) });
    this.#proxyHandlers.set(proxy, handler);
    return handler;
  }
}

const getRequestHost = ({ hostname, port }: TransportRequest) =>
  port === undefined ? hostname : `${hostname}:${port}`;

type ConnectOptions = { profile?: string | undefined; region?: string | undefined; env: Environment };

/**
 * The account that the owner's credentials lead to, wherever the SDK finds them: environment, profile, `aws login`,
 * SSO, CloudShell. Where there are none, or they have expired, it rejects.
 */
export const connect = async ({ profile, region: option, env }: ConnectOptions): Promise<AwsClients> => {
  const wanted = profile ?? env['AWS_PROFILE'];
  const region = await resolveRegion(option, wanted, env);
  const requestHandler = new Transport();
  // For what the credentials themselves need: refreshing a login, assuming a role. No region here: it would replace
  // the one that the owner signed in to.
  const common = { logger: silentLogger, clientConfig: { requestHandler } };
  const credentials = wanted ? createProfileCredentials(wanted, common) : defaultProvider(common);
  await credentials().catch((error: unknown) => {
    throw wanted && error instanceof Error && missingProfilePattern.test(error.message)
      ? createMissingProfileError(wanted)
      : error;
  });
  return createAwsClients({ credentials, region, requestHandler });
};

/**
 * Credentials of one profile and of nothing else. The SDK's chain goes on looking elsewhere when a profile is not
 * there: in CloudShell a mistyped name would then act on the account of the shell.
 */
const createProfileCredentials = (profile: string, common: Parameters<typeof fromIni>[0]) =>
  memoize(fromIni({ ...common, profile }), credentialsTreatedAsExpired, credentialsWillNeedRefresh);

const missingProfilePattern =
  /could not (be found|resolve credentials using profile)|profile .* (not found|could not)/i;

const createMissingProfileError = (profile: string): UserError =>
  new UserError(`There are no credentials in the profile "${sanitize(profile, 60)}".`, [
    'See which profiles there are: aws configure list-profiles',
    'Sign in to this one: aws login --profile NAME (AWS CLI 2.32 or newer)',
    'Or leave the profile out, or rehearse first: --practice',
  ]);

/** What in the environment makes this program do something other than the owner may expect, a sentence each. */
export const listConnectionNotices = (env: Environment): string[] => {
  const endpoints = Object.entries(env).filter(([name, url]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && url);
  return [
    ...endpoints.map(
      ([name, url = '']) => `${sanitize(name, 60)} is set: calls go to ${sanitize(url, 120)} instead of AWS.`,
    ),
    ...(env['AWS_PROFILE'] && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
      ? [`AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used.`]
      : []),
  ];
};
