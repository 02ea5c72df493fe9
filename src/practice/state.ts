import type { World } from './world/world.ts';

/** Where a world is kept; resolves when it would survive the end of the process. */
export type Keep = (world: World) => Promise<void>;

/** The state of a practice account over time: one change after another, each kept before it counts. */
export class State {
  #world: World;
  #calls = 0;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #keep: Keep;
  readonly #lag: number;
  /** Worlds before changes that reads do not see yet, oldest first, each with the last call that still sees it. */
  #past: { world: World; until: number }[] = [];

  constructor(world: World, keep: Keep, lag: number) {
    this.#world = world;
    this.#keep = keep;
    this.#lag = lag;
  }

  /** The world as it is. Not to be changed by whoever asks. */
  get world(): World {
    return this.#world;
  }

  /** The world as reads see it: behind by the changes that have not spread yet. */
  get seen(): World {
    return this.#past[0]?.world ?? this.#world;
  }

  /** Counts one more call, and lets older changes become visible. */
  nextCall(): void {
    this.#calls += 1;
    this.#past = this.#past.filter((one) => one.until >= this.#calls);
  }

  /** Runs `work` when everything before it is over: the account does one thing at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Changes a copy of the world, keeps it, and only then makes it the world. A throw changes nothing. */
  async change<T>(work: (draft: World) => T): Promise<T> {
    const draft = structuredClone(this.#world);
    const result = work(draft);
    await this.#keep(draft);
    if (this.#lag > 0) this.#past.push({ world: this.#world, until: this.#calls + this.#lag });
    this.#world = draft;
    return result;
  }
}
