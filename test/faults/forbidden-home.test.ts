import { chmod, mkdir, readdir, readFile, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { clueless } from './_support/attempt.ts';
import { leakInRehearsal } from './_support/leaks.ts';
import { tallySearches } from './_support/secret-search.ts';
import { tryAll } from './_support/try-all.ts';
import { unprivileged, type Unprivileged } from './_support/unprivileged.ts';

afterAll(() => tallySearches('texts searched for secrets, of forbidden homes'));

const patience = { timeout: 600_000 };
const setup = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];
const files = ['account.json', 'journal.jsonl', 'progress.json'];

type Case = readonly [what: string, forbid: (folder: string) => Promise<unknown>, concerned?: string];

const onFiles = (what: string, mode: number): readonly Case[] =>
  files.map((name) => [`${name} ${what}`, (folder) => chmod(join(folder, name), mode), name]);

const elsewhere = async (folder: string, there: string): Promise<void> => {
  await rename(folder, `${folder}-elsewhere`);
  await symlink(there, folder);
};

const cases: readonly Case[] = [
  ...onFiles('must not be read', 0o200),
  ...onFiles('must not be written', 0o400),
  ...onFiles('must not be touched', 0o000),
  ['the folder must not be written', (folder) => chmod(folder, 0o500)],
  ['the folder must not be entered', (folder) => chmod(folder, 0o000)],
  ['the home must not be written', (folder) => chmod(join(folder, '..'), 0o500)],
  ['the folder is a link to another', (folder) => elsewhere(folder, `${folder}-elsewhere`)],
  ['the folder is a link to nothing', (folder) => elsewhere(folder, '/nowhere/at/all')],
];

const textOf = (folder: string, name: string) =>
  readFile(join(folder, name), 'utf8').catch(() => readFile(join(`${folder}-elsewhere`, name), 'utf8'));

/** What the files hold that are concerned: of one file, or all. */
const contents = (folder: string, names: readonly string[]) =>
  Promise.all(names.map((name) => textOf(folder, name)));

/** Begins a rehearsal, forbids something, and goes on; says what is wrong with that, or with going on afterwards. */
const attempt = async ({ home, handOver, run }: Unprivileged, index: number, [, forbid, concerned]: Case) => {
  const own = join(home, String(index));
  const folder = join(own, 'practice');
  const names = concerned === undefined ? files : [concerned];
  await mkdir(own);
  await handOver(own);
  const begun = await run([...setup(own), '--only', 'root-mfa,admin-user']);
  if (begun.code !== 0) return `did not begin:\n${begun.stderr}`;
  const before = await contents(folder, names);
  await forbid(folder);
  const ended = await run(setup(own));
  await handOver(own);
  const leak = await leakInRehearsal(own, [ended]);
  if (leak !== undefined) return leak;
  const { code, stderr } = ended;
  if (clueless.test(stderr) || ![0, 1, 2].includes(code ?? -1)) return `ended with ${code}:\n${stderr}`;
  if (code !== 0) {
    if (!stderr.includes(own)) return `does not say where:\n${stderr}`;
    const after = await contents(folder, names);
    if (after.join() !== before.join()) return 'what was there is lost';
  }
  if ((await readdir(own)).includes('practice-elsewhere')) return undefined;
  const again = await run(setup(own));
  return again.code === 0 ? undefined : `does not go on:\n${again.stderr}`;
};

it('says what it may not do, loses nothing, and goes on when it may', patience, async (context) => {
  const somebody = await unprivileged();
  if (!somebody) {
    const skipped = 'the copy of the program cannot be run without privileges';
    // The reporters of Vitest leave out the reason of a skip.
    Object.assign(context.task.meta, { skipped });
    return context.skip(skipped);
  }
  const numbered = [...cases.entries()];
  const failures = await tryAll(
    'the program, forbidden files and folders',
    numbered,
    ([index, one]) => attempt(somebody, index, one),
    { atOnce: 2, name: ([, [what]]) => what, kind: 'inputs' },
  );
  expect(failures).toEqual([]);
});
