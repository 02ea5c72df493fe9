import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { NoOpLogger, ServiceException } from '@smithy/core/client';
import { parseUrl } from '@smithy/core/protocols';
import { TypeRegistry } from '@smithy/core/schema';
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { streamCollector } from '@smithy/node-http-handler';
import type { StaticErrorSchema } from '@smithy/types';

/**
 * The registry in which the protocol looks up classes for errors it has no model of. It is empty: the program needs
 * only an error's name, message, status and fault, and `ServiceException` has all of them.
 */
const createErrorRegistry = (namespace: string): TypeRegistry => {
  const synthetic = `smithy.ts.sdk.synthetic.${namespace}`;
  const registry = new TypeRegistry(synthetic);
  const base: StaticErrorSchema = [-3, synthetic, 'ServiceException', 0, [], []];
  registry.registerError(base, ServiceException);
  return registry;
};

/** Requests and responses use AWS's JSON 1.0, implemented by the SDK's own protocol. */
export const createJsonProtocolConfig = ({ target }: { target: string }) => {
  const defaultNamespace = `com.amazonaws.${target.toLowerCase()}`;
  return {
    protocol: new AwsJson1_0Protocol({
      defaultNamespace,
      errorTypeRegistries: [createErrorRegistry(defaultNamespace)],
      serviceTarget: target,
      awsQueryCompatible: false,
    }),
    logger: new NoOpLogger(),
    runtime: 'node',
    urlParser: parseUrl,
    base64Decoder: fromBase64,
    base64Encoder: toBase64,
    utf8Decoder: fromUtf8,
    utf8Encoder: toUtf8,
    bodyLengthChecker: calculateBodyLength,
    streamCollector,
    disableHostPrefix: false,
  };
};
