import {
  createDefaultUserAgentProvider,
  getHostHeaderPlugin,
  getLoggerPlugin,
  getRecursionDetectionPlugin,
  getUserAgentPlugin,
  NODE_APP_ID_CONFIG_OPTIONS,
  resolveHostHeaderConfig,
  resolveUserAgentConfig,
} from '@aws-sdk/core/client';
import { getHttpAuthSchemeEndpointRuleSetPlugin, getHttpSigningPlugin } from '@smithy/core';
import { Client } from '@smithy/core/client';
import { loadConfig, resolveRegionConfig } from '@smithy/core/config';
import { resolveEndpointConfig } from '@smithy/core/endpoints';
import { getContentLengthPlugin } from '@smithy/core/protocols';
import {
  getRetryPlugin,
  NODE_MAX_ATTEMPT_CONFIG_OPTIONS,
  NODE_RETRY_MODE_CONFIG_OPTIONS,
  resolveRetryConfig,
} from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentityProvider,
  HttpHandlerOptions,
  MetadataBearer,
  RetryStrategyV2,
  UserAgent,
} from '@smithy/types';
import { createResponseValidationPlugin, type ResponseSchemas } from './answer-shape.ts';
import { createEndpointConfig } from './endpoint.ts';
import { createJsonProtocolConfig } from './protocol.ts';
import { authSchemePluginOptions, addSigningConfig } from './signing.ts';

/** What a client needs to call a service: its names on the wire and the schemas of its answers. */
export type JsonService = {
  /** The SDK's name of the service. The variable `AWS_ENDPOINT_URL_...` is derived from it. */
  serviceId: string;
  /** The first part of the host name, and the name that requests are signed for. */
  signingName: string;
  /** The first part of the `X-Amz-Target` header, and the service's name in the SDK's models. */
  target: string;
  responseSchemas: ResponseSchemas;
};

/** The part of the SDK's own client configuration that this program uses. */
export type JsonClientConfig = {
  credentials: AwsCredentialIdentityProvider;
  region: string;
  customUserAgent?: UserAgent;
  endpoint?: string;
  requestHandler?: NodeHttpHandler;
  retryStrategy?: RetryStrategyV2;
};

const resolveJsonClientConfig = (service: JsonService, given: JsonClientConfig) => {
  const { serviceId } = service;
  const plain = {
    ...given,
    serviceId,
    apiVersion: '2023-09-07',
    requestHandler: given.requestHandler ?? new NodeHttpHandler(),
    maxAttempts: loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS),
    retryMode: loadConfig(NODE_RETRY_MODE_CONFIG_OPTIONS),
    userAgentAppId: loadConfig(NODE_APP_ID_CONFIG_OPTIONS),
    defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId, clientVersion: '1.0' }),
    ...createEndpointConfig(service),
    ...createJsonProtocolConfig(service),
  };
  const resolved = resolveEndpointConfig(
    resolveHostHeaderConfig(resolveRegionConfig(resolveRetryConfig(resolveUserAgentConfig(plain)))),
  );
  return addSigningConfig(service, resolved);
};

export type ResolvedJsonClientConfig = ReturnType<typeof resolveJsonClientConfig>;

/**
 * A client for a service that has no client on npm. It is assembled from the same parts as the SDK's generated clients,
 * in the same order: signer, retries, clock correction, endpoint variables and middleware stack.
 */
export class JsonClient<Input extends object, Output extends MetadataBearer> extends Client<
  HttpHandlerOptions,
  Input,
  Output,
  ResolvedJsonClientConfig
> {
  constructor(service: JsonService, given: JsonClientConfig) {
    const config = resolveJsonClientConfig(service, given);
    super(config);
    const stack = this.middlewareStack;
    stack.use(getSchemaSerdePlugin(config));
    stack.use(getUserAgentPlugin(config));
    stack.use(getRetryPlugin(config));
    stack.use(getContentLengthPlugin(config));
    stack.use(getHostHeaderPlugin(config));
    stack.use(getLoggerPlugin(config));
    stack.use(getRecursionDetectionPlugin(config));
    stack.use(getHttpAuthSchemeEndpointRuleSetPlugin(config, authSchemePluginOptions));
    stack.use(getHttpSigningPlugin(config));
    stack.use(createResponseValidationPlugin(service.signingName, service.responseSchemas));
  }
}
