import type { AnswersFile } from '../../src/core/answers-file.ts';
import { getDefault } from '../../src/core/question.ts';
import { isRead } from '../../src/aws/operation-name.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import {
  createScenarioGroup,
  createNewAccount,
  scenarios,
  createScenarioUser,
} from '../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../src/practice/world/world.ts';
import {
  runScripted,
  startPracticeRun,
  findStep,
  type ScriptedRun,
  type PracticeRun,
  checkIn,
} from './practice-run.ts';
import {
  accountWith,
  alertTo,
  deviceIn,
  plantAlarm,
  plantBudget,
  plantTopic,
  policy,
  publishCharges,
  topicIn,
} from './practice-worlds.ts';

/** An account in which steps are disturbed, and what its owner answers to what the account is by then. */
type StartingAccount = { account: () => World; answers: (now: World) => AnswersFile | 'defaults' };

const rootKeys = ['AKIAROOTKEYNUMBER001', 'AKIAROOTKEYNUMBER002'];

const plantPeople = (world: World): void => {
  world.root.accessKeys = rootKeys.map((id, index) => ({
    id,
    createdAt: world.account.createdAt,
    active: index === 0,
  }));
  world.passwordPolicy = {
    MinimumPasswordLength: 8,
    RequireSymbols: false,
    RequireNumbers: true,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: true,
    AllowUsersToChangePassword: false,
    MaxPasswordAge: 90,
  };
  // An administrator without a second factor: incomplete, and still the one who keeps the owner's words.
  world.groups.push(createScenarioGroup(world, 'bosses', ['AdministratorAccess']));
  const inline = ['buckets', 'queues'].map((name) => ({ name, document: JSON.stringify({ Statement: [] }) }));
  world.users.push(
    createScenarioUser(world, 'anna', { groups: ['bosses'] }),
    // Administrators whom a password alone, or a key alone, lets in.
    createScenarioUser(world, 'carol', {
      groups: ['bosses'],
      loginProfile: { createdAt: world.account.createdAt, resetRequired: false },
    }),
    createScenarioUser(world, 'dave', {
      groups: ['bosses'],
      accessKeys: [{ id: 'AKIADAVE', active: true, createdAt: world.account.createdAt }],
    }),
    createScenarioUser(world, 'bob', {
      attached: [policy('SecurityAudit'), policy('PowerUserAccess')],
      inline,
    }),
  );
  world.devices.push({
    serial: deviceIn(world, 'aws-first-steps-admin'),
    seed: 'A'.repeat(64),
    createdAt: world.account.createdAt,
  });
};

const plantMoney = (world: World): void => {
  publishCharges(world);
  const topic = plantTopic(world, 'money', true);
  for (const one of world.topics) one.attributes['KmsMasterKeyId'] = 'alias/aws/sns';
  plantAlarm(world, 'turned-off', { AlarmActions: [topic], ActionsEnabled: false });
  // One of this program's own: of those it repairs all, also where another alarm works by then.
  plantAlarm(world, 'aws-first-steps-billing-20-usd', {
    AlarmActions: [topicIn(world, 'deleted')],
    Threshold: 20,
  });
  plantBudget(world, 'aws-first-steps-monthly', {
    limit: { Amount: '90000.0', Unit: 'USD' },
    alerts: [alertTo([])],
  });
};

/** An account in which whatever a step can repair or remove is to be repaired or removed. */
const repairsDue: StartingAccount = {
  account: () =>
    accountWith((world) => {
      plantPeople(world);
      plantMoney(world);
    }),
  answers: ({ root, users }) => ({
    'root-access-keys': Object.fromEntries(
      root.accessKeys.map(({ id }, index) => [`key-${index + 1}`, id.slice(-4)]),
    ),
    'admin-user': {
      ...(users.some(({ name }) => name === 'admin')
        ? { who: 'admin' }
        : { who: 'someone new', name: 'admin' }),
      'without-mfa': 'take-out',
      'access-keys': 'turn-off',
    },
    'password-policy': { length: 16 },
    'billing-access': { activated: 'activated' },
    groups: { move: true, scope: 'only-me' },
    'billing-alarm': { email: 'maria@example.com', amounts: '5, 20', lock: 'anew' },
    budget: { amount: '20', email: 'maria@example.com' },
  }),
};

const everythingDue: StartingAccount = {
  account: () => scenarios.new(createNewAccount(new Date('2026-11-23T12:00:10.000Z'))),
  answers: () => 'defaults',
};

/** The accounts that every step is disturbed in: everything is to be made, or everything is to be put right. */
const startingAccounts = {
  'a new account': everythingDue,
  'an account with repairs due': repairsDue,
} as const satisfies Record<string, StartingAccount>;

/** What these accounts are called. */
export type StartingAccountName = keyof typeof startingAccounts;

/** All their names. */
export const startingAccountNames: readonly StartingAccountName[] = [
  'a new account',
  'an account with repairs due',
];

/** Begins in one of these accounts. */
export const startIn = (name: StartingAccountName, options: PracticeOptions = {}): Promise<PracticeRun> =>
  startPracticeRun({ ...options, scenario: startingAccounts[name].account() });

/** The default answers to the questions of a step, for steps that an account has no answers of its own for. */
const defaultsFor = async (id: string, rehearsal: PracticeRun): Promise<AnswersFile[string]> => {
  const step = findStep(id);
  const { finding } = await checkIn(step, rehearsal);
  const answers = Object.entries(step.questions(finding.facts)).map(([name, question]) => [
    name,
    getDefault(question),
  ]);
  return Object.fromEntries(answers.filter(([, answer]) => answer !== undefined));
};

/** What the owner of one of these accounts answers to the questions of a step: of all, those that are not asked included. */
export const listAnswers = async (
  name: StartingAccountName,
  rehearsal: PracticeRun,
  id: string,
): Promise<AnswersFile[string]> => {
  const given = startingAccounts[name].answers(rehearsal.practice.snapshot());
  return { ...(await defaultsFor(id, rehearsal)), ...(given === 'defaults' ? {} : given[id]) };
};

/** Plays steps in one of these accounts as its owner. */
export const runStepsIn = async (
  name: StartingAccountName,
  rehearsal: PracticeRun,
  ids: readonly string[],
): Promise<ScriptedRun> => {
  const given = startingAccounts[name].answers(rehearsal.practice.snapshot());
  if (given === 'defaults') return runScripted(rehearsal, { steps: ids.map(findStep), answers: given });
  const answers: Record<string, AnswersFile[string]> = { ...given };
  for (const id of ids) answers[id] ??= await defaultsFor(id, rehearsal);
  return runScripted(rehearsal, { steps: ids.map(findStep), answers });
};

/** The nth call of an operation, from 1. */
export type Moment = { operation: string; nth: number };

/** Every call of a log as a moment, in their order. */
export const listMoments = (log: readonly { operation: string }[]): readonly Moment[] => {
  const seen = new Map<string, number>();
  return log.map(({ operation }) => {
    const nth = (seen.get(operation) ?? 0) + 1;
    seen.set(operation, nth);
    return { operation, nth };
  });
};

/** The first and the last call of each operation: the look, and what is read back after the changes. */
export const listFirstAndLastMoments = (log: readonly { operation: string }[]): readonly Moment[] => {
  const moments = listMoments(log);
  const last = new Map(moments.map(({ operation, nth }) => [operation, nth]));
  return moments.filter(({ operation, nth }) => nth === 1 || nth === last.get(operation));
};

/** Every changing call of a log, as a moment. */
export const listChangingMoments = (log: readonly { operation: string }[]): readonly Moment[] =>
  listMoments(log).filter(({ operation }) => !isRead(operation));

/** Calls that need no permission, or whose refusal changes nothing. */
export const callsWithoutPermission = new Set([
  'sts:GetCallerIdentity',
  'account:GetAccountInformation',
  'iam:ListAccountAliases',
  'freetier:GetAccountPlanState',
]);
