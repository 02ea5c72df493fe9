import { lstat, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writeFileWhole } from '../lib/write-file.ts';
import type { PracticeServices } from './service.ts';
import type { WorldSaver } from './state.ts';
import { type World, worldSchema } from './world/world.ts';

export type FoundWorld = { world: World } | { damaged: string } | { missing: true };

// A practice account with a thousand users takes a fifth of this.
const maxWorldFileBytes = 4 * 1024 * 1024;

/**
 * The text of a file. Undefined for anything that this program cannot have written: a link, a folder, a pipe, a huge
 * file.
 */
const readWorldText = async (file: string): Promise<string | undefined> => {
  const stats = await lstat(file);
  return stats.isFile() && stats.size <= maxWorldFileBytes ? readFile(file, 'utf8') : undefined;
};

const parseWorld = (text: string | undefined, services: PracticeServices): World | undefined => {
  try {
    const world = v.parse(worldSchema, JSON.parse(text ?? ''));
    for (const { state } of Object.values(services)) state?.check(world);
    return world;
  } catch {
    return undefined;
  }
};

const isMissingFileError = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Reads a practice account. A damaged file is renamed and never overwritten; `damaged` is its new name. */
export const loadWorld = async (file: string, now: Date, services: PracticeServices): Promise<FoundWorld> => {
  try {
    const world = parseWorld(await readWorldText(file), services);
    if (world) return { world };
  } catch (error) {
    if (isMissingFileError(error)) return { missing: true };
    throw error;
  }
  const renamedFile = `${file}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(file, renamedFile);
  return { damaged: renamedFile };
};

/** Saves worlds to `file` atomically, flushed to disk, and readable only by the file's owner. */
export const createWorldSaver = async (file: string): Promise<WorldSaver> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return (world) => writeFileWhole(file, `${JSON.stringify(world)}\n`);
};
