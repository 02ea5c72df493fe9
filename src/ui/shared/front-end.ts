import type { Dialogue, ExitCause } from '../../core/dialogue.ts';

/** A dialogue that somebody sits in front of: it holds the terminal, so it must also be able to give it back. */
export type FrontEnd = Dialogue & {
  /**
   * The owner wants to stop here. Rejects the pending question; while work is going on, lets it finish first. Called
   * by `main` on signals, and by the front end itself on Ctrl-C.
   */
  requestExit(by: ExitCause): void;
  /** Puts the terminal back as it was found. May be called twice, and before anything was shown. */
  close(): Promise<void>;
  /** Answers given in advance that no question has asked for, as `step.question`; of steps that asked nothing, none. */
  listUnusedAnswers?(): readonly string[];
};
