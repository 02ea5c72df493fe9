import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../_support/temporary-folder.ts';
import type { Outcome } from '../../terminal/_support/program.ts';

/** Who nobody is, to most systems. */
const nobody = 65_534;

const isRoot = process.getuid?.() === 0;

/** Somebody to whom the permissions of files mean something: whoever runs the tests, unless that is root. */
export type Unprivileged = {
  home: string;
  /** Makes everything in a folder theirs. */
  handOver: (folder: string) => Promise<void>;
  run: (args: readonly string[]) => Promise<Outcome>;
};

const handOver = async (folder: string): Promise<void> => {
  await chmod(folder, 0o700);
  if (isRoot) await chown(folder, nobody, nobody);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await handOver(path);
    if (!entry.isFile()) continue;
    await chmod(path, 0o600);
    if (isRoot) await chown(path, nobody, nobody);
  }
};

/** A copy of the program as it is shipped that anybody may read; nothing where even that cannot be run. */
export const unprivileged = async (): Promise<Unprivileged | undefined> => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(fileURLToPath(new URL(`../../../${part}`, import.meta.url)), join(folder, part), {
      recursive: true,
    });
  }
  const home = join(folder, 'home');
  await mkdir(home);
  await handOver(home);
  const entry = join(folder, 'bin', 'aws-first-steps.js');
  const options = {
    env: { PATH: process.env['PATH'], HOME: home },
    cwd: '/',
    ...(isRoot && { uid: nobody, gid: nobody }),
  };
  const run: Unprivileged['run'] = (args) =>
    new Promise((resolve) => {
      const child = execFile(process.execPath, [entry, ...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, stdout, stderr });
      });
      child.stdin?.end();
    });
  return (await run(['--version'])).code === 0 ? { home, handOver, run } : undefined;
};
