import type { ManualTaskId } from '../../core/dialogue.ts';

/** What the owner does elsewhere than in the terminal, done by the program itself: for rehearsals and tests. */
type BaseDesk = {
  /** Does in the console or in the mailbox what an errand asks for. */
  performTask(errand: ManualTaskId): void | Promise<void>;
  /** The address that the practice mailbox belongs to. */
  email: string;
  /** The newest mail of an errand that ends in the mailbox; nothing where none has come. */
  findMail(errand: ManualTaskId): DeskMail | undefined;
};

/** A mail as the owner finds it, and what of it is to be brought back to the terminal: a link, some words. */
export type DeskMail = { to: string; subject: string; text: string; wantedText: string | undefined };

/** Whether an errand ends in the mailbox: something of a mail is to be brought back to the terminal. */
export const isMailTask = (errand: ManualTaskId): boolean =>
  errand === 'confirm-email' || errand === 'fire-drill';

/** A desk at which nobody sits: its phone knows two codes in a row without waiting for the second. */
export type ScriptedDesk = BaseDesk & {
  phone: { scan(uri: string): void | Promise<void>; codes(): readonly [string, string] };
};

/** A desk at which the owner rehearses: its phone shows one code at a time, as theirs will. */
export type PracticeDesk = BaseDesk & {
  phone: { scan(uri: string): void | Promise<void>; code(at: Date): string };
};
