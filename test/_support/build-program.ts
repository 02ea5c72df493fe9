import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

const changedAt = async (file: string): Promise<number> =>
  (await stat(path.join(root, file)).catch(() => undefined))?.mtimeMs ?? 0;

const sourceFiles = async (): Promise<readonly string[]> => {
  const folders = ['src', 'scripts'].map(async (folder) =>
    (await readdir(path.join(root, folder), { recursive: true })).map((name) => path.join(folder, name)),
  );
  return [...(await Promise.all(folders)).flat(), 'package.json', 'package-lock.json'];
};

/** Vitest calls this once, before the first test. It builds `dist` unless it is newer than everything it is made of. */
export default async function buildProgram(): Promise<void> {
  const built = await changedAt('dist/main.js');
  const sources = await Promise.all((await sourceFiles()).map(changedAt));
  if (built > Math.max(...sources)) return;
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts', 'build.js')]);
}
