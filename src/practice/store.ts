import { lstat, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { Keep } from './state.ts';
import { type World, worldSchema } from './world/world.ts';

/** What was found where a practice account should be. */
export type Found = { world: World } | { damaged: string } | { nothing: true };

// A rehearsal of a thousand users is a fifth of this.
const largest = 4 * 1024 * 1024;

/** The text of a file; nothing for what this program cannot have written: a link, a folder, a pipe, something huge. */
const textOf = async (file: string): Promise<string | undefined> => {
  const stats = await lstat(file);
  return stats.isFile() && stats.size <= largest ? readFile(file, 'utf8') : undefined;
};

const worldIn = (text: string | undefined): World | undefined => {
  try {
    return v.parse(worldSchema, JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
};

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Reads a practice account; a damaged file is set aside, never overwritten. `damaged` is where it went. */
export const find = async (file: string, now: Date): Promise<Found> => {
  try {
    const world = worldIn(await textOf(file));
    if (world) return { world };
  } catch (error) {
    if (isMissing(error)) return { nothing: true };
    throw error;
  }
  const aside = `${file}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(file, aside);
  return { damaged: aside };
};

/** Keeps worlds in `file`: whole or not at all, flushed to the disk, and readable by the owner alone. */
export const keepIn = async (file: string): Promise<Keep> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return (world) => writeFileAtomic(file, `${JSON.stringify(world)}\n`, { mode: 0o600 });
};
