import writeFileAtomic from 'write-file-atomic';
import { systemClock, type Clock } from '../lib/clock.ts';
import { printableJson } from '../lib/printable-json.ts';
import { UserError } from '../lib/user-error.ts';
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
 * What the program remembers of one account between two runs: answers, skipped steps, the owner's words. It is a
 * hint and never the truth: what is done is asked of AWS. Every change is on the disk before its promise resolves.
 */
export class Progress {
  readonly #path: string | undefined;
  readonly #accountId: string;
  readonly #steps: Map<string, KeptStep>;
  #pendingWrite: Promise<void> = Promise.resolve();

  private constructor(path: string | undefined, accountId: string, steps: ProgressFile['steps'] = {}) {
    this.#path = path;
    this.#accountId = accountId;
    this.#steps = new Map(Object.entries(steps));
  }

  /**
   * Opens what is kept in `folder`. A file that cannot be used is set aside and `notice` says so; only one that a newer
   * version of this program wrote is a {@link UserError}, since going on would lose what it holds.
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

  /** The answers given to a step's questions, by name. They are as the file has them: check them before use. */
  getAnswers(stepId: string): Readonly<Record<string, KeptAnswer>> {
    return this.#steps.get(stepId)?.answers ?? {};
  }

  /**
   * Keeps the answers to a step's questions in place of earlier ones; what is no answer (a question that was not asked)
   * is left out. Secrets must not be among them.
   */
  rememberAnswers(stepId: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#updateStep(stepId, { answers: pickAnswers(answers) });
  }

  /** Whether the owner skipped a step. */
  findSkip(stepId: string): SkippedStep | undefined {
    const skipped = this.#steps.get(stepId)?.skipped;
    return skipped && { reason: sanitize(skipped.reason), on: new Date(skipped.on) };
  }

  /** Keeps that the owner skips a step. */
  skip(stepId: string, reason: string, now: Date): Promise<void> {
    return this.#updateStep(stepId, { skipped: { reason, on: now.toISOString() } });
  }

  /** Forgets that a step was skipped. */
  unskip(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { skipped: undefined });
  }

  /** What the owner said of a step that AWS cannot tell about. */
  attestationOf(stepId: string): Attestation | undefined {
    const word = this.#steps.get(stepId)?.word;
    return word && { said: sanitize(word.said), on: new Date(word.on) };
  }

  /** Keeps the owner's word. */
  keepAttestation(stepId: string, { said, on }: Attestation): Promise<void> {
    return this.#updateStep(stepId, { word: { said, on: on.toISOString() } });
  }

  /** The owner's words in the form that steps and actions ask for. */
  get attestations(): AttestationStore {
    return {
      of: (stepId) => this.attestationOf(stepId),
      keep: (stepId, word) => this.keepAttestation(stepId, word),
    };
  }

  /** Keeps that a step's changes have begun, so that a run after a kill finds out whether some are missing. */
  begin(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { begun: true });
  }

  /** Keeps that a step's changes were all made. */
  finish(stepId: string): Promise<void> {
    return this.#updateStep(stepId, { begun: undefined });
  }

  /** Whether a step was begun and not finished. */
  isBegun(stepId: string): boolean {
    return this.#steps.get(stepId)?.begun === true;
  }

  /** Keeps what a look at a step found, for whoever reads the file: the program itself asks AWS anew. */
  recordStatus(stepId: string, status: StepStatus, now: Date): Promise<void> {
    return this.#updateStep(stepId, { status, lookedAt: now.toISOString() });
  }

  #updateStep(stepId: string, change: KeptStep): Promise<void> {
    this.#steps.set(stepId, { ...this.#steps.get(stepId), ...change });
    const write = this.#pendingWrite.then(() => this.#write());
    // One write that failed must not keep the next one from being tried.
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
      // The writer would follow a link and replace what it leads to.
      await refuseLink(path);
      await writeFileAtomic(path, `${printableJson(kept, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      const reason =
        error instanceof DamagedProgressError
          ? error.message
          : `cannot be written (${describeNodeError(error)})`;
      throw new UserError(`The progress file ${sanitize(path)} ${reason}.`, [
        'Put that right, or use another --home.',
      ]);
    }
  }
}
