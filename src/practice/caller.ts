import { getIamActions } from '../aws/services.ts';
import { createAccessDeniedError } from './faults.ts';
import { formatIamArn } from './operation.ts';
import { enforceProjectPolicies } from './scenarios/project-policies.ts';
import { ErrorResponse } from './error-response.ts';
import type { PracticeUser, World } from './world/world.ts';
import { administratorAccessArn } from './services/iam/managed-policies.ts';

export const formatUserArn = (world: World, user: Pick<PracticeUser, 'name' | 'path'>) =>
  formatIamArn(world, `user${user.path}${user.name}`);

const createInvalidClientTokenError = () =>
  new ErrorResponse('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');

type CallerIdentity = { Account: string; Arn: string; UserId: string };

const resolveCallerIdentity = (world: World): CallerIdentity => {
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
    if (!user) throw createInvalidClientTokenError();
    return { Account, Arn: formatUserArn(world, user), UserId: user.id };
  }
  const valid =
    caller.kind === 'root' || root.accessKeys.some((key) => key.id === caller.accessKeyId && key.active);
  if (!valid) throw createInvalidClientTokenError();
  return { Account, Arn: formatIamArn(world, 'root'), UserId: Account };
};

/** The caller as GetCallerIdentity reports it. Throws if the credentials belong to nobody any more. */
export const getCallerIdentity = (world: World): CallerIdentity => {
  const { Arn, ...rest } = resolveCallerIdentity(world);
  return { ...rest, Arn: Arn.replace('arn:aws:', `arn:${world.account.partition ?? 'aws'}:`) };
};

/** Sessions from GetFederationToken, and from GetSessionToken without an MFA code. */
const isBarredFromIam = ({ caller }: World): boolean =>
  caller.kind === 'federated-user' || (caller.kind === 'user' && caller.session === true);

/**
 * Denies what the caller may not do. Root, roles, and users with AdministratorAccess, directly or through a group, may
 * do everything. Everyone else may only ask who they are: other policies are not evaluated.
 */
export const authorizeCall = (world: World, operation: string): void => {
  const { Arn } = getCallerIdentity(world);
  const { caller } = world;
  if (world.organization?.project) enforceProjectPolicies(operation, Arn);
  if (isBarredFromIam(world) && operation.startsWith('iam:')) throw createInvalidClientTokenError();
  if (caller.kind !== 'user' || operation === 'sts:GetCallerIdentity') return;
  const user = world.users.find((one) => one.name === caller.name);
  const groups = world.groups.filter((group) => user?.groups.includes(group.name));
  const attached = [user, ...groups].flatMap((one) => one?.attached ?? []);
  if (attached.includes(administratorAccessArn)) return;
  // The error names the permission, which can differ from the operation's name.
  const [permission = operation] = getIamActions(operation, false);
  throw createAccessDeniedError(permission, Arn);
};
