import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { PracticeMfaDevice, World } from '../../../src/practice/world/world.ts';
import { alertTo, plantAlarm, plantBudget, policy, topicIn } from '../../_support/practice-worlds.ts';

/** What somebody else does to an account, in the console or with another program. */
export type Deed = (world: World) => void;

const isOfUser = ({ owner }: PracticeMfaDevice) => owner?.kind === 'user';

/** Memberships go with a group. */
const deleteGroups: Deed = (world) => {
  world.groups = [];
  for (const user of world.users) user.groups = [];
};

/** The second factor goes with its user, as the console deletes them. */
const deleteUsers: Deed = (world) => {
  world.users = [];
  world.devices = world.devices.filter((device) => !isOfUser(device));
};

const deleteTopics: Deed = (world) => {
  world.topics = [];
  world.subscriptions = [];
};

const keepDevices =
  (those: (device: PracticeMfaDevice) => boolean): Deed =>
  (world) =>
    void (world.devices = world.devices.filter(those));

const addSecondPhone: Deed = (world) => {
  const at = world.account.createdAt;
  for (const { name } of world.users) {
    const serial = `arn:aws:iam::${world.account.id}:mfa/second-of-${name}`;
    if (world.devices.some((device) => device.serial === serial)) continue;
    const owner = { kind: 'user', name } as const;
    world.devices.push({ serial, seed: 'B'.repeat(64), createdAt: at, enabledAt: at, owner });
  }
};

const addRootKey: Deed = ({ root: { accessKeys }, account }) => {
  const id = 'AKIASOMEBODYELSE0000';
  if (!accessKeys.some((key) => key.id === id))
    accessKeys.push({ id, createdAt: account.createdAt, active: true });
};

const addGroup =
  (name: string, policies: readonly string[] = []): Deed =>
  (world) => {
    if (!world.groups.some((group) => group.name === name))
      world.groups.push(createScenarioGroup(world, name, policies));
  };

const addUser: Deed = (world) => {
  if (!world.users.some((user) => user.name === 'admin'))
    world.users.push(createScenarioUser(world, 'admin'));
};

const addTopic: Deed = (world) => {
  const arn = topicIn(world, 'aws-first-steps-billing');
  if (!world.topics.some((topic) => topic.arn === arn)) world.topics.push({ arn, attributes: {}, tags: [] });
};

const addAlarm: Deed = (world) => {
  if (!world.alarms.some(({ settings }) => settings.AlarmName === 'Theirs')) plantAlarm(world, 'Theirs');
};

const addBudget: Deed = (world) => {
  const name = 'aws-first-steps-monthly';
  if (!world.budgeting.budgets.some((one) => one.name === name)) plantBudget(world, name, { alerts: [] });
};

const each =
  <Thing>(things: (world: World) => readonly Thing[], change: (thing: Thing) => void): Deed =>
  (world) =>
    things(world).forEach(change);

const eachGroup = (change: (group: World['groups'][number]) => void) => each(({ groups }) => groups, change);
const eachUser = (change: (user: World['users'][number]) => void) => each(({ users }) => users, change);
const eachTopic = (change: (topic: World['topics'][number]) => void) => each(({ topics }) => topics, change);
const eachAlarm = (change: (alarm: World['alarms'][number]) => void) => each(({ alarms }) => alarms, change);
const eachBudget = (change: (budget: World['budgeting']['budgets'][number]) => void) =>
  each(({ budgeting }) => budgeting.budgets, change);

/** What is taken away, switched off or weakened: a setup makes it again, so the account comes to be as it was. */
export const losses: Readonly<Record<string, Deed>> = {
  'deletes every group': deleteGroups,
  'deletes every user': deleteUsers,
  'takes every user out of every group': eachUser((user) => void (user.groups = [])),
  'takes the console password from every user': eachUser((user) => void delete user.loginProfile),
  'deletes the phone of every user': keepDevices((device) => !isOfUser(device)),
  'deletes every device that is nobody’s': keepDevices(({ owner }) => owner !== undefined),
  'deletes the phone of root': keepDevices(({ owner }) => owner?.kind !== 'root'),
  'makes a new access key of root': addRootKey,
  'deletes the access keys of root': ({ root }) => void (root.accessKeys = []),
  'deletes the password policy': (world) => void delete world.passwordPolicy,
  'weakens the password policy': ({ passwordPolicy }) =>
    void (passwordPolicy && (passwordPolicy.MinimumPasswordLength = 8)),
  'deletes every topic': deleteTopics,
  'encrypts every topic': eachTopic(
    ({ attributes }) => void (attributes['KmsMasterKeyId'] = 'alias/aws/sns'),
  ),
  'ends every subscription': (world) => void (world.subscriptions = []),
  'deletes every alarm': (world) => void (world.alarms = []),
  'switches off every alarm': eachAlarm(({ settings }) => void (settings.ActionsEnabled = false)),
  'lets every alarm tell nobody': eachAlarm(({ settings }) => void (settings.AlarmActions = [])),
  'deletes every budget': ({ budgeting }) => void (budgeting.budgets = []),
  'lets every budget warn nobody': eachBudget((budget) => void (budget.alerts = [])),
};

/** What stays as somebody has made it, or is made up for in another way: the same whenever it was done. */
export const changes: Readonly<Record<string, Deed>> = {
  'makes no group require MFA any more': eachGroup((group) => void (group.inline = [])),
  'takes the tags from every topic': eachTopic((topic) => void (topic.tags = [])),
  'takes the tags from every user': eachUser((user) => void (user.tags = [])),
  'gives every group one more policy': eachGroup(
    (group) => void (group.attached = [...new Set([...group.attached, policy('ReadOnlyAccess')])]),
  ),
  'adds a second phone to every user': addSecondPhone,
  'lets every budget warn somebody else': eachBudget(
    (budget) => void (budget.alerts = [alertTo(['grace@example.com'])]),
  ),
  'makes the group of administrators': addGroup('Administrators', ['AdministratorAccess']),
  'makes an empty group of that name': addGroup('Administrators'),
  'makes the group of a team': addGroup('developers'),
  'makes the topic': addTopic,
};

/** What makes another account in the end if it comes at another time: a setup uses what is there, and completes the rest. */
export const preemptions: Readonly<Record<string, Deed>> = {
  'takes every policy from every group': eachGroup((group) => void (group.attached = [])),
  'makes the user': addUser,
  'makes an alarm': addAlarm,
  'makes the budget': addBudget,
};
