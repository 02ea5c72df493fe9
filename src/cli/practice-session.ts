import { join } from 'node:path';
import { createAwsClients, type AwsClients } from '../aws/clients.ts';
import { globalRegion } from '../aws/services.ts';
import type { ManualTaskId } from '../core/dialogue.ts';
import { PracticeAccount } from '../practice/account.ts';
import type { DeskMail, PracticeDesk, ScriptedDesk } from '../ui/practice/desk.ts';

/** The practice account, and the desk that plays what the owner does elsewhere. */
export type PracticeSession = {
  aws: AwsClients;
  desk: PracticeDesk & ScriptedDesk;
  notice: string | undefined;
};

const performPracticeTask = async (practice: PracticeAccount, errand: ManualTaskId): Promise<void> => {
  const { desk } = practice;
  switch (errand) {
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
      await desk.verifyBudgetEmails();
      return;
    case 'fire-drill':
      // Only the drill words can end it, and they have to be read from the mail.
      return;
    case 'sign-in':
      return signInAsNewestUser(practice);
  }
};

/** The user who got a phone last is the administrator that the owner is asked to sign in as. */
const signInAsNewestUser = async (practice: PracticeAccount): Promise<void> => {
  const owner = practice.snapshot().devices.findLast((device) => device.owner?.kind === 'user')?.owner;
  if (owner?.kind === 'user') await practice.desk.signInAs({ user: owner.name });
};

/** The part of a mail that belongs into the terminal. */
const wantedMailPatterns: Partial<Record<ManualTaskId, RegExp>> = {
  'confirm-email': /https:\/\/sns\.\S+\/confirmation\.html\S+/,
  'fire-drill': /(?<=The words to type are: )[a-z]+ [a-z]+ \d\d/,
};

const findTaskMail = ({ desk }: PracticeAccount, errand: ManualTaskId): DeskMail | undefined => {
  const wanted = wantedMailPatterns[errand];
  const mail = wanted && desk.listMails().findLast(({ text }) => wanted.test(text));
  return (
    mail && { to: mail.to, subject: mail.subject, text: mail.text, wantedText: wanted.exec(mail.text)?.[0] }
  );
};

/** AWS clients that the practice account answers instead of the network. */
const createPracticeClients = (practice: PracticeAccount): AwsClients =>
  createAwsClients({
    credentials: practice.credentials,
    region: globalRegion,
    practiceMiddleware: practice.middleware,
  });

/** The desk as front ends know it. */
export const createPracticeDesk = (practice: PracticeAccount): PracticeDesk & ScriptedDesk => ({
  email: practice.desk.ownerEmail,
  performTask: (errand) => performPracticeTask(practice, errand),
  findMail: (errand) => findTaskMail(practice, errand),
  phone: {
    scan: (uri) => practice.desk.scanQrCode(uri),
    code: (at) => practice.desk.getCode(at),
    codes: () => practice.desk.getConsecutiveCodes(),
  },
});

/** Opens the practice account in `folder`, or creates one. */
export const openPracticeSession = async (folder: string): Promise<PracticeSession> => {
  const practice = await PracticeAccount.open(join(folder, 'account.json'));
  return {
    aws: createPracticeClients(practice),
    desk: createPracticeDesk(practice),
    notice: practice.notice,
  };
};
