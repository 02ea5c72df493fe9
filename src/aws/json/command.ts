import { makeBuilder } from '@smithy/core/client';
import { loadConfig, NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS } from '@smithy/core/config';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { EndpointParameters, EndpointV2, MetadataBearer, StaticStructureSchema } from '@smithy/types';
import type { ResolvedJsonClientConfig } from './client.ts';

type JsonEndpointParameters = EndpointParameters & { Endpoint?: string; UseFIPS?: boolean };

const endpointParameterInstructions = {
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

/** Members of a structure by name: 0 is a string, 1 a number, 2 a boolean, 64 + one of these a list of them. */
type StructureMembers = Readonly<Record<string, StaticStructureSchema[5][number]>>;

/** The SDK's description of a structure. */
export const createStructureSchema = (
  name: string,
  members: StructureMembers = {},
): StaticStructureSchema => [3, 'com.amazonaws', name, 0, Object.keys(members), Object.values(members)];

/** Makes the command classes of a client, as the SDK makes its own. */
export const createCommandClassFactory = <Inputs extends object, Outputs extends MetadataBearer>(
  target: string,
  clientName: string,
) => {
  const make = makeBuilder<ResolvedJsonClientConfig, Inputs, Outputs>(
    endpointParameterInstructions,
    target,
    clientName,
    getEndpointPlugin,
  );
  return <Input extends Inputs, Output extends Outputs>(
    operation: string,
    members: { input?: StructureMembers; output?: StructureMembers } = {},
  ) =>
    make<Input, Output>({}, () => [], operation, [
      9,
      'com.amazonaws',
      operation,
      0,
      createStructureSchema(`${operation}Request`, members.input),
      createStructureSchema(`${operation}Response`, members.output),
    ]);
};
