import * as v from 'valibot';
import type { ServiceName } from '../aws/services.ts';
import type { ServiceErrors } from './exceptions.ts';
import type { OperationTable } from './operation.ts';
import type { World } from './world/world.ts';

/** What the practice account has to know of an AWS service to answer in its place. */
export type PracticeService = {
  /** What the service can be asked, by the operation's name: `CreateUser`. */
  operations: OperationTable;
  errors: ServiceErrors;
  /** What the service keeps of an account, where it is not part of the world. */
  state?: ServiceState;
};

/** The services that a practice account answers for. */
export type PracticeServices = Readonly<Partial<Record<ServiceName, PracticeService>>>;

/** What one service keeps of an account. It is under the service's name in the account's file once it was changed. */
export type ServiceState<State = unknown> = {
  /** Throws where what is kept in `world` is not what the service keeps. */
  check(world: World): void;
  /** A copy of what is kept. */
  read(world: World): State;
  /** Changes what is kept; for operations that change something. */
  change(world: World, edit: (state: State) => void): void;
};

/** The state of a service: its schema, and what an account begins with that never used the service. */
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
