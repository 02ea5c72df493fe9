import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { explainError } from '../../../src/aws/errors/explain.ts';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { formatBugReport, formatUserError } from '../../../src/cli/exit-messages.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { runCommand } from '../../../src/cli/program.ts';

/** How a run of the whole program in this process ended, and everything that it wrote. */
export type Ended = { code: number; stdout: string; stderr: string };

const collector = () => {
  const collected = { text: '' };
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => {
      collected.text += String(chunk);
      done();
    },
  });
  return { collected, stream: Object.assign(stream, { isTTY: false }) as unknown as NodeJS.WriteStream };
};

const nobody = () => new PassThrough().end() as unknown as NodeJS.ReadStream;

/** What `main` writes and answers when a run is thrown out of. */
const lastWords = (error: unknown): { code: number; words: string } => {
  const problem = explainError(error);
  return problem
    ? { code: problem.exitCode, words: formatUserError(problem) }
    : { code: 2, words: formatBugReport(error) };
};

/** Runs the program on a rehearsal in `home` as `main` does, without a terminal and without a process of its own. */
export const runHere = async (home: string, ...args: readonly string[]): Promise<Ended> => {
  const [stdout, stderr] = [collector(), collector()];
  const parsed = parseCommandLine([...args, '--practice', '--home', home]);
  if (!('options' in parsed)) throw new Error('not a request');
  const io = { stdin: nobody(), stdout: stdout.stream, stderr: stderr.stream, env: {}, onExit: () => {} };
  const ended = (code: number) => ({ code, stdout: stdout.collected.text, stderr: stderr.collected.text });
  try {
    return ended(await runCommand(parsed.options, io));
  } catch (error) {
    const { code, words } = lastWords(error);
    stderr.collected.text += words;
    return ended(code);
  }
};

/** Puts an account into `home`, for the rehearsal to begin in. */
export const plantIn = async (home: string, world: World): Promise<void> => {
  await mkdir(join(home, 'practice'), { recursive: true });
  await writeFile(join(home, 'practice', 'account.json'), JSON.stringify(world));
};

/** Everything that the program wrote under `folder`, one text a file, but for the simulated account itself. */
export const writtenUnder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && !one.name.startsWith('account.json'));
  return Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'utf8')));
};
