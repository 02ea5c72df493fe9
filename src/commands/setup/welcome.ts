import { describeAccountPlan, freePlanWarning } from '../../core/account-plan.ts';
import type { AccountKind } from '../../aws/account-kind.ts';
import { isProjectIdentity, describeIdentity, type IdentityKind } from '../../aws/identity.ts';
import { formatDay } from '../../lib/dates.ts';
import { describeAccount, type Session } from '../../run/session.ts';

/** What belonging to an organization means for the owner; nothing for an account that stands alone. */
const accountKindParagraphs: Readonly<Record<AccountKind, readonly string[]>> = {
  standalone: [],
  unknown: [],
  management: [
    'It is the management account of an AWS organization: its bill is that of all member accounts.',
  ],
  member: [
    'It is a member of an AWS organization: what the organization forbids, nobody can do here. The management account pays its bill, and only there can billing alerts be turned on.',
  ],
  project: [
    'It is a project of the newer AWS sign-up: a member of an organization that AWS manages. Nobody signs in as root there, and some things are forbidden. Steps that cannot exist in it say so.',
    'Register MFA for your own sign-in under AWS Settings (settings.aws.com), "Manage security and sign-in": this program cannot see it.',
  ],
};

/** The role of a project, where AWS would not say whether there is an organization around the account. */
const possibleProjectNotice =
  'The role looks like that of a project of the newer AWS sign-up, but AWS would not say whether this is one. In a project, the steps for root do not exist.';

const rootStepsNotice = 'What only root can do, this program shows you where to do.';

const identityParagraphs: Readonly<Record<IdentityKind, readonly string[]>> = {
  root: [],
  user: [rootStepsNotice],
  role: [rootStepsNotice],
  'single-sign-on': [
    rootStepsNotice,
    'Where everybody comes in through single sign-on, nobody needs an IAM user: skip the daily administrator and the groups. Should single sign-on fail, an IAM administrator is the way in that is left.',
  ],
  'federated-user': [],
};

const createKindParagraphs = ({ identity, account }: Session): readonly string[] => {
  if (account.kind === 'project') return accountKindParagraphs.project;
  const doubt = account.kind === 'unknown' && isProjectIdentity(identity) ? [possibleProjectNotice] : [];
  return [...accountKindParagraphs[account.kind], ...doubt, ...identityParagraphs[identity.kind]];
};

const createPlanParagraphs = ({ account: { plan } }: Session): readonly string[] =>
  plan ? [`${describeAccountPlan(plan)}.`] : [];

/** What would end the plan: an organization of one's own cannot be had in a project. */
const createPlanWarning = ({ account: { plan, kind } }: Session): readonly string[] =>
  plan?.type === 'FREE' && plan.status !== 'EXPIRED' && kind !== 'project' ? [freePlanWarning] : [];

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1000;

const createAgeParagraphs = ({ account, clock }: Session): readonly string[] =>
  account.createdOn && clock.now().getTime() - account.createdOn.getTime() > thirtyDaysMs
    ? ['It is not a new account: what is in it stays as it is, unless a step says otherwise and you agree.']
    : [];

/** The first paragraphs of a setup: who is signed in where, what that means, and what is about to happen. */
export const createWelcome = (session: Session, steps: number): readonly string[] => {
  const { identity, account, practice } = session;
  const made = account.createdOn && formatDay(account.createdOn);
  return [
    `You are signed in as the ${describeIdentity(identity)} of the account ${describeAccount(session)}${made ? `, made on ${made}` : ''}.`,
    ...createKindParagraphs(session),
    ...createPlanParagraphs(session),
    ...createAgeParagraphs(session),
    practice
      ? 'This is the rehearsal: a simulated account. Nothing you do here touches AWS.'
      : 'This is a real account.',
    `${steps === 1 ? 'One step' : `${steps} steps, about ten minutes`}. You can stop at any moment and come back.`,
    'Nothing is changed before you have seen it and said yes.',
    ...createPlanWarning(session),
  ];
};
