import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createAwsClients, type AwsClients } from '../aws/clients.ts';
import { globalRegion } from '../aws/services.ts';
import type { ManualTaskId } from '../core/dialogue.ts';
import { PracticeAccount } from '../practice/account.ts';
import { UserError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { DeskMail, PracticeDesk, ScriptedDesk } from '../ui/practice/desk.ts';

/** A simulated account, and the desk that plays what the owner does elsewhere. */
export type PracticeSession = {
  aws: AwsClients;
  desk: PracticeDesk & ScriptedDesk;
  notice: string | undefined;
};

/** How long an owner takes to find a mail, sign in, and open its link. */
const timeForMailMs = 60_000;

const performPracticeTask = async (
  account: PracticeAccount,
  task: ManualTaskId,
  pace?: 'without hurry',
): Promise<void> => {
  const { desk } = account;
  switch (task) {
    case 'root-mfa':
      return desk.turnOnRootMfa();
    case 'root-access-keys':
      return desk.deleteRootAccessKeys();
    case 'billing-access':
      return desk.activateIamBillingAccess();
    case 'billing-alerts':
      return desk.turnOnBillingAlerts();
    case 'confirm-email':
      await desk.clickConfirmationLinks();
      return;
    case 'verify-budget-email':
      await desk.verifyBudgetEmails(undefined, pace === 'without hurry' ? timeForMailMs : 0);
      return;
    case 'fire-drill':
      // Only the drill words can end it, and they have to be read from the mail.
      return;
    case 'sign-in':
      return signInAsNewestUser(account);
  }
};

/** The user who got a phone last is the administrator that the owner is asked to sign in as. */
const signInAsNewestUser = async (account: PracticeAccount): Promise<void> => {
  const owner = account.snapshot().devices.findLast((device) => device.owner?.kind === 'user')?.owner;
  if (owner?.kind === 'user') await account.desk.signInAs({ user: owner.name });
};

/** The part of a mail that the terminal asks for. */
const wantedMailPatterns: Partial<Record<ManualTaskId, RegExp>> = {
  'confirm-email': /https:\/\/sns\.\S+\/confirmation\.html\S+/,
  'fire-drill': /(?<=The words to type are: )[a-z]+ [a-z]+ \d\d/,
};

const findTaskMail = ({ desk }: PracticeAccount, task: ManualTaskId): DeskMail | undefined => {
  const pattern = wantedMailPatterns[task];
  const mail = pattern && desk.listMails().findLast(({ text }) => pattern.test(text));
  return (
    mail && { to: mail.to, subject: mail.subject, text: mail.text, wantedText: pattern.exec(mail.text)?.[0] }
  );
};

/** The account as an SDK client sees it, answered by the simulation instead of the network. */
const createPracticeClients = (account: PracticeAccount): AwsClients =>
  createAwsClients({
    credentials: account.credentials,
    region: globalRegion,
    practiceMiddleware: account.middleware,
  });

/** The desk as front ends know it. */
export const createPracticeDesk = (account: PracticeAccount): PracticeDesk & ScriptedDesk => ({
  email: account.desk.ownerEmail,
  performTask: (task, pace) => performPracticeTask(account, task, pace),
  findMail: (task) => findTaskMail(account, task),
  phone: {
    scan: (uri) => account.desk.scanQrCode(uri),
    code: (at) => account.desk.getCode(at),
    codes: () => account.desk.getConsecutiveCodes(),
  },
});

const accountFileName = 'account.json';

/** The account last: without it, what is remembered of it says nothing, and until then it is still the old one. */
const rehearsalFileNames = ['progress.json', 'journal.jsonl', accountFileName];

/** Deletes what a rehearsal has left in `folder`, so that the next one begins with a new account. */
export const discardRehearsal = async (folder: string): Promise<void> => {
  for (const name of rehearsalFileNames) {
    const path = join(folder, name);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw new UserError(
        `The old rehearsal cannot be deleted: ${sanitize(path)}.`,
        ['Delete it yourself, or use another folder: --home DIR'],
        { cause: error },
      );
    });
  }
};

/** Opens the practice account in `folder`, or creates one. */
export const openPracticeSession = async (folder: string): Promise<PracticeSession> => {
  const account = await PracticeAccount.open(join(folder, accountFileName));
  return {
    aws: createPracticeClients(account),
    desk: createPracticeDesk(account),
    notice: account.notice,
  };
};
