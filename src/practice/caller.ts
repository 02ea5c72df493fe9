import { isRead } from '../aws/operation-name.ts';
import { accessDenied } from './faults.ts';
import { iamArn } from './operation.ts';
import { obeyProjectPolicies } from './scenarios/project-policies.ts';
import { Refusal } from './refusal.ts';
import type { User, World } from './world/world.ts';

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The ARN of an IAM user. */
export const userArn = (world: World, user: Pick<User, 'name' | 'path'>) =>
  iamArn(world, `user${user.path}${user.name}`);

const invalidToken = () =>
  new Refusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');

type CallerIdentity = { Account: string; Arn: string; UserId: string };

const identityIn = (world: World): CallerIdentity => {
  const { account, caller, root, users } = world;
  const Account = account.id;
  if (caller.kind === 'role') {
    const Arn = `arn:aws:sts::${Account}:assumed-role/${caller.name}/practice`;
    return { Account, Arn, UserId: 'AROAPRACTICEPRACTICE0:practice' };
  }
  if (caller.kind === 'federated-user') {
    const Arn = `arn:aws:sts::${Account}:federated-user/${caller.name}`;
    return { Account, Arn, UserId: `${Account}:${caller.name}` };
  }
  if (caller.kind === 'user') {
    const user = users.find((one) => one.name === caller.name);
    if (!user) throw invalidToken();
    return { Account, Arn: userArn(world, user), UserId: user.id };
  }
  const valid =
    caller.kind === 'root' || root.accessKeys.some((key) => key.id === caller.accessKeyId && key.active);
  if (!valid) throw invalidToken();
  return { Account, Arn: iamArn(world, 'root'), UserId: Account };
};

/** Who is calling, as GetCallerIdentity says it. Refused where the credentials no longer lead to anybody. */
export const identityOf = (world: World): CallerIdentity => {
  const { Arn, ...rest } = identityIn(world);
  return { ...rest, Arn: Arn.replace('arn:aws:', `arn:${world.account.partition ?? 'aws'}:`) };
};

/** Sessions from GetFederationToken, and from GetSessionToken without an MFA code. */
const mayNotCallIam = ({ caller }: World): boolean =>
  caller.kind === 'federated-user' || (caller.kind === 'user' && caller.session === true);

/** The permission that a refusal names: AWS Budgets has one to look and one to change. */
const permissionFor = (operation: string): string =>
  operation.startsWith('budgets:') ? `budgets:${isRead(operation) ? 'View' : 'Modify'}Budget` : operation;

/**
 * Refuses what the caller may not do. Root, roles and whoever has AdministratorAccess, directly or through a group,
 * may do everything; everybody else may only ask who they are: other policies are not evaluated.
 */
export const authorise = (world: World, operation: string): void => {
  const { Arn } = identityOf(world);
  const { caller } = world;
  if (world.organization?.project) obeyProjectPolicies(operation, Arn);
  if (mayNotCallIam(world) && operation.startsWith('iam:')) throw invalidToken();
  if (caller.kind !== 'user' || operation === 'sts:GetCallerIdentity') return;
  const user = world.users.find((one) => one.name === caller.name);
  const groups = world.groups.filter((group) => user?.groups.includes(group.name));
  const attached = [user, ...groups].flatMap((one) => one?.attached ?? []);
  if (!attached.includes(administratorAccess)) throw accessDenied(permissionFor(operation), Arn);
};
