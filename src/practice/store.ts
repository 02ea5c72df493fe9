import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { Keep } from './state.ts';
import { type World, worldSchema } from './world.ts';

/** What was found where a practice account should be. */
export type Found = { world: World } | { damaged: string } | { nothing: true };

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const worldIn = (text: string): World | undefined => {
  try {
    return v.parse(worldSchema, JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Reads a practice account; a damaged file is set aside, never overwritten. `damaged` is where it went. */
export const find = async (file: string, now: Date): Promise<Found> => {
  const text = await textOf(file);
  if (text === undefined) return { nothing: true };
  const world = worldIn(text);
  if (world) return { world };
  const aside = `${file}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(file, aside);
  return { damaged: aside };
};

/** Keeps worlds in `file`: whole or not at all, flushed to the disk, and readable by the owner alone. */
export const keepIn = async (file: string): Promise<Keep> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return (world) => writeFileAtomic(file, `${JSON.stringify(world)}\n`, { mode: 0o600 });
};
