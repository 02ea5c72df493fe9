import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticStructureSchema } from '@smithy/types';
import type { ResolvedJsonClientConfig } from './client.ts';
import { endpointParameterInstructions } from './endpoint.ts';

/**
 * The members of a structure by name: 0 is a string, 1 a number, 2 a boolean, and 64 plus one of these a list of them.
 */
type StructureMembers = Readonly<Record<string, StaticStructureSchema[5][number]>>;

export const createStructureSchema = (
  name: string,
  members: StructureMembers = {},
): StaticStructureSchema => [3, 'com.amazonaws', name, 0, Object.keys(members), Object.values(members)];

/** Creates the command classes of a client in the same way as the SDK. */
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
