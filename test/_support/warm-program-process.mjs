// A process that has loaded the built program once and runs it for one request after the other. See warm-program.ts.
import { readdirSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';

const chunks = new URL('../../dist/chunks/', import.meta.url);
const [chunk] = readdirSync(chunks).filter((name) => /^program-\w+\.js$/.test(name));
const { runCommand } = await import(new URL(chunk, chunks));

const recorder = () => {
  let text = '';
  const stream = new Writable({
    write(data, _, done) {
      text += String(data);
      done();
    },
  });
  return { stream, text: () => text };
};

const run = async (options, env) => {
  const [stdout, stderr] = [recorder(), recorder()];
  const stdin = new PassThrough();
  stdin.end();
  const io = { stdin, stdout: stdout.stream, stderr: stderr.stream, env, onExit: () => {} };
  const code = await runCommand(options, io).catch((error) => {
    stderr.stream.write(error.exitCode ? `${error.message}\n` : `${error.stack}\n`);
    return error.exitCode ?? 2;
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
};

process.on('message', async ({ id, options, env }) => process.send({ id, result: await run(options, env) }));
process.on('disconnect', () => process.exit());
