import { Agent } from 'node:https';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Environment } from '../lib/environment.ts';
import { createNotFromAwsError, createProxyPasswordError } from './errors/network.ts';
import { findProxy, type Proxy } from './start/proxy.ts';
import { readWholeBody } from './whole-body.ts';

/** The SDK writes warnings of several lines to the console unless it is given somewhere else to put them. */
export const silentLogger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const transportDefaults: NodeHttpHandlerOptions = {
  connectionTimeout: 5_000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
  logger: silentLogger,
};

type TransportRequest = Parameters<NodeHttpHandler['handle']>[0];
type TransportOptions = Parameters<NodeHttpHandler['handle']>[1];
type TransportResponse = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/**
 * Rejects a success that is a web page. AWS never sends one. The SDK would read a well-formed page as an empty answer,
 * and a change that was never made would count as made.
 */
const rejectWebPage = (handled: TransportResponse, host: string): TransportResponse => {
  const { statusCode, headers, body } = handled.response;
  if (statusCode >= 300 || !/html/i.test(headers['content-type'] ?? '')) return handled;
  body?.destroy?.();
  throw createNotFromAwsError(statusCode, host);
};

export type TransportSettings = NodeHttpHandlerOptions & {
  /** Where the proxy is named. Default: that of the process. */
  env?: Environment;
  /** Replaces the certificates that Node trusts, in PEM format. */
  certificates?: string[] | undefined;
};

/**
 * Sends requests through the proxy that the environment names, decided host by host, because the SDK reads neither
 * HTTPS_PROXY nor NO_PROXY. Adds the host name and the proxy to network errors, which do not contain them.
 */
export class Transport extends NodeHttpHandler {
  readonly #proxyHandlers = new Map<string, NodeHttpHandler>();

  readonly #options: NodeHttpHandlerOptions;

  readonly #env: Environment;

  readonly #certificates: string[] | undefined;

  constructor({ env = process.env, certificates, ...given }: TransportSettings = {}) {
    const options = { ...transportDefaults, ...given };
    super({
      ...options,
      ...(certificates && { httpsAgent: new Agent({ ca: certificates, keepAlive: true, maxSockets: 50 }) }),
    });
    this.#options = options;
    this.#env = env;
    this.#certificates = certificates;
  }

  override async handle(
    request: TransportRequest,
    options?: TransportOptions,
  ): ReturnType<NodeHttpHandler['handle']> {
    const host = getRequestHost(request);
    const proxy = request.protocol === 'https:' ? findProxy(host, this.#env) : undefined;
    try {
      const handler = proxy && this.#getProxyHandler(proxy);
      const handled = await (handler?.handle(request, options) ?? super.handle(request, options));
      if (proxy && handled.response.statusCode === 407) throw createProxyPasswordError(proxy);
      await readWholeBody(rejectWebPage(handled, host).response, host);
      return handled;
    } catch (error) {
      if (error instanceof Error && !('hostname' in error))
        Object.assign(error, { hostname: host, ...(proxy && { proxy }) });
      throw error;
    }
  }

  override destroy(): void {
    for (const handler of this.#proxyHandlers.values()) handler.destroy();
    super.destroy();
  }

  #getProxyHandler({ url }: Proxy): NodeHttpHandler {
    const handler =
      this.#proxyHandlers.get(url) ??
      new NodeHttpHandler({ ...this.#options, httpsAgent: createProxyAgent(url, this.#certificates) });
    this.#proxyHandlers.set(url, handler);
    return handler;
  }
}

const createProxyAgent = (url: string, certificates: string[] | undefined): HttpsProxyAgent<string> => {
  const agent = new HttpsProxyAgent(url);
  // Options of its constructor are for the connection to the proxy; these are for the one through it.
  if (certificates) Object.assign(agent.options, { ca: certificates });
  return agent;
};

const getRequestHost = ({ hostname, port }: TransportRequest) =>
  port === undefined ? hostname : `${hostname}:${port}`;
