import {
  createScenarioGroup,
  createNewAccount,
  createScenarioUser,
} from '../../src/practice/scenarios/scenarios.ts';
import type { PracticeBudget, PracticeBudgetAlert } from '../../src/practice/world/budgets.ts';
import type { PracticeAlarm, World } from '../../src/practice/world/world.ts';
import { runStep } from '../../src/run/run-step.ts';
import type { StepResult } from '../../src/run/step-result.ts';
import { owner, type Owner } from './scripted-owner.ts';
import { openSession, findStep, type PracticeRun } from './practice-run.ts';

const made = new Date('2026-11-23T12:00:00.000Z');

/** A new account in which something was planted. */
export const accountWith = (plant: (world: World) => void): World => {
  const world = createNewAccount(made);
  plant(world);
  return world;
};

/** The ARN of a managed policy of AWS. */
export const policy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** The ARN that IAM gives to a virtual device in the practice account. */
export const deviceIn = (world: World, name: string): string =>
  `arn:aws:iam::${world.account.id}:mfa/${name}`;

/** Puts a user's second factor into an account. */
export const plantPhone = (world: World, user: string, name = user): void => {
  world.devices.push({
    serial: deviceIn(world, name),
    seed: 'A'.repeat(64),
    createdAt: world.account.createdAt,
    enabledAt: world.account.createdAt,
    owner: { kind: 'user', name: user },
  });
};

/** Puts an administrator into an account: through a group, with MFA and a password. */
export const plantAdministrator = (world: World, name: string, group = 'Administrators'): void => {
  if (!world.groups.some((one) => one.name === group)) {
    world.groups.push(createScenarioGroup(world, group, ['AdministratorAccess']));
  }
  const loginProfile = { createdAt: world.account.createdAt, resetRequired: false };
  world.users.push(createScenarioUser(world, name, { groups: [group], loginProfile }));
  plantPhone(world, name);
};

/** The ARN of a topic of the practice account in the billing Region. */
export const topicIn = (world: World, name: string): string =>
  `arn:aws:sns:us-east-1:${world.account.id}:${name}`;

/** Puts a topic with one subscriber into an account. */
export const plantTopic = (world: World, name: string, confirmed: boolean): string => {
  const arn = topicIn(world, name);
  world.topics.push({ arn, attributes: {}, tags: [] });
  world.subscriptions.push({
    arn: `${arn}:11111111-2222-3333-4444-555555555555`,
    topicArn: arn,
    protocol: 'email',
    endpoint: 'maria@example.com',
    token: 'a'.repeat(288),
    requestedAt: made.toISOString(),
    confirmed,
  });
  return arn;
};

/** Puts an alarm on the account's charges into an account. */
export const plantAlarm = (
  world: World,
  name: string,
  settings: Partial<PracticeAlarm['settings']> = {},
): void => {
  world.alarms.push({
    arn: `arn:aws:cloudwatch:us-east-1:${world.account.id}:alarm:${name}`,
    configuredAt: world.account.createdAt,
    settings: {
      AlarmName: name,
      Namespace: 'AWS/Billing',
      MetricName: 'EstimatedCharges',
      Dimensions: [{ Name: 'Currency', Value: 'USD' }],
      Statistic: 'Maximum',
      Period: 21_600,
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      ActionsEnabled: true,
      AlarmActions: [],
      OKActions: [],
      InsufficientDataActions: [],
      ...settings,
    },
    tags: [],
    state: {
      value: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      at: world.account.createdAt,
    },
  });
};

/** Lets AWS publish the account's charges. */
export const publishCharges = (world: World): void => {
  world.billing.alertsSince = world.account.createdAt;
};

/** A notification of a budget; `to` are addresses or topics. */
export const alertTo = (
  to: readonly string[],
  notification: Partial<PracticeBudgetAlert['notification']> = {},
): PracticeBudgetAlert => ({
  notification: {
    NotificationType: 'ACTUAL',
    ComparisonOperator: 'GREATER_THAN',
    Threshold: 80,
    ThresholdType: 'PERCENTAGE',
    ...notification,
  },
  subscribers: to.map((Address) => ({
    SubscriptionType: Address.startsWith('arn:') ? 'SNS' : 'EMAIL',
    Address,
  })),
});

/** Puts a monthly budget over the whole account into an account: 50 USD, and maria@example.com is warned at 80%. */
export const plantBudget = (world: World, name: string, change: Partial<PracticeBudget> = {}): void => {
  world.budgeting.budgets.push({
    name,
    type: 'COST',
    timeUnit: 'MONTHLY',
    limit: { Amount: '50.0', Unit: 'USD' },
    filters: {},
    start: '2026-11-01T00:00:00.000Z',
    end: '2087-06-15T00:00:00.000Z',
    configuredAt: world.account.createdAt,
    alerts: [alertTo(['maria@example.com'])],
    ...change,
  });
};

/** Takes one step by hand. */
export const runStepByHand = async (
  id: string,
  rehearsal: PracticeRun,
  who: Owner = owner(),
): Promise<StepResult & { owner: Owner }> => {
  const session = await openSession(rehearsal);
  return { ...(await runStep(findStep(id), { ...session, dialogue: who })), owner: who };
};

/** The policies that hold for a user, from itself and from its groups: what the user may do. */
export const permissionsOf = (world: World, name: string): readonly string[] => {
  const user = world.users.find((one) => one.name === name);
  const groups = world.groups.filter((group) => user?.groups.includes(group.name));
  const all = [...(user ? [user] : []), ...groups];
  const grants = all.flatMap(({ attached, inline }) => [
    ...attached,
    ...inline.map((one) => `${one.name} ${one.document}`),
  ]);
  return [...new Set(grants)].toSorted();
};
