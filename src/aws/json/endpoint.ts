import { loadConfig, NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS } from '@smithy/core/config';
import type { EndpointParameters, EndpointV2 } from '@smithy/types';

type JsonEndpointParameters = EndpointParameters & { Endpoint?: string; UseFIPS?: boolean };

/** The parts of a client's configuration that the SDK passes to its `endpointProvider`. */
export const endpointParameterInstructions = {
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
} as const;

/** These services have one endpoint for the whole partition, so they all use this Region. */
export const jsonServicesRegion = 'us-east-1';

/** Uses the partition's one endpoint unless `AWS_ENDPOINT_URL` or the client's configuration overrides it. */
export const createEndpointConfig = ({ signingName }: { signingName: string }) => ({
  useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
  endpointProvider: ({ Endpoint, UseFIPS }: JsonEndpointParameters): EndpointV2 => ({
    url: new URL(Endpoint ?? `https://${signingName}${UseFIPS ? '-fips' : ''}.${jsonServicesRegion}.api.aws`),
  }),
});
