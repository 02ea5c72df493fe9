import type { World } from './world/world.ts';

/** Where a world is kept; resolves when it would survive the end of the process. */
export type WorldSaver = (world: World) => Promise<void>;

/** The state of a practice account over time: one change after another, each kept before it counts. */
export class WorldState {
  #world: World;
  #callCount = 0;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #saveWorld: WorldSaver;
  readonly #lag: number;
  /** Worlds before changes that reads do not see yet, oldest first, each with the last call that still sees it. */
  #pastWorlds: { world: World; until: number }[] = [];

  constructor(world: World, keep: WorldSaver, lag: number) {
    this.#world = world;
    this.#saveWorld = keep;
    this.#lag = lag;
  }

  /** The world as it is. Not to be changed by whoever asks. */
  get world(): World {
    return this.#world;
  }

  /** The world as reads see it: behind by the changes that have not spread yet. */
  get visibleWorld(): World {
    return this.#pastWorlds[0]?.world ?? this.#world;
  }

  /** Counts one more call, and lets older changes become visible. */
  countCall(): void {
    this.#callCount += 1;
    this.#pastWorlds = this.#pastWorlds.filter((one) => one.until >= this.#callCount);
  }

  /** Runs `work` when everything before it is over: the account does one thing at a time. */
  runExclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Changes a copy of the world, keeps it, and only then makes it the world. A throw changes nothing. */
  async changeWorld<T>(work: (draft: World) => T): Promise<T> {
    const draft = structuredClone(this.#world);
    const result = work(draft);
    await this.#saveWorld(draft);
    if (this.#lag > 0) this.#pastWorlds.push({ world: this.#world, until: this.#callCount + this.#lag });
    this.#world = draft;
    return result;
  }
}
