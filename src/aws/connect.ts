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
    // The value is not quoted, because a proxy's URL may contain a password.
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
 * Rejects a success that is a web page. AWS never sends one. The SDK would read a well-formed page as an empty answer,
 * and a change that was never made would count as made.
 */
const rejectWebPage = (handled: TransportResponse): TransportResponse => {
  const { statusCode, headers, body } = handled.response;
  if (statusCode >= 300 || !/html/i.test(headers['content-type'] ?? '')) return handled;
  body?.destroy?.();
  throw createNotFromAwsError(statusCode);
};

/**
 * Sends requests through HTTPS_PROXY, decided host by host, because the SDK reads neither that variable nor NO_PROXY.
 * Adds the host name to network errors: timeouts and resets do not contain it.
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

/** The variables that lead calls away from AWS, with their values; none where the SDK is told to pass over them. */
const listEndpoints = (env: Environment): readonly (readonly [string, string])[] =>
  env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true'
    ? []
    : Object.entries(env).flatMap(([name, url]) =>
        /^AWS_ENDPOINT_URL(_|$)/.test(name) && url ? [[name, url] as const] : [],
      );

/** Without a scheme the SDK takes `localhost:4566` for a path, and asks nobody knows whom. */
const refuseBrokenEndpoint = (env: Environment): void => {
  const broken = listEndpoints(env).find(([, url]) => !/^https?:\/\/[^/\s]/i.test(url));
  if (broken)
    throw new UserError(`${sanitize(broken[0], 60)} is no address: "${sanitize(broken[1], 60)}".`, [
      'An address begins with http:// or https://, as in http://localhost:4566. Or take the variable out, to call AWS itself.',
    ]);
};

type ConnectOptions = { profile?: string | undefined; region?: string | undefined; env: Environment };

/**
 * Connects to the account of the owner's credentials, from any source that the SDK supports: environment, profile, `aws
 * login`, SSO, CloudShell. Rejects if there are none or they have expired.
 */
export const connect = async ({ profile, region: option, env }: ConnectOptions): Promise<AwsClients> => {
  refuseBrokenEndpoint(env);
  const wanted = profile ?? env['AWS_PROFILE'];
  const region = await resolveRegion(option, wanted, env);
  const requestHandler = new Transport();
  // For calls that the credentials themselves need: refreshing a login, assuming a role. It sets no region, because
  // that would replace the one that the owner signed in to.
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
 * Credentials of one profile only. The SDK's own chain would try other sources if the profile does not exist: in
 * CloudShell, a mistyped profile name would then change the shell's account.
 */
const createProfileCredentials = (profile: string, common: Parameters<typeof fromIni>[0]) =>
  memoize(fromIni({ ...common, profile }), credentialsTreatedAsExpired, credentialsWillNeedRefresh);

const missingProfilePattern =
  /could not (be found|resolve credentials using profile)|profile .* (not found|could not)/i;

const createMissingProfileError = (profile: string): UserError =>
  new UserError(`There are no credentials in the profile "${sanitize(profile, 60)}".`, [
    'See which profiles there are: aws configure list-profiles',
    `Sign in to this one: aws login --profile ${/^[\w.@-]+$/.test(profile) ? profile : 'NAME'} (AWS CLI 2.32 or newer)`,
    'Or leave the profile out, or rehearse first: --practice',
  ]);

/** Explains, one sentence each, which environment variables may make this program behave unexpectedly. */
export const listConnectionNotices = (env: Environment): string[] => {
  return [
    ...listEndpoints(env).map(
      ([name, url]) => `${sanitize(name, 60)} is set: calls go to ${sanitize(url, 120)} instead of AWS.`,
    ),
    ...(env['AWS_PROFILE'] && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
      ? [`AWS_PROFILE is set, so the access key in AWS_ACCESS_KEY_ID is not used.`]
      : []),
  ];
};
