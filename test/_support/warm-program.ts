import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseCommandLine } from '../../src/cli/command-line.ts';

/** How a run ended and what it wrote. */
export type WarmRun = { code: number; stdout: string; stderr: string };

type Reply = { id: number; result: WarmRun };

let child: ChildProcess | undefined;
let runs = 0;

const file = fileURLToPath(new URL('warm-program-process.mjs', import.meta.url));

const startProcess = (): ChildProcess => {
  const { PATH, TMPDIR, SystemRoot } = process.env;
  const env = { PATH, TMPDIR, SystemRoot, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const started = fork(file, { env, execArgv: [] });
  started.setMaxListeners(0);
  // Neither it nor the connection keeps the tests from ending; it ends when they do.
  started.unref();
  started.channel?.unref();
  return started;
};

/**
 * Runs the built program in a process that has loaded it already, which takes a tenth of the time that a new process
 * takes. It is for what leads to the thing a test is about, or shows what came of it; the run that a test is about is
 * a process of its own. Signals, terminals, `--help` and usage errors are beyond it.
 */
export const runWarm = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<WarmRun> => {
  const parsed = parseCommandLine(args);
  if (!('options' in parsed)) throw new Error(`not a command: ${args.join(' ')}`);
  child ??= startProcess();
  const warm = child;
  const id = runs++;
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`the process of the program ended during: ${args.join(' ')}`));
    const onReply = (reply: Reply) => {
      if (reply.id !== id) return;
      warm.off('message', onReply).off('exit', onEnd);
      resolve(reply.result);
    };
    warm.on('message', onReply).on('exit', onEnd);
    warm.send({ id, options: parsed.options, env });
  });
};
