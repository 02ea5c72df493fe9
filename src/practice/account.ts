import { isRead } from '../aws/operation-name.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { authorizeCall } from './caller.ts';
import { OwnerDesk } from './desk.ts';
import { createConnectionResetError, HaltedError, type Faults } from './faults.ts';
import { createPracticeMiddleware, type PracticeMiddleware, type PracticeRequest } from './middleware.ts';
import type { PracticeOperation, OperationContext } from './operation.ts';
import type { PracticeServices } from './service.ts';
import { practiceServices } from './services/index.ts';
import { ErrorResponse } from './error-response.ts';
import { createNewAccount, scenarios, type ScenarioName } from './scenarios/scenarios.ts';
import { type WorldSaver, WorldState } from './state.ts';
import { loadWorld, createWorldSaver } from './store.ts';
import type { PracticeCaller, World } from './world/world.ts';

/** How a practice account begins and behaves. */
export type PracticeOptions = {
  /** The state that it begins in: a ready-made one, or any other; 'new' if not said. */
  scenario?: ScenarioName | World;
  clock?: Clock;
  faults?: Faults;
  /** In whose name calls are made; what the scenario says if not said. */
  identity?: 'root' | { user: string } | { role: string };
  /** The services that it answers for; all that it knows if not said. */
  services?: PracticeServices;
};

/** One call that reached the account. Inputs are as they came, secrets included: for tests, never for a file. */
export type CallLogEntry = { operation: string; region: string; input: object; error?: string };

const toCaller = (identity: NonNullable<PracticeOptions['identity']>): PracticeCaller => {
  if (identity === 'root') return { kind: 'root' };
  return 'user' in identity ? { kind: 'user', name: identity.user } : { kind: 'role', name: identity.role };
};

const createInitialWorld = ({ scenario = 'new', clock = systemClock, identity }: PracticeOptions): World => {
  const world =
    typeof scenario === 'string'
      ? scenarios[scenario](createNewAccount(clock.now()))
      : structuredClone(scenario);
  return identity ? { ...world, caller: toCaller(identity) } : world;
};

/** A simulated AWS account for rehearsals and tests. What it promises is written in README.md beside it. */
export class PracticeAccount {
  /** Makes an SDK client talk to this account: `client.middlewareStack.use(practice.plugin)`. */
  readonly middleware: PracticeMiddleware;
  /** What the owner would do elsewhere: with the phone, in the mailbox, in the root console. */
  readonly desk: OwnerDesk;
  /** Every call that reached the account, every attempt of the SDK on its own. */
  readonly log: readonly CallLogEntry[];
  /** What the owner should be told about how the account was opened. */
  readonly notice: string | undefined;
  readonly #log: CallLogEntry[] = [];
  readonly #state: WorldState;
  readonly #clock: Clock;
  readonly #faults: Faults;
  #halted = false;

  private constructor(world: World, keep: WorldSaver, options: PracticeOptions, notice?: string) {
    this.#clock = options.clock ?? systemClock;
    this.#faults = options.faults ?? {};
    this.#state = new WorldState(world, keep, this.#faults.lag ?? 0);
    this.log = this.#log;
    this.notice = notice;
    this.desk = new OwnerDesk(this.#state, this.#clock);
    this.middleware = createPracticeMiddleware(options.services ?? practiceServices, (request) =>
      this.#state.runExclusively(() => this.#handleRequest(request)),
    );
  }

  /** An account in memory. */
  static create(options: PracticeOptions = {}): PracticeAccount {
    return new PracticeAccount(createInitialWorld(options), () => Promise.resolve(), options);
  }

  /** The account kept in `file`, or a new one if there is none; a damaged file is set aside and `notice` says so. */
  static async open(file: string, options: PracticeOptions = {}): Promise<PracticeAccount> {
    const found = await loadWorld(
      file,
      (options.clock ?? systemClock).now(),
      options.services ?? practiceServices,
    );
    const keep = await createWorldSaver(file);
    if ('world' in found) {
      const { identity } = options;
      const world = identity ? { ...found.world, caller: toCaller(identity) } : found.world;
      return new PracticeAccount(world, keep, options);
    }
    const world = createInitialWorld(options);
    await keep(world);
    const notice =
      'damaged' in found
        ? `The practice account could not be read, so a new one was begun. The old file is now ${found.damaged}.`
        : undefined;
    return new PracticeAccount(world, keep, options, notice);
  }

  /** The 12 digits. */
  get accountId(): string {
    return this.#state.world.account.id;
  }

  /** Credentials for the SDK, which nothing looks at; their id is that of root's access key if calls are made with it. */
  readonly credentials = (): Promise<{ accessKeyId: string; secretAccessKey: string }> => {
    const { caller } = this.#state.world;
    const accessKeyId = caller.kind === 'root-key' ? caller.accessKeyId : 'ASIAPRACTICE00000000';
    return Promise.resolve({ accessKeyId, secretAccessKey: 'practice' });
  };

  /** A copy of the whole state. */
  snapshot(): World {
    return structuredClone(this.#state.world);
  }

  async #handleRequest(request: PracticeRequest): Promise<object> {
    const entry: CallLogEntry = {
      operation: request.operation,
      region: request.region,
      input: structuredClone(request.input),
    };
    this.#log.push(entry);
    try {
      return await this.#performWithFaults(request);
    } catch (error) {
      entry.error =
        error instanceof ErrorResponse ? error.code : error instanceof Error ? error.name : String(error);
      throw error;
    }
  }

  async #performWithFaults(request: PracticeRequest): Promise<object> {
    const { getError, getOutsideChange, shouldHalt, shouldLoseResponse } = this.#faults;
    const { operation } = request;
    const nth = this.#log.filter((one) => one.operation === operation).length;
    this.#haltIf(this.#halted || (shouldHalt?.(operation, nth, 'before') ?? false));
    const deed = getOutsideChange?.(operation, nth);
    if (deed) await this.#state.changeWorld(deed);
    const planned = getError?.(operation, nth);
    if (planned) throw planned;
    const output = await this.#performOperation(request);
    this.#haltIf(shouldHalt?.(operation, nth, 'after') ?? false);
    if (shouldLoseResponse?.(operation, nth)) throw createConnectionResetError();
    return output;
  }

  #haltIf(now: boolean): void {
    if (!now) return;
    this.#halted = true;
    throw new HaltedError();
  }

  async #performOperation({ service, operation, input, region }: PracticeRequest): Promise<object> {
    const [name = '', verb = ''] = operation.split(':');
    const perform: PracticeOperation | undefined = service.operations[verb];
    if (!perform) throw new Error(`The practice account does not know ${operation}.`);
    const state = this.#state;
    state.countCall();
    authorizeCall(state.world, operation);
    const visit = (world: World): OperationContext => ({ world, now: this.#clock.now(), region });
    const run = (world: World) => perform(visit(world), structuredClone(input));
    if (isRead(operation)) return structuredClone(run(name === 'sts' ? state.world : state.visibleWorld));
    if (state.visibleWorld !== state.world)
      rejectIfNotVisible(() => run(structuredClone(state.visibleWorld)));
    return structuredClone(await state.changeWorld(run));
  }
}

/** Tries a change where not everything has arrived yet: what it needs and does not find is not there for AWS either. */
const rejectIfNotVisible = (attempt: () => object): void => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ErrorResponse && error.code === 'NoSuchEntity') throw error;
  }
};
