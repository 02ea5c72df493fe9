import { loadConfig, NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS } from '@smithy/core/config';
import type { EndpointParameters, EndpointV2 } from '@smithy/types';

type JsonEndpointParameters = EndpointParameters & { Endpoint?: string; UseFIPS?: boolean };

/** Which parts of a client's configuration the SDK hands to its `endpointProvider`. */
export const endpointParameterInstructions = {
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
} as const;

/** The Region of all services of this kind: they have one endpoint for the whole partition. */
export const jsonServicesRegion = 'us-east-1';

/** Where a service is: at one place for the whole partition, unless `AWS_ENDPOINT_URL` or a client says otherwise. */
export const createEndpointConfig = ({ signingName }: { signingName: string }) => ({
  useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
  endpointProvider: ({ Endpoint, UseFIPS }: JsonEndpointParameters): EndpointV2 => ({
    url: new URL(Endpoint ?? `https://${signingName}${UseFIPS ? '-fips' : ''}.${jsonServicesRegion}.api.aws`),
  }),
});
