import { constants } from 'node:fs';
import { access, lstat, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../lib/clock.ts';
import { Problem } from '../lib/user-error.ts';
import { clean } from '../lib/sanitize.ts';

/** An answer as it is kept. */
export type Answer = v.InferOutput<typeof answer>;

const answer = v.union([v.string(), v.number(), v.boolean(), v.pipe(v.array(v.string()), v.readonly())]);

/** The answers among `values`, copied: whatever else is there would make the file unreadable. */
export const answersIn = (values: Readonly<Record<string, unknown>>): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      v.is(answer, value) ? [[name, structuredClone(value)]] : [],
    ),
  );

const moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

const status = v.picklist(['met', 'attested', 'waiting', 'unmet', 'not-applicable', 'unknown']);

const keptStep = v.object({
  answers: v.optional(v.record(v.string(), answer)),
  skipped: v.optional(v.object({ reason: v.string(), on: moment })),
  word: v.optional(v.object({ said: v.string(), on: moment })),
  status: v.optional(status),
  lookedAt: v.optional(moment),
  begun: v.optional(v.boolean()),
});

/** What is kept of one step. */
export type KeptStep = v.InferOutput<typeof keptStep>;

const keptFile = v.object({
  version: v.literal(1),
  account: v.string(),
  steps: v.record(v.string(), keptStep),
});

/** What the progress file holds. */
export type Kept = v.InferOutput<typeof keptFile>;

/** What is wrong with a progress file, as the rest of a sentence that begins with "The progress file". */
export class Damage extends Error {
  override name = 'Damage';
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Damage('is not JSON');
  }
};

/** Throws {@link Damage}, or a {@link Problem} if a newer program wrote it. */
const parseKept = (text: string, accountId: string): Kept => {
  const content = parsed(text);
  if (v.is(v.object({ version: v.pipe(v.number(), v.minValue(2)) }), content)) {
    throw new Problem('The progress file was written by a newer version of this program.', [
      'Run the newest version: npx aws-first-steps@latest',
      'Or begin anew in another folder: --home DIR',
    ]);
  }
  const result = v.safeParse(keptFile, content);
  if (!result.success) throw new Damage('does not hold what this program writes');
  if (result.output.account !== accountId) throw new Damage('belongs to another account');
  return result.output;
};

const largest = 1024 * 1024;

/** Node's code of an error, or whatever it says. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : clean(String(error));

const statsOf = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return undefined;
    throw error;
  });

/** Throws {@link Damage} if the file is a link: reading and writing would follow it out of the folder. */
export const refuseLink = async (path: string): Promise<void> => {
  if ((await statsOf(path))?.isSymbolicLink()) throw new Damage('is a link to somewhere else');
};

const read = async (path: string, accountId: string): Promise<Kept | undefined> => {
  const stats = await statsOf(path);
  if (!stats) return undefined;
  await refuseLink(path);
  // A pipe of that name would be waited for without end.
  if (!stats.isFile()) throw new Damage('is not a file');
  if (stats.size > largest) throw new Damage('is too large');
  return parseKept(await readFile(path, 'utf8'), accountId);
};

/** What was found in a folder. Without `path` nothing can be written there. */
type Found = { path?: string; kept?: Kept; notice?: string };

/** Node names what it was about: the folder, or the file in it. */
const culprit = (error: unknown, folder: string): string =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : folder;

const inMemory = (folder: string, error: unknown): Found => ({
  notice: `Progress cannot be kept in ${clean(culprit(error, folder))} (${reasonOf(error)}); answers are forgotten when the program ends.`,
});

/** Reads the progress file of a folder; one that cannot be used is set aside under another name. */
export const findKept = async (folder: string, accountId: string, clock: Clock): Promise<Found> => {
  const path = join(folder, 'progress.json');
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const kept = await read(path, accountId);
    return kept ? { path, kept } : { path };
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (!(error instanceof Damage)) return inMemory(folder, error);
    const aside = `progress.json.damaged-${clock.now().toISOString().replaceAll(':', '')}`;
    const notice = `The progress file ${error.message}; it was set aside as ${aside}, and AWS is asked anew.`;
    return rename(path, join(folder, aside)).then(
      () => ({ path, notice }),
      (failure: unknown) => inMemory(folder, failure),
    );
  }
};
