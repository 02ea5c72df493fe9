import { describeAccountPlan } from '../../core/account-plan.ts';
import type { AccountKind } from '../../aws/account-kind.ts';
import { isProjectIdentity, describeIdentity, type IdentityKind } from '../../aws/identity.ts';
import { formatDay } from '../../lib/dates.ts';
import type { Message } from '../../core/dialogue.ts';
import { isDone } from '../../core/status.ts';
import type { AnyStep } from '../../core/step.ts';
import { describeAccount, type Session } from '../../run/session.ts';
import { isStepOpen, type SetupRun } from './walk.ts';

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

const rootStepsNotice = 'Some steps need root: this program shows you where.';

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

const createKindParagraphs = (
  { identity, account }: Session,
  open: readonly AnyStep[],
): readonly string[] => {
  if (account.kind === 'project') return accountKindParagraphs.project;
  const needsRoot = open.some(({ performedBy }) => performedBy === 'root');
  const doubt = account.kind === 'unknown' && isProjectIdentity(identity) ? [possibleProjectNotice] : [];
  const who = identityParagraphs[identity.kind].filter((text) => needsRoot || text !== rootStepsNotice);
  return [...accountKindParagraphs[account.kind], ...doubt, ...who];
};

const createPlanParagraphs = ({ account: { plan } }: Session): readonly string[] =>
  plan ? [`${describeAccountPlan(plan)}.`] : [];

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1000;

const createAgeParagraphs = ({ account, clock }: Session): readonly string[] =>
  account.createdOn && clock.now().getTime() - account.createdOn.getTime() > thirtyDaysMs
    ? ['It is not a new account: what is in it stays as it is, unless a step says otherwise and you agree.']
    : [];

const rehearsalParagraphs = [
  'This is a rehearsal on a simulated account: nothing touches AWS. It also plays your phone, mailbox and AWS console.',
];

const createIdentityParagraph = ({ identity, account, ...session }: Session): string => {
  const made = account.createdOn && formatDay(account.createdOn);
  return `You are signed in as the ${describeIdentity(identity)} of the account ${describeAccount({ ...session, identity, account })}${made ? `, made on ${made}` : ''}.`;
};

/** `, about 8 minutes` */
const estimateMinutes = (steps: readonly AnyStep[]): string => {
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
  return minutes === 1 ? ', about a minute' : `, about ${minutes} minutes`;
};

const countSteps = (count: number): string => (count === 1 ? 'One step' : `${count} steps`);

const createProgressParagraph = (
  run: Pick<SetupRun, 'session' | 'steps' | 'results'>,
  open: readonly AnyStep[],
): string => {
  const done = run.steps.filter(({ id }) => isDone(run.results.get(id)?.finding.status ?? 'unknown')).length;
  const [next] = open;
  if (next === undefined) return 'Everything is done already.';
  if (done === 0) return `${countSteps(open.length)} to do${estimateMinutes(open)}.`;
  const skipped = run.steps.filter(({ id }) => run.session.findSkip(id)).length;
  const also = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${done} of ${run.steps.length} ${done === 1 ? 'is' : 'are'} done${also}. Next: ${next.title}. To do: ${open.length}${estimateMinutes(open)}.`;
};

/** The first page: who is signed in where, what that means, and how much is left to do. */
export const createWelcome = (run: Pick<SetupRun, 'session' | 'steps' | 'results' | 'deferred'>): Message => {
  const { session } = run;
  const open = run.steps.filter((step) => isStepOpen(run, step));
  return {
    kind: 'heading',
    title: session.progress.isResumed ? 'Welcome back' : 'Set up your AWS account',
    paragraphs: [
      createIdentityParagraph(session),
      ...createKindParagraphs(session, open),
      ...createPlanParagraphs(session),
      ...createAgeParagraphs(session),
      ...(session.practice ? rehearsalParagraphs : []),
      createProgressParagraph(run, open),
      'Nothing changes before you say yes. You can stop at any time and come back.',
    ],
  };
};
