import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isRead, type Plugin } from '../aws/clients.ts';
import { codeOf } from '../aws/consistency.ts';
import { secretName, withoutEcho } from '../aws/redact.ts';
import type { Clock } from '../lib/clock.ts';
import { Problem } from '../lib/user-error.ts';
import { clean } from '../lib/sanitize.ts';
import { printableJson } from '../lib/printable-json.ts';

const fileName = 'journal.jsonl';

const line = v.object({
  at: v.string(),
  call: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  operation: v.string(),
  input: v.record(v.string(), v.unknown()),
  phase: v.picklist(['begin', 'done', 'failed']),
  error: v.optional(v.string()),
});

/** One line of the journal: a changing call begins or ends. A begin without an end was cut off: its outcome is unknown. */
export type JournalLine = v.InferOutput<typeof line>;

const isBinary = (value: unknown) => value instanceof Uint8Array;

/** The input of a call without its secrets. Anything binary goes too: that is what seeds and QR codes are. */
export const withoutSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => !isBinary(one)).map(withoutSecrets);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([name, one]) => !secretName.test(name) && !isBinary(one));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutSecrets(one)]));
};

const parsed = (text: string): JournalLine | undefined => {
  try {
    const result = v.safeParse(line, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

// A link could lead out of the folder, and a pipe be waited for without end. (Windows has neither flag.)
const safely = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const openJournal = async (folder: string, flags: number) => {
  const file = await open(join(folder, fileName), flags | safely, 0o600);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error('it is not a file');
};

const textIn = async (folder: string): Promise<string> => {
  const file = await openJournal(folder, constants.O_RDONLY).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return (await file?.readFile('utf8')) ?? '';
  } finally {
    await file?.close();
  }
};

/** All that was written so far, oldest first; lines that a kill or an editor broke are passed over. */
export const readJournal = async (folder: string): Promise<readonly JournalLine[]> => {
  const text = await textIn(folder);
  return text.split('\n').flatMap((one) => parsed(one) ?? []);
};

/** The record of every change made to an account: it is only ever added to, and holds no secrets. */
export class Journal {
  readonly #folder: string;
  readonly #clock: Clock;
  #last: Promise<number> | undefined;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Writes that a call begins, and returns its number. A {@link Problem} if that cannot be written. */
  async begin(operation: string, input: object): Promise<number> {
    try {
      const call = await this.#nextNumber();
      await this.#append({ call, operation, input: withoutSecrets(input), phase: 'begin' });
      return call;
    } catch (error) {
      this.#last = undefined;
      const reason = error instanceof Error ? clean(error.message) : 'unknown';
      throw new Problem(
        `${operation} was not called, because it cannot be written to the journal: ${reason}`,
        [`Make room for ${join(this.#folder, fileName)}, or name another folder with --home.`],
      );
    }
  }

  /** Writes how a call ended; `error` is the code of its failure. */
  async end(call: number, operation: string, input: object, error?: string): Promise<void> {
    const outcome = error === undefined ? { phase: 'done' } : { phase: 'failed', error };
    await this.#append({ call, operation, input: withoutSecrets(input), ...outcome });
  }

  /** Numbers go on where the last run ended, so that a begin and its end can be told from those of other runs. */
  #nextNumber(): Promise<number> {
    const before = this.#last ?? readJournal(this.#folder).then(highest);
    this.#last = before.then((number) => number + 1);
    return this.#last;
  }

  async #append(entry: object): Promise<void> {
    const file = await openJournal(this.#folder, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
      const cutOff = size > 0 && buffer.toString() !== '\n';
      const text = printableJson({ at: this.#clock.now().toISOString(), ...entry });
      await file.write(`${cutOff ? '\n' : ''}${text}\n`);
    } finally {
      await file.close();
    }
  }
}

const highest = (lines: readonly JournalLine[]) => lines.reduce((most, { call }) => Math.max(most, call), 0);

/** Writes every changing call to the journal: before it goes out, and when it is over. */
export const journalling =
  (journal: Journal): Plugin =>
  async ({ operation, input }, next) => {
    if (isRead(operation)) return next();
    const call = await journal.begin(operation, input);
    // Where the end cannot be written, the begin alone says the truth: the outcome is unknown. The change itself has
    // been made, so its result must not be lost to a full disk; the next begin will find it full and stop.
    const end = (error?: string) => journal.end(call, operation, input, error).catch(() => undefined);
    try {
      const output = await next();
      await end();
      return output;
    } catch (error) {
      await end(codeOf(error) ?? (error instanceof Error ? error.name : 'unknown'));
      throw withoutEcho(error, input);
    }
  };
