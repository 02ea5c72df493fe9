import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AwsCall } from '../aws/clients.ts';
import { isRead } from '../aws/operation-name.ts';
import { getErrorCode } from '../aws/errors/codes.ts';
import { secretFieldPattern, redactSecrets } from '../aws/redact.ts';
import type { Clock } from '../lib/clock.ts';
import { UserError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';
import { printableJson } from '../lib/printable-json.ts';

const journalFileName = 'journal.jsonl';

const journalLineSchema = v.object({
  at: v.string(),
  call: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  operation: v.string(),
  input: v.record(v.string(), v.unknown()),
  phase: v.picklist(['begin', 'done', 'failed']),
  error: v.optional(v.string()),
});

/** One line of the journal: a changing call begins or ends. The outcome of a begin without an end is unknown. */
export type JournalLine = v.InferOutput<typeof journalLineSchema>;

const isBinaryValue = (value: unknown) => value instanceof Uint8Array;

/** The input of a call without its secrets. Binary values are left out too: seeds and QR codes are binary. */
export const omitSecretFields = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => !isBinaryValue(one)).map(omitSecretFields);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(
    ([name, one]) => !secretFieldPattern.test(name) && !isBinaryValue(one),
  );
  return Object.fromEntries(kept.map(([name, one]) => [name, omitSecretFields(one)]));
};

const parseJournalLine = (text: string): JournalLine | undefined => {
  try {
    const result = v.safeParse(journalLineSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

// A link could lead out of the folder, and opening a pipe could block forever. (Windows has neither flag.)
const safeOpenFlags = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const openJournalFile = async (folder: string, flags: number) => {
  const file = await open(join(folder, journalFileName), flags | safeOpenFlags, 0o600);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error('it is not a file');
};

const readJournalText = async (folder: string): Promise<string> => {
  const file = await openJournalFile(folder, constants.O_RDONLY).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return (await file?.readFile('utf8')) ?? '';
  } finally {
    await file?.close();
  }
};

/** All lines, oldest first. Lines that a kill or an editor damaged are skipped. */
export const readJournal = async (folder: string): Promise<readonly JournalLine[]> => {
  const text = await readJournalText(folder);
  return text.split('\n').flatMap((one) => parseJournalLine(one) ?? []);
};

/** The record of every change made to an account. It is append-only and holds no secrets. */
export class Journal {
  readonly #folder: string;
  readonly #clock: Clock;
  #lastNumber: Promise<number> | undefined;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Records that a call begins, and returns its number. Throws a {@link UserError} if that can't be written. */
  async begin(operation: string, input: object): Promise<number> {
    try {
      const call = await this.#reserveNumber();
      await this.#append({ call, operation, input: omitSecretFields(input), phase: 'begin' });
      return call;
    } catch (error) {
      this.#lastNumber = undefined;
      const reason = error instanceof Error ? sanitize(error.message) : 'unknown';
      throw new UserError(
        `${operation} was not called, because it cannot be written to the journal: ${reason}`,
        [`Make room for ${join(this.#folder, journalFileName)}, or choose another folder with --home DIR.`],
      );
    }
  }

  /** Records how a call ended. `error` is the error code of a failure. */
  async end(call: number, operation: string, input: object, error?: string): Promise<void> {
    const outcome = error === undefined ? { phase: 'done' } : { phase: 'failed', error };
    await this.#append({ call, operation, input: omitSecretFields(input), ...outcome });
  }

  /** Numbers continue where the last run ended, so that they are unique in the file. */
  #reserveNumber(): Promise<number> {
    const before = this.#lastNumber ?? readJournal(this.#folder).then(findHighestCallNumber);
    this.#lastNumber = before.then((number) => number + 1);
    return this.#lastNumber;
  }

  async #append(entry: object): Promise<void> {
    const file = await openJournalFile(
      this.#folder,
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT,
    );
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

const findHighestCallNumber = (lines: readonly JournalLine[]) =>
  lines.reduce((most, { call }) => Math.max(most, call), 0);

/** Records every changing call before it is sent and when it has ended. */
export const createJournalPlugin =
  (journal: Journal) =>
  async ({ operation, input }: AwsCall, next: () => Promise<object>): Promise<object> => {
    if (isRead(operation)) return next();
    const call = await journal.begin(operation, input);
    // If the end can't be written, the begin alone is still true: the outcome is unknown. The change has been made, so a
    // full disk must not hide its result. The next begin finds the disk full and stops.
    const end = (error?: string) => journal.end(call, operation, input, error).catch(() => undefined);
    try {
      const output = await next();
      await end();
      return output;
    } catch (error) {
      await end(getErrorCode(error) ?? (error instanceof Error ? error.name : 'unknown'));
      throw redactSecrets(error, input);
    }
  };
