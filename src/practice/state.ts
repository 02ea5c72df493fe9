import type { World } from './world/world.ts';

/** Saves a world. Resolves once the world would survive the end of the process. */
export type WorldSaver = (world: World) => Promise<void>;

/**
 * The state of a practice account over time. Changes happen one after another, and each is saved before it takes
 * effect.
 */
export class WorldState {
  #world: World;
  #callCount = 0;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #saveWorld: WorldSaver;
  readonly #lag: number;
  /**
   * Worlds before the changes that reads do not see yet, oldest first. `until` is the last call that still sees one.
   */
  #pastWorlds: { world: World; until: number }[] = [];

  constructor(world: World, keep: WorldSaver, lag: number) {
    this.#world = world;
    this.#saveWorld = keep;
    this.#lag = lag;
  }

  /** The current world. Callers must not change it. */
  get world(): World {
    return this.#world;
  }

  /** The world as reads see it, without the changes that have not spread yet. */
  get visibleWorld(): World {
    return this.#pastWorlds[0]?.world ?? this.#world;
  }

  /** Counts one more call, which can make older changes visible. */
  countCall(): void {
    this.#callCount += 1;
    this.#pastWorlds = this.#pastWorlds.filter((one) => one.until >= this.#callCount);
  }

  /** Runs `work` after everything before it has finished: the account does one thing at a time. */
  runExclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Changes a copy of the world, saves it, and then makes it the current world. A throw changes nothing. */
  async changeWorld<T>(work: (draft: World) => T): Promise<T> {
    const draft = structuredClone(this.#world);
    const result = work(draft);
    await this.#saveWorld(draft);
    if (this.#lag > 0) this.#pastWorlds.push({ world: this.#world, until: this.#callCount + this.#lag });
    this.#world = draft;
    return result;
  }
}
