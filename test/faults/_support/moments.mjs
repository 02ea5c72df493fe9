// Loaded before the program (node --import): counts the moments at which it changes anything on the disk, and at the
// MOMENT-th of them ends it or does what MOMENT_DOES says: a signal that it sends to itself, or the code of an error with
// which this write and all later ones fail, as on a disk that has become full. A moment is before each thing that is
// written, flushed, renamed, made or removed, in the middle of each line of the journal, and after each thing that
// others can see. What is after one is before the next, so each state of the disk comes by. At the end it says on
// standard error how many there were, after which of them account and journal were changed no more, and after which
// nothing was written any more; MOMENT_TRACE names a file for what the account was after each of its changes.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';

const { MOMENT, MOMENT_DOES: deed = 'SIGKILL', MOMENT_TRACE: traceFile } = process.env;
let [moments, changed, written] = [0, 0, 0];
let failing = false;

/** Whether writing fails from now on. */
const moment = () => {
  moments += 1;
  if (moments === Number(MOMENT)) {
    if (deed.startsWith('SIG')) process.kill(process.pid, deed);
    else failing = true;
  }
  return failing;
};

const failure = () => Object.assign(new Error(`${deed}: as the test wants it`), { code: deed });

const around = (name, { after }) => {
  const original = fs[name];
  fs[name] = (...args) => {
    const done = args.pop();
    if (moment()) return done(failure());
    original(...args, (error, ...results) => {
      after?.(...args);
      done(error, ...results);
    });
  };
};

const aroundSync = (name) => {
  const original = fs[name];
  fs[name] = (...args) => {
    if (moment()) throw failure();
    original(...args);
    moment();
  };
};

const begunIn = (folder) => {
  const journal = join(folder, 'journal.jsonl');
  return fs.existsSync(journal)
    ? (fs.readFileSync(journal, 'utf8').match(/"phase":"begin"/g)?.length ?? 0)
    : 0;
};

const trace = (path) => {
  if (!traceFile || !path.endsWith('account.json')) return;
  const line = { begun: begunIn(dirname(path)), account: JSON.parse(fs.readFileSync(path, 'utf8')) };
  // Not with what is counted here.
  const file = fs.openSync(traceFile, 'a');
  fs.writeSync(file, `${JSON.stringify(line)}\n`);
  fs.closeSync(file);
};

// What write-file-atomic does for the account and the progress.
for (const name of ['write', 'fsync']) around(name, {});
around('rename', {
  after: (_, path) => {
    trace(path);
    moment();
    written = moments;
    if (path.endsWith('account.json')) changed = moments;
  },
});
// What the folders and the lock are made of; writeFileSync puts its holder's name into it.
for (const name of ['mkdirSync', 'writeFileSync']) aroundSync(name);
around('rmdir', { after: moment });
syncBuiltinESMExports();

// What the journal does: a line can be cut off in its middle.
const handle = await open(new URL(import.meta.url));
const journal = Object.getPrototypeOf(handle);
await handle.close();
const { write } = journal;
journal.write = async function (text) {
  if (moment()) throw failure();
  const half = Math.floor(text.length / 2);
  await write.call(this, text.slice(0, half));
  if (moment()) throw failure();
  await write.call(this, text.slice(half));
  moment();
  changed = moments;
};

process.on('exit', () => fs.writeSync(2, `\n${JSON.stringify({ moments, changed, written })}\n`));
