import { generateIamId } from '../operation.ts';
import type { PracticeAccessKey, PracticeGroup, PracticeUser, World } from '../world/world.ts';
import { administratorAccessArn } from '../services/iam/managed-policies.ts';

const msPerHour = 60 * 60 * 1000;

/** The Free plan ends six months after the account was created, to the day. */
const addSixMonths = (made: Date): Date => {
  const end = new Date(made);
  end.setUTCMonth(end.getUTCMonth() + 6);
  return end;
};

/** An account right after sign-up, created two hours ago: it has a root password and nothing else. */
export const createNewAccount = (now: Date, made = new Date(now.getTime() - 2 * msPerHour)): World => ({
  version: 1,
  account: {
    id: '431209876655',
    name: 'Practice',
    email: 'owner@example.com',
    createdAt: made.toISOString(),
  },
  caller: { kind: 'root' },
  root: { passwordPresent: true, accessKeys: [] },
  billing: { openToIam: false },
  plan: { type: 'FREE', status: 'ACTIVE', credits: 100, until: addSixMonths(made).toISOString() },
  users: [],
  groups: [],
  devices: [],
  topics: [],
  subscriptions: [],
  alarms: [],
  budgeting: { budgets: [], verified: [] },
  mails: [],
  phone: [],
});

const createRootKey = (world: World): PracticeAccessKey => ({
  id: generateIamId('AKIA'),
  createdAt: world.account.createdAt,
  active: true,
  lastUsed: { at: world.account.createdAt, service: 'iam', region: 'us-east-1' },
});

/** A user created together with the account. */
export const createScenarioUser = (
  world: World,
  name: string,
  more: Partial<PracticeUser> = {},
): PracticeUser => ({
  name,
  id: generateIamId('AIDA'),
  path: '/',
  createdAt: world.account.createdAt,
  tags: [],
  groups: [],
  attached: [],
  inline: [],
  accessKeys: [],
  ...more,
});

/** A group created together with the account. `policies` are names of AWS managed policies. */
export const createScenarioGroup = (
  world: World,
  name: string,
  policies: readonly string[] = [],
): PracticeGroup => ({
  name,
  id: generateIamId('AGPA'),
  path: '/',
  createdAt: world.account.createdAt,
  attached: policies.map((policy) => `arn:aws:iam::aws:policy/${policy}`),
  inline: [],
});

const addRootKey = (world: World): World => ({
  ...world,
  root: { ...world.root, accessKeys: [createRootKey(world)] },
});

const readBucketsPolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
});

const createUsedAccount = (world: World): World => ({
  ...addRootKey(world),
  users: [
    createScenarioUser(world, 'alice', {
      attached: [administratorAccessArn],
      loginProfile: { createdAt: world.account.createdAt, resetRequired: false },
    }),
    createScenarioUser(world, 'bob', {
      inline: [{ name: 'read-buckets', document: readBucketsPolicyDocument }],
      groups: ['developers'],
    }),
    createScenarioUser(world, 'carol', { groups: ['developers', 'auditors'] }),
    createScenarioUser(world, 'deploy', {
      accessKeys: [{ id: generateIamId('AKIA'), createdAt: world.account.createdAt, active: true }],
    }),
  ],
  groups: [
    createScenarioGroup(world, 'developers', ['PowerUserAccess']),
    createScenarioGroup(world, 'auditors', ['SecurityAudit']),
  ],
});

const switchToRootKey = (world: World): World => {
  const key = createRootKey(world);
  return {
    ...world,
    root: { ...world.root, accessKeys: [key] },
    caller: { kind: 'root-key', accessKeyId: key.id },
  };
};

const createRoleScenario =
  (name: string) =>
  (world: World): World => ({ ...world, caller: { kind: 'role', name } });

/**
 * An account that joins an organization leaves the Free plan (AWS Billing User Guide, "Choosing an AWS Free Tier
 * plan").
 */
const moveToPaidPlan = (world: World): World => ({ ...world, plan: { type: 'PAID', status: 'ACTIVE' } });

/** An account from before AWS introduced plans. */
const removePlan = (world: World): World => {
  const older = { ...world };
  delete older.plan;
  return older;
};

const createAliceSession = (world: World): World => ({
  ...createUsedAccount(world),
  caller: { kind: 'user', name: 'alice', session: true },
});

const createPartitionScenario =
  (partition: 'aws-cn' | 'aws-us-gov') =>
  (world: World): World => {
    const account = { ...world.account, partition };
    const users = [createScenarioUser(world, 'Administrator', { attached: [administratorAccessArn] })];
    return { ...world, account, users, caller: { kind: 'user', name: 'Administrator' } };
  };

/** The initial states of a practice account. Each is derived from a new account. */
export const scenarios = {
  /** New, with a root access key that someone created and forgot. */
  new: addRootKey,
  /** New, without a root access key. */
  clean: (world: World): World => world,
  /** In use: users, groups, and policies attached directly and inline. */
  used: createUsedAccount,
  /** A member of an organization that manages root centrally, so there is no root password. */
  member: (world: World): World => ({
    ...moveToPaidPlan(world),
    organization: { managementAccount: '999988887777' },
    root: { passwordPresent: false, accessKeys: [] },
    caller: { kind: 'role', name: 'OrganizationAccountAccessRole' },
  }),
  /** New, and the management account of an organization. */
  management: (world: World): World => ({
    ...moveToPaidPlan(world),
    organization: { managementAccount: world.account.id },
  }),
  /** New, and the program runs with the only root access key. */
  'on-root-key': switchToRootKey,
  /** The caller signed in through single sign-on (IAM Identity Center). */
  'single-sign-on': createRoleScenario('AWSReservedSSO_AdministratorAccess_0123456789abcdef'),
  /** The caller has credentials from GetFederationToken. */
  federated: (world: World): World => ({
    ...createUsedAccount(world),
    caller: { kind: 'federated-user', name: 'alice' },
  }),
  /** The caller has credentials from GetSessionToken, created without an MFA code. */
  session: createAliceSession,
  /** An account of the newer sign-up with projects, as its one user finds it. */
  project: (world: World): World => ({
    ...createRoleScenario('AccountFullAccessRole')(world),
    organization: { managementAccount: '999988887777', project: true },
    root: { passwordPresent: false, accessKeys: [] },
  }),
  /** New, and on the Paid plan from the start. */
  paid: moveToPaidPlan,
  /** Created before July 2025, so AWS has no plan for it. */
  older: removePlan,
  china: createPartitionScenario('aws-cn'),
  govcloud: createPartitionScenario('aws-us-gov'),
} as const satisfies Record<string, (world: World) => World>;

export type ScenarioName = keyof typeof scenarios;
