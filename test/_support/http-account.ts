import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createAwsClients, type AwsClients } from '../../src/aws/clients.ts';
import { Transport } from '../../src/aws/transport.ts';
import { startLocalServer } from './local-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One request as it arrived on the wire. */
export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** Whoever signs requests in tests; the account is nobody's. */
export const signer = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//token==',
};

/** Takes everything out of the environment that could lead to a real account, and answers no request but by `url`. */
export const useOnlyEndpoint = async (url: string): Promise<void> => {
  for (const name of Object.keys(process.env)) {
    if (/^AWS_|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  }
  const folder = await temporaryFolder();
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  vi.stubEnv('AWS_ENDPOINT_URL', url);
};

type Answer = (response: ServerResponse) => void;

/** An account over a real socket, and what arrived at the other end of it. */
export type HttpAccount = { aws: AwsClients; received: Received[]; url: string };

const startHttpAccount = async (transport: Transport, answers: readonly Answer[]): Promise<HttpAccount> => {
  const received: Received[] = [];
  const { url } = await startLocalServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { headers, method = '', url: path = '' } = request;
      const answer = answers[Math.min(received.length, answers.length - 1)];
      received.push({ method, path, headers, body });
      answer?.(response);
    });
  });
  await useOnlyEndpoint(url);
  const aws = createAwsClients({
    credentials: () => Promise.resolve(signer),
    region: 'eu-north-1',
    requestHandler: transport,
    retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
  });
  return { aws, received, url };
};

/** A server on this machine gives one answer after another, the last one for ever. */
export const accountThatAnswers = (...answers: readonly Answer[]): Promise<HttpAccount> =>
  startHttpAccount(new Transport(), answers);

/** A server that takes requests and never answers, and an account that does not wait for long. */
export const accountWithoutAnswers = (): Promise<HttpAccount> =>
  startHttpAccount(new Transport({ requestTimeout: 50 }), [() => {}]);

/** An answer in JSON. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': '1',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };

/** A refusal as services that speak JSON 1.0 write it. */
export const refusal = (type: string, message: string, status = 400) =>
  json({ __type: `com.amazonaws.example#${type}`, message }, status);

/** A page instead of an answer. */
export const page =
  (status: number) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in to the Wi-Fi</title>');
  };
