import * as v from 'valibot';
import type { ServiceName } from '../aws/services.ts';
import type { ServiceErrors } from './exceptions.ts';
import type { OperationTable } from './operation.ts';
import type { World } from './world/world.ts';

/** What the practice account needs in order to simulate an AWS service. */
export type PracticeService = {
  /** The supported operations by name: `CreateUser`. */
  operations: OperationTable;
  errors: ServiceErrors;
  /** State that the service keeps itself, outside the world's shared state. */
  state?: ServiceState;
};

/** The services that a practice account simulates. */
export type PracticeServices = Readonly<Partial<Record<ServiceName, PracticeService>>>;

/** One service's own state. Once changed, it is stored in the account's file under the service's name. */
export type ServiceState<State = unknown> = {
  /** Throws if the state stored in `world` does not match the service's schema. */
  check(world: World): void;
  /** Returns a copy of the state. */
  read(world: World): State;
  /** Changes the state. Only operations that are writes may use it. */
  change(world: World, edit: (state: State) => void): void;
};

/** Creates the state of a service from its schema and the initial state of an account that never used the service. */
export const createServiceState = <Schema extends v.GenericSchema>(
  name: ServiceName,
  schema: Schema,
  initial: v.InferInput<Schema>,
): ServiceState<v.InferOutput<Schema>> => {
  const read = ({ services }: World) => v.parse(schema, structuredClone(services?.[name] ?? initial));
  return {
    check: read,
    read,
    change: (world, edit) => {
      const state = read(world);
      edit(state);
      world.services = { ...world.services, [name]: v.parse(schema, state) };
    },
  };
};
