import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { World } from '../../../src/practice/world/world.ts';
import { accountFile } from '../../terminal/_support/account.ts';
import { codeOf } from '../../terminal/_support/phone.ts';
import type { Outcome } from '../../terminal/_support/program.ts';
import { placesHolding, type Secrets, type Written } from './secret-search.ts';

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

/** Every file below a folder that can be read, but for the simulated account, which has to know its seeds. */
const filesBelow = async (folder: string): Promise<readonly Written[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((one) => one.isFile() && !one.name.startsWith('account.json'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      return { where: relative(folder, file), text: await textOf(file) };
    }),
  );
};

/** The answers are written down with the questions, this one too: whoever typed it has the mail, and it is used up. */
const typed = /^Which words are in the mail\? .*$/gm;

/** What a run without a terminal wrote, but for the words that its reader found in a mail and typed. */
export const writtenBy = ({ stdout, stderr }: Outcome): readonly Written[] => [
  { where: 'standard output', text: stdout },
  { where: 'standard error', text: stderr.replaceAll(typed, '') },
];

/** A run that was killed may have used any code of the last minutes. */
const codesOf = (seed: string): readonly string[] => {
  const now = Math.floor(Date.now() / 30_000);
  return [-3, -2, -1, 0, 1].map((offset) => codeOf(seed, now + offset));
};

/** Nothing where a run came to no account, or a test has damaged it. */
const worldIn = (text: string): Partial<World> => {
  try {
    return JSON.parse(text) as Partial<World>;
  } catch {
    return {};
  }
};

/** What the simulated account in a home knows and nobody else may: seeds and their codes, and what stands in mails. */
export const secretsOfRehearsal = async (home: string): Promise<Required<Secrets>> => {
  const {
    devices = [],
    phone = [],
    subscriptions = [],
    mails = [],
  } = worldIn(await textOf(accountFile(home)));
  const seeds = [...new Set([...devices, ...phone].map(({ seed }) => seed))];
  const read = mails.map((mail) => mail.text).join('\n');
  return {
    whole: [
      ...seeds,
      ...subscriptions.map(({ token }) => token),
      ...(read.match(/(?<=Token=)[0-9a-f]+/g) ?? []),
    ],
    codes: seeds.flatMap(codesOf),
    words: read.match(/(?<=The words to type are: )[a-z]+ [a-z]+ \d\d/g) ?? [],
  };
};

/** Several lots of secrets as one. */
export const together = (...lots: readonly Secrets[]): Required<Secrets> => ({
  whole: lots.flatMap(({ whole }) => whole),
  codes: lots.flatMap(({ codes }) => codes),
  words: lots.flatMap(({ words = [] }) => words),
});

/** Says where any of these secrets stands: in these texts, or in a file below a folder. */
export const leakIn = async (
  secrets: Secrets,
  folder: string,
  texts: readonly Written[],
): Promise<string | undefined> => {
  const places = placesHolding(secrets, [...texts, ...(await filesBelow(folder))]);
  return places.length === 0 ? undefined : `left a secret in ${places.join(', ')}`;
};

/** The same for runs of a rehearsal, as far as its account, now or `before`, knows what they had to keep to themselves. */
export const leakInRehearsal = async (
  home: string,
  outcomes: readonly Outcome[],
  before: Secrets = { whole: [], codes: [] },
): Promise<string | undefined> =>
  leakIn(together(before, await secretsOfRehearsal(home)), home, outcomes.flatMap(writtenBy));
