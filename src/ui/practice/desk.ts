import type { ManualTaskId } from '../../core/dialogue.ts';

/** Does what the owner would do outside the terminal, for practice and tests. */
type BaseDesk = {
  /**
   * Does a manual task in the simulated console or mailbox. `without hurry`: as if the owner had taken the time that it
   * takes to read a mail and sign in, although nobody waits for it.
   */
  performTask(task: ManualTaskId, pace?: 'without hurry'): void | Promise<void>;
  /** The address that the practice mailbox belongs to. */
  email: string;
  /** The newest mail of a mail task, if there is one. */
  findMail(task: ManualTaskId): DeskMail | undefined;
};

/** A mail, and the part of it that the terminal asks for: a link, some words. */
export type DeskMail = { to: string; subject: string; text: string; wantedText: string | undefined };

/** Whether a task is done in the mailbox, by bringing something from a mail back to the terminal. */
export const isMailTask = (task: ManualTaskId): boolean => task === 'confirm-email' || task === 'fire-drill';

/** A desk for unattended runs: its phone returns two codes in a row without waiting for the second. */
export type ScriptedDesk = BaseDesk & {
  phone: { scan(uri: string): void | Promise<void>; codes(): readonly [string, string] };
};

/** A desk for a person in practice: its phone shows one code at a time, as a real one does. */
export type PracticeDesk = BaseDesk & {
  phone: { scan(uri: string): void | Promise<void>; code(at: Date): string };
};
