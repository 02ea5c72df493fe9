import { identityInWords, type IdentityKind, type Standing } from './aws/identity.ts';
import { accountInWords, type Session } from './session.ts';

/** What belonging to an organization means for the owner; nothing for an account that stands alone. */
const standingInWords: Readonly<Record<Standing, readonly string[]>> = {
  standalone: [],
  unknown: [],
  management: [
    'It is the management account of an AWS organization: its bill is that of all member accounts.',
  ],
  member: [
    'It is a member of an AWS organization: what the organization forbids, nobody can do here, and its bill and billing alerts are in the hands of the management account.',
  ],
};

const rootIsElsewhere = 'What only root can do, this program shows you where to do.';

const identityMeans: Readonly<Record<IdentityKind, readonly string[]>> = {
  root: [],
  user: [rootIsElsewhere],
  role: [rootIsElsewhere],
  'single-sign-on': [
    rootIsElsewhere,
    'Where everybody comes in through single sign-on, nobody needs an IAM user: skip the daily administrator and the groups. Should single sign-on fail, an IAM administrator is the way in that is left.',
  ],
  'federated-user': [],
};

const month = 30 * 24 * 60 * 60 * 1000;

const ageMeans = ({ account, clock }: Session): readonly string[] =>
  account.createdOn && clock.now().getTime() - account.createdOn.getTime() > month
    ? ['It is not a new account: what is in it stays as it is, unless a step says otherwise and you agree.']
    : [];

/** The first words of a setup: who is signed in where, what that means, and what is about to happen. */
export const welcome = (session: Session, steps: number): readonly string[] => {
  const { identity, account, practice } = session;
  const made = account.createdOn?.toISOString().slice(0, 10);
  return [
    `You are signed in as the ${identityInWords(identity)} of the account ${accountInWords(session)}${made ? `, made on ${made}` : ''}.`,
    ...standingInWords[account.standing],
    ...identityMeans[identity.kind],
    ...ageMeans(session),
    practice
      ? 'This is the rehearsal: a simulated account. Nothing you do here touches AWS.'
      : 'This is a real account.',
    `${steps} steps, about ten minutes. You can stop at any moment and come back.`,
    'Nothing is changed before you have seen it and said yes.',
  ];
};
