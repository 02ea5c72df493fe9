import { constants } from 'node:fs';
import { access, lstat, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../lib/clock.ts';
import { UserError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';

/** An answer as it is stored. */
export type KeptAnswer = v.InferOutput<typeof keptAnswerSchema>;

const keptAnswerSchema = v.union([
  v.string(),
  v.number(),
  v.boolean(),
  v.pipe(v.array(v.string()), v.readonly()),
]);

/** A copy of the answers among `values`. Anything else would make the file unreadable. */
export const pickAnswers = (values: Readonly<Record<string, unknown>>): Record<string, KeptAnswer> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      v.is(keptAnswerSchema, value) ? [[name, structuredClone(value)]] : [],
    ),
  );

const keptTimestampSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

const stepStatusSchema = v.picklist(['met', 'attested', 'waiting', 'unmet', 'not-applicable', 'unknown']);

const keptStepSchema = v.object({
  answers: v.optional(v.record(v.string(), keptAnswerSchema)),
  skipped: v.optional(v.object({ reason: v.string(), on: keptTimestampSchema })),
  word: v.optional(v.object({ said: v.string(), on: keptTimestampSchema })),
  status: v.optional(stepStatusSchema),
  lookedAt: v.optional(keptTimestampSchema),
  begun: v.optional(v.boolean()),
});

/** What is stored about one step. */
export type KeptStep = v.InferOutput<typeof keptStepSchema>;

const progressFileSchema = v.object({
  version: v.literal(1),
  account: v.string(),
  steps: v.record(v.string(), keptStepSchema),
});

/** What the progress file holds. */
export type ProgressFile = v.InferOutput<typeof progressFileSchema>;

/** The progress file can't be used. The message completes a sentence that begins with "The progress file". */
export class DamagedProgressError extends Error {
  override name = 'DamagedProgressError';
}

const parseProgressJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedProgressError('is not JSON');
  }
};

/** Throws {@link DamagedProgressError}, or a {@link UserError} if a newer program wrote it. */
const parseProgressFile = (text: string, accountId: string): ProgressFile => {
  const content = parseProgressJson(text);
  if (v.is(v.object({ version: v.pipe(v.number(), v.minValue(2)) }), content)) {
    throw new UserError('The progress file was written by a newer version of this program.', [
      'Run the newest version: npx aws-first-steps@latest',
      'Or start over in another folder: --home DIR',
    ]);
  }
  const result = v.safeParse(progressFileSchema, content);
  if (!result.success) throw new DamagedProgressError('is not in the format of this program');
  if (result.output.account !== accountId) throw new DamagedProgressError('belongs to another account');
  return result.output;
};

const maxProgressFileBytes = 1024 * 1024;

/** Node's error code, or the error's text. */
export const describeNodeError = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : sanitize(String(error));

const readProgressFileStats = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (describeNodeError(error) === 'ENOENT') return undefined;
    throw error;
  });

/** Throws {@link DamagedProgressError} if the file is a link, which could lead out of the folder. */
export const refuseLink = async (path: string): Promise<void> => {
  if ((await readProgressFileStats(path))?.isSymbolicLink())
    throw new DamagedProgressError('is a link to somewhere else');
};

const readProgressFile = async (path: string, accountId: string): Promise<ProgressFile | undefined> => {
  const stats = await readProgressFileStats(path);
  if (!stats) return undefined;
  await refuseLink(path);
  // Reading a pipe could block forever.
  if (!stats.isFile()) throw new DamagedProgressError('is not a file');
  if (stats.size > maxProgressFileBytes) throw new DamagedProgressError('is too large');
  return parseProgressFile(await readFile(path, 'utf8'), accountId);
};

/** What was found in a folder. Without `path`, nothing can be written there. */
type FoundProgress = { path?: string; kept?: ProgressFile; notice?: string };

/** The path that Node's error names, or the folder. */
const getFailedPath = (error: unknown, folder: string): string =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : folder;

const createMemoryOnlyProgress = (folder: string, error: unknown): FoundProgress => ({
  notice: `Progress cannot be kept in ${sanitize(getFailedPath(error, folder))} (${describeNodeError(error)}); answers are forgotten when the program ends.`,
});

/** Reads the progress file of a folder. A file that can't be used is renamed, never overwritten. */
export const loadProgressFile = async (
  folder: string,
  accountId: string,
  clock: Clock,
): Promise<FoundProgress> => {
  const path = join(folder, 'progress.json');
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const kept = await readProgressFile(path, accountId);
    return kept ? { path, kept } : { path };
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (!(error instanceof DamagedProgressError)) return createMemoryOnlyProgress(folder, error);
    const aside = `progress.json.damaged-${clock.now().toISOString().replaceAll(':', '')}`;
    const notice = `The progress file ${error.message}; it was renamed to ${aside}, and this run goes by what AWS says.`;
    return rename(path, join(folder, aside)).then(
      () => ({ path, notice }),
      (failure: unknown) => createMemoryOnlyProgress(folder, failure),
    );
  }
};
