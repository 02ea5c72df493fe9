// Loaded before the program (node --import): ends it with SIGKILL at the DIE_AT-th moment. A moment is before, in the
// middle of, or after anything that it writes to a file. At the end it says on standard error how many there were.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const dieAt = Number(process.env.DIE_AT);
let moments = 0;

const moment = () => {
  moments += 1;
  if (moments === dieAt) process.kill(process.pid, 'SIGKILL');
};

const aroundCallback = (name) => {
  const original = fs[name];
  fs[name] = (...args) => {
    const done = args.pop();
    moment();
    original(...args, (...results) => {
      moment();
      done(...results);
    });
  };
};

// What write-file-atomic does for the account and the progress.
for (const name of ['write', 'fsync', 'rename']) aroundCallback(name);
syncBuiltinESMExports();

// What the journal does: a line can be cut off in its middle.
const handle = await open(new URL(import.meta.url));
const journal = Object.getPrototypeOf(handle);
await handle.close();
const { write } = journal;
journal.write = async function (text) {
  moment();
  const half = Math.floor(text.length / 2);
  await write.call(this, text.slice(0, half));
  moment();
  await write.call(this, text.slice(half));
  moment();
};

process.on('exit', () => fs.writeSync(2, `\n${moments} moments\n`));
