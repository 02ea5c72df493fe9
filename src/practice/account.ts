import { isRead } from '../aws/operation-name.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { authorise } from './caller.ts';
import { Desk } from './desk.ts';
import { connectionReset, Halted, type Faults } from './faults.ts';
import { answering, type ClientPlugin, type Request } from './middleware.ts';
import type { Operation, Visit } from './operation.ts';
import { operations } from './services/operations.ts';
import { Refusal } from './refusal.ts';
import { newAccount, scenarios, type Scenario } from './scenarios/scenarios.ts';
import { type Keep, State } from './state.ts';
import { find, keepIn } from './store.ts';
import type { Caller, World } from './world/world.ts';

/** How a practice account begins and behaves. */
export type PracticeOptions = {
  /** The state that it begins in: a ready-made one, or any other; 'new' if not said. */
  scenario?: Scenario | World;
  clock?: Clock;
  faults?: Faults;
  /** In whose name calls are made; what the scenario says if not said. */
  identity?: 'root' | { user: string } | { role: string };
};

/** One call that reached the account. Inputs are as they came, secrets included: for tests, never for a file. */
export type LogEntry = { operation: string; region: string; input: object; error?: string };

const callerFrom = (identity: NonNullable<PracticeOptions['identity']>): Caller => {
  if (identity === 'root') return { kind: 'root' };
  return 'user' in identity ? { kind: 'user', name: identity.user } : { kind: 'role', name: identity.role };
};

const firstWorld = ({ scenario = 'new', clock = systemClock, identity }: PracticeOptions): World => {
  const world =
    typeof scenario === 'string' ? scenarios[scenario](newAccount(clock.now())) : structuredClone(scenario);
  return identity ? { ...world, caller: callerFrom(identity) } : world;
};

/** A simulated AWS account for rehearsals and tests. What it promises is written in README.md beside it. */
export class PracticeAccount {
  /** Makes an SDK client talk to this account: `client.middlewareStack.use(practice.plugin)`. */
  readonly plugin: ClientPlugin;
  /** What the owner would do elsewhere: with the phone, in the mailbox, in the root console. */
  readonly desk: Desk;
  /** Every call that reached the account, every attempt of the SDK on its own. */
  readonly log: readonly LogEntry[];
  /** What the owner should be told about how the account was opened. */
  readonly notice: string | undefined;
  readonly #log: LogEntry[] = [];
  readonly #state: State;
  readonly #clock: Clock;
  readonly #faults: Faults;
  #halted = false;

  private constructor(world: World, keep: Keep, options: PracticeOptions, notice?: string) {
    this.#clock = options.clock ?? systemClock;
    this.#faults = options.faults ?? {};
    this.#state = new State(world, keep, this.#faults.lag ?? 0);
    this.log = this.#log;
    this.notice = notice;
    this.desk = new Desk(this.#state, this.#clock);
    this.plugin = answering((request) => this.#state.exclusively(() => this.#answer(request)));
  }

  /** An account in memory. */
  static create(options: PracticeOptions = {}): PracticeAccount {
    return new PracticeAccount(firstWorld(options), () => Promise.resolve(), options);
  }

  /** The account kept in `file`, or a new one if there is none; a damaged file is set aside and `notice` says so. */
  static async open(file: string, options: PracticeOptions = {}): Promise<PracticeAccount> {
    const found = await find(file, (options.clock ?? systemClock).now());
    const keep = await keepIn(file);
    if ('world' in found) {
      const { identity } = options;
      const world = identity ? { ...found.world, caller: callerFrom(identity) } : found.world;
      return new PracticeAccount(world, keep, options);
    }
    const world = firstWorld(options);
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

  async #answer(request: Request): Promise<object> {
    const entry: LogEntry = {
      operation: request.operation,
      region: request.region,
      input: structuredClone(request.input),
    };
    this.#log.push(entry);
    try {
      return await this.#withFaults(request);
    } catch (error) {
      entry.error =
        error instanceof Refusal ? error.code : error instanceof Error ? error.name : String(error);
      throw error;
    }
  }

  async #withFaults(request: Request): Promise<object> {
    const { answer, elsewhere, halt, lose } = this.#faults;
    const { operation } = request;
    const nth = this.#log.filter((one) => one.operation === operation).length;
    this.#dieIf(this.#halted || (halt?.(operation, nth, 'before') ?? false));
    const deed = elsewhere?.(operation, nth);
    if (deed) await this.#state.change(deed);
    const planned = answer?.(operation, nth);
    if (planned) throw planned;
    const output = await this.#perform(request);
    this.#dieIf(halt?.(operation, nth, 'after') ?? false);
    if (lose?.(operation, nth)) throw connectionReset();
    return output;
  }

  #dieIf(now: boolean): void {
    if (!now) return;
    this.#halted = true;
    throw new Halted();
  }

  async #perform({ service, operation, input, region }: Request): Promise<object> {
    const perform: Operation | undefined = operations[operation];
    if (!perform) throw new Error(`The practice account does not know ${operation}.`);
    const state = this.#state;
    state.nextCall();
    authorise(state.world, operation);
    const visit = (world: World): Visit => ({ world, now: this.#clock.now(), region });
    const run = (world: World) => perform(visit(world), structuredClone(input));
    if (isRead(operation)) return structuredClone(run(service === 'sts' ? state.world : state.seen));
    if (state.seen !== state.world) refuseUnseen(() => run(structuredClone(state.seen)));
    return structuredClone(await state.change(run));
  }
}

/** Tries a change where not everything has arrived yet: what it needs and does not find is not there for AWS either. */
const refuseUnseen = (attempt: () => object): void => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NoSuchEntity') throw error;
  }
};
