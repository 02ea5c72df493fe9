import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const folder = fileURLToPath(new URL('../../../node_modules/.cache/aws-first-steps-moto', import.meta.url));
const environment = path.join(folder, '.venv');

/** Holds the requirements that were installed; written last, so that half an installation does not count as one. */
const receipt = path.join(folder, 'installed.txt');

/** The Python that has moto, once it is installed. */
export const python =
  process.platform === 'win32'
    ? path.join(environment, 'Scripts', 'python.exe')
    : path.join(environment, 'bin', 'python');

/** Whether moto is there as the requirements ask for it; tests that need it are skipped if not. */
export const motoIsInstalled = (): boolean =>
  existsSync(receipt) && readFileSync(receipt, 'utf8') === readFileSync(requirements, 'utf8');

const install = async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', environment]);
  await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ]);
  await writeFile(receipt, readFileSync(requirements, 'utf8'));
};

/** Runs once before the counterpart tests. With REQUIRE_MOTO=1 a machine that cannot install moto fails them. */
export const setup = async (): Promise<void> => {
  if (motoIsInstalled()) return;
  try {
    await install();
  } catch (error) {
    if (process.env['REQUIRE_MOTO'] === '1') throw error;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    process.stderr.write(`The tests against moto are skipped, since it could not be installed: ${reason}\n`);
  }
};
