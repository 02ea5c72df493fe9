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

export type PracticeOptions = {
  /** The initial state: a named scenario or any world. Default: 'new'. */
  scenario?: ScenarioName | World;
  clock?: Clock;
  faults?: Faults;
  /** The identity that calls are made with. Default: the scenario's. */
  identity?: 'root' | { user: string } | { role: string };
  /** The services to simulate. Default: all. */
  services?: PracticeServices;
};

/**
 * A call that reached the account. Inputs are unredacted, including secrets: use it in tests, and never write it to a
 * file.
 */
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

/** A simulated AWS account for practice runs and tests. README.md in this folder documents its behavior. */
export class PracticeAccount {
  /** Connects an SDK client to this account: `client.middlewareStack.use(practice.middleware)`. */
  readonly middleware: PracticeMiddleware;
  /** What the owner would do elsewhere: on the phone, in the mailbox, in the root console. */
  readonly desk: OwnerDesk;
  /** Every call that reached the account, including each of the SDK's attempts. */
  readonly log: readonly CallLogEntry[];
  /** What to tell the owner about how the account was opened. */
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

  /** Creates an account in memory. */
  static create(options: PracticeOptions = {}): PracticeAccount {
    return new PracticeAccount(createInitialWorld(options), () => Promise.resolve(), options);
  }

  /**
   * Opens the account stored in `file`, or creates one if there is none. A damaged file is renamed, and `notice` says
   * so.
   */
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

  /**
   * Credentials for the SDK, which are not checked. Their ID is that of root's access key if calls are made with it.
   */
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
    const outsideChange = getOutsideChange?.(operation, nth);
    if (outsideChange) await this.#state.changeWorld(outsideChange);
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
    const createContext = (world: World): OperationContext => ({ world, now: this.#clock.now(), region });
    const run = (world: World) => perform(createContext(world), structuredClone(input));
    if (isRead(operation)) return structuredClone(run(name === 'sts' ? state.world : state.visibleWorld));
    if (state.visibleWorld !== state.world)
      rejectIfNotVisible(() => run(structuredClone(state.visibleWorld)));
    return structuredClone(await state.changeWorld(run));
  }
}

/**
 * Tries a change on the state that is visible so far. If that lacks something the change needs, AWS would not find it
 * either.
 */
const rejectIfNotVisible = (attempt: () => object): void => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ErrorResponse && error.code === 'NoSuchEntity') throw error;
  }
};
