import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The file of the practice account in `home`. */
export const accountFile = (home: string): string => path.join(home, 'practice', 'account.json');

/** As much of it as tests ask for. */
export type PracticeFile = {
  users: readonly { name: string; groups: readonly string[]; loginProfile?: object }[];
  groups: readonly { name: string }[];
  devices: readonly { serial: string; seed: string; owner?: object }[];
  topics: readonly object[];
  subscriptions: readonly { confirmed: boolean }[];
  alarms: readonly { settings: { Threshold: number } }[];
  passwordPolicy?: { MinimumPasswordLength: number };
};

/** The practice account that was kept in `home`. */
export const readAccount = async (home: string): Promise<PracticeFile> =>
  JSON.parse(await readFile(accountFile(home), 'utf8')) as PracticeFile;

/** Ids, times and seeds are new in every account; mails and scanned codes are as many as there were attempts. */
const accidental = /^(?:id|arn|seed|token|mails|phone|lastWindow|alertsSince|until|staged|at|\w+At)$/;

/** Tags of the alarm's topic that hold a moment, or a hash over ids. */
const moment = /^\d{4}-\d\d-\d\d(?:T| alarm:)/;

/** What two runs to the same end have in common. */
export const essenceOf = (account: PracticeFile): unknown =>
  JSON.parse(
    JSON.stringify(account, (name, value: unknown) =>
      accidental.test(name) || (typeof value === 'string' && moment.test(value)) ? undefined : value,
    ),
  );
