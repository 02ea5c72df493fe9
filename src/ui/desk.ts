import type { Errand } from '../dialogue.ts';

/** What the owner does elsewhere than in the terminal, done by the program itself: for rehearsals and tests. */
type Desk = {
  /** Does in the console or in the mailbox what an errand asks for. */
  run(errand: Errand): void | Promise<void>;
  /** The address that the practice mailbox belongs to. */
  email: string;
};

/** A desk at which nobody sits: its phone knows two codes in a row without waiting for the second. */
export type ScriptedDesk = Desk & {
  phone: { scan(uri: string): void | Promise<void>; codes(): readonly [string, string] };
};

/** A desk at which the owner rehearses: its phone shows one code at a time, as theirs will. */
export type PracticeDesk = Desk & {
  phone: { scan(uri: string): void | Promise<void>; code(at: Date): string };
};
