import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { NoOpLogger, ServiceException } from '@smithy/core/client';
import { parseUrl } from '@smithy/core/protocols';
import { TypeRegistry } from '@smithy/core/schema';
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { streamCollector } from '@smithy/node-http-handler';
import type { StaticErrorSchema } from '@smithy/types';

/**
 * Where the protocol looks for the class of an error that it has no model of. It has none of any: what we want of an
 * error is its name, message, status and whose fault it is, and `ServiceException` carries those.
 */
const createErrorRegistry = (namespace: string): TypeRegistry => {
  const synthetic = `smithy.ts.sdk.synthetic.${namespace}`;
  const registry = new TypeRegistry(synthetic);
  const base: StaticErrorSchema = [-3, synthetic, 'ServiceException', 0, [], []];
  registry.registerError(base, ServiceException);
  return registry;
};

/** How requests are written and answers are read: AWS's JSON 1.0, by the SDK's own protocol. */
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
