import { systemClock, type Clock } from '../lib/clock.ts';
import { printableJson } from '../lib/printable-json.ts';
import { UserError } from '../lib/user-error.ts';
import { writeFileWhole } from '../lib/write-file.ts';
import {
  pickAnswers,
  DamagedProgressError,
  loadProgressFile,
  describeNodeError,
  refuseLink,
  type KeptAnswer,
  type ProgressFile,
  type KeptStep,
} from './progress-file.ts';
import type { StepStatus } from '../core/status.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { Attestation, AttestationStore } from '../core/attestation.ts';

export type { KeptAnswer } from './progress-file.ts';

/** Why and when the owner skipped a step. */
export type SkippedStep = { reason: string; on: Date };

/**
 * What the program remembers about one account between runs: answers, skipped steps, attestations. It is a hint, never
 * the truth: AWS is asked what is done. Every change is on disk before its promise resolves.
 */
export class Progress {
  readonly #path: string | undefined;
  readonly #accountId: string;
  readonly #steps: Map<string, KeptStep>;
  /** Whether an earlier run left something. */
  readonly isResumed: boolean;
  #pendingWrite: Promise<void> = Promise.resolve();

  private constructor(path: string | undefined, accountId: string, steps: ProgressFile['steps'] = {}) {
    this.#path = path;
    this.#accountId = accountId;
    this.#steps = new Map(Object.entries(steps));
    this.isResumed = this.#steps.size > 0;
  }

  /**
   * Opens the progress in `folder`. A file that can't be used is set aside, and `notice` says so. Throws a
   * {@link UserError} if a newer version of this program wrote the file, because going on would lose what it holds.
   */
  static async open(
    folder: string,
    accountId: string,
    clock: Clock = systemClock,
  ): Promise<{ progress: Progress; notice?: string }> {
    const found = await loadProgressFile(folder, accountId, clock);
    const progress = new Progress(found.path, accountId, found.kept?.steps);
    return found.notice === undefined ? { progress } : { progress, notice: found.notice };
  }

  /** The answers to a step's questions, by name, as the file has them: check them before use. */
  getAnswers(stepId: string): Readonly<Record<string, KeptAnswer>> {
    return this.#steps.get(stepId)?.answers ?? {};
  }

  /**
   * Stores the answers to a step's questions in place of earlier ones. Must not contain secrets.
   */
  rememberAnswers(stepId: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#updateStep(stepId, { answers: pickAnswers(answers) });
  }

  /** Why and when the owner skipped a step, if they did. */
  findSkip(stepId: string): SkippedStep | undefined {
    const skipped = this.#steps.get(stepId)?.skipped;
    return skipped && { reason: sanitize(skipped.reason), on: new Date(skipped.on) };
  }

  skip(stepId: string, reason: string, now: Date): Promise<void> {
    return this.#updateStep(stepId, { skipped: { reason, on: now.toISOString() } });
  }

  unskip(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { skipped: undefined });
  }

  attestationOf(stepId: string): Attestation | undefined {
    const word = this.#steps.get(stepId)?.word;
    return word && { said: sanitize(word.said), on: new Date(word.on) };
  }

  keepAttestation(stepId: string, { said, on }: Attestation): Promise<void> {
    return this.#updateStep(stepId, { word: { said, on: on.toISOString() } });
  }

  /** The attestations, as steps and actions use them. */
  get attestations(): AttestationStore {
    return {
      of: (stepId) => this.attestationOf(stepId),
      keep: (stepId, word) => this.keepAttestation(stepId, word),
    };
  }

  /** Records that a step's changes have begun, so that a run after a kill finds out whether some are missing. */
  begin(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { begun: true });
  }

  /** Records that all changes of a step were made. */
  finish(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { begun: undefined });
  }

  /** Whether a step's changes were begun and not finished. */
  isBegun(stepId: string): boolean {
    return this.#steps.get(stepId)?.begun === true;
  }

  /** What the last check found, perhaps in an earlier run. A hint: AWS is asked again before anything rests on it. */
  getLastStatus(stepId: string): StepStatus | undefined {
    return this.#steps.get(stepId)?.status;
  }

  /** Records what a check found. */
  recordStatus(stepId: string, status: StepStatus, now: Date): Promise<void> {
    return this.#updateStep(stepId, { status, lookedAt: now.toISOString() });
  }

  #updateStep(stepId: string, change: KeptStep): Promise<void> {
    this.#steps.set(stepId, { ...this.#steps.get(stepId), ...change });
    const write = this.#pendingWrite.then(() => this.#write());
    // A failed write must not keep the next one from being tried.
    this.#pendingWrite = write.catch(() => undefined);
    return write;
  }

  async #write(): Promise<void> {
    const path = this.#path;
    if (path === undefined) return;
    const kept: ProgressFile = {
      version: 1,
      account: this.#accountId,
      steps: Object.fromEntries(this.#steps),
    };
    try {
      // The writer would follow a link and replace its target.
      await refuseLink(path);
      await writeFileWhole(path, `${printableJson(kept, 2)}\n`);
    } catch (error) {
      const reason =
        error instanceof DamagedProgressError
          ? error.message
          : `cannot be written (${describeNodeError(error)})`;
      throw new UserError(`The progress file ${sanitize(path)} ${reason}.`, [
        'Fix that, or choose another folder with --home DIR.',
      ]);
    }
  }
}
