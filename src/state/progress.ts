import writeFileAtomic from 'write-file-atomic';
import { systemClock, type Clock } from '../lib/clock.ts';
import { printableJson } from '../lib/printable-json.ts';
import { Problem } from '../lib/user-error.ts';
import {
  answersIn,
  Damage,
  findKept,
  reasonOf,
  refuseLink,
  type Answer,
  type Kept,
  type KeptStep,
} from './progress-file.ts';
import type { Status } from '../core/step.ts';
import { clean } from '../lib/sanitize.ts';
import type { Word, WordKeeper } from '../core/attestation.ts';

export type { Answer } from './progress-file.ts';

/** Why and when the owner skipped a step. */
export type Skip = { reason: string; on: Date };

/**
 * What the program remembers of one account between two runs: answers, skipped steps, the owner's words. It is a
 * hint and never the truth: what is done is asked of AWS. Every change is on the disk before its promise resolves.
 */
export class Progress {
  readonly #path: string | undefined;
  readonly #accountId: string;
  readonly #steps: Map<string, KeptStep>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string | undefined, accountId: string, steps: Kept['steps'] = {}) {
    this.#path = path;
    this.#accountId = accountId;
    this.#steps = new Map(Object.entries(steps));
  }

  /**
   * Opens what is kept in `folder`. A file that cannot be used is set aside and `notice` says so; only one that a newer
   * version of this program wrote is a {@link Problem}, since going on would lose what it holds.
   */
  static async open(
    folder: string,
    accountId: string,
    clock: Clock = systemClock,
  ): Promise<{ progress: Progress; notice?: string }> {
    const found = await findKept(folder, accountId, clock);
    const progress = new Progress(found.path, accountId, found.kept?.steps);
    return found.notice === undefined ? { progress } : { progress, notice: found.notice };
  }

  /** The answers given to a step's questions, by name. They are as the file has them: check them before use. */
  answersFor(stepId: string): Readonly<Record<string, Answer>> {
    return this.#steps.get(stepId)?.answers ?? {};
  }

  /**
   * Keeps the answers to a step's questions in place of earlier ones; what is no answer (a question that was not asked)
   * is left out. Secrets must not be among them.
   */
  remember(stepId: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#change(stepId, { answers: answersIn(answers) });
  }

  /** Whether the owner skipped a step. */
  skipOf(stepId: string): Skip | undefined {
    const skipped = this.#steps.get(stepId)?.skipped;
    return skipped && { reason: clean(skipped.reason), on: new Date(skipped.on) };
  }

  /** Keeps that the owner skips a step. */
  skip(stepId: string, reason: string, now: Date): Promise<void> {
    return this.#change(stepId, { skipped: { reason, on: now.toISOString() } });
  }

  /** Forgets that a step was skipped. */
  unskip(stepId: string): Promise<void> {
    return this.#change(stepId, { skipped: undefined });
  }

  /** What the owner said of a step that AWS cannot tell about. */
  wordOf(stepId: string): Word | undefined {
    const word = this.#steps.get(stepId)?.word;
    return word && { said: clean(word.said), on: new Date(word.on) };
  }

  /** Keeps the owner's word. */
  keepWord(stepId: string, { said, on }: Word): Promise<void> {
    return this.#change(stepId, { word: { said, on: on.toISOString() } });
  }

  /** The owner's words in the form that steps and actions ask for. */
  get words(): WordKeeper {
    return { of: (stepId) => this.wordOf(stepId), keep: (stepId, word) => this.keepWord(stepId, word) };
  }

  /** Keeps that a step's changes have begun, so that a run after a kill finds out whether some are missing. */
  begin(stepId: string): Promise<void> {
    return this.#change(stepId, { begun: true });
  }

  /** Keeps that a step's changes were all made. */
  finish(stepId: string): Promise<void> {
    return this.#change(stepId, { begun: undefined });
  }

  /** Whether a step was begun and not finished. */
  isBegun(stepId: string): boolean {
    return this.#steps.get(stepId)?.begun === true;
  }

  /** Keeps what a look at a step found, for whoever reads the file: the program itself asks AWS anew. */
  saw(stepId: string, status: Status, now: Date): Promise<void> {
    return this.#change(stepId, { status, lookedAt: now.toISOString() });
  }

  #change(stepId: string, change: KeptStep): Promise<void> {
    this.#steps.set(stepId, { ...this.#steps.get(stepId), ...change });
    const write = this.#writing.then(() => this.#write());
    // One write that failed must not keep the next one from being tried.
    this.#writing = write.catch(() => undefined);
    return write;
  }

  async #write(): Promise<void> {
    const path = this.#path;
    if (path === undefined) return;
    const kept: Kept = { version: 1, account: this.#accountId, steps: Object.fromEntries(this.#steps) };
    try {
      // The writer would follow a link and replace what it leads to.
      await refuseLink(path);
      await writeFileAtomic(path, `${printableJson(kept, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      const reason = error instanceof Damage ? error.message : `cannot be written (${reasonOf(error)})`;
      throw new Problem(`The progress file ${clean(path)} ${reason}.`, [
        'Put that right, or use another --home.',
      ]);
    }
  }
}
