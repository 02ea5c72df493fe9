import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { sanitize } from '../lib/sanitize.ts';
import { UserError } from '../lib/user-error.ts';
import type { AwsClients } from './clients.ts';
import { getErrorCode, undefinedIf } from './errors/codes.ts';

/** The kinds of principals that AWS distinguishes in an ARN. */
export type IdentityKind = 'root' | 'user' | 'role' | 'single-sign-on' | 'federated-user';

/**
 * Who makes the calls, and in which account. `name` is the name of the user, the role or, with single sign-on, the
 * permission set. It is empty for root.
 */
export type Identity = {
  accountId: string;
  arn: string;
  partition: string;
  kind: IdentityKind;
  name: string;
};

/**
 * The role that the newer sign-up gives to its one user. AWS does not document the name, so it counts only in an
 * account that belongs to an organization. In a standalone account it is an ordinary role.
 */
const projectRoleName = 'AccountFullAccessRole';

/** Whether the caller is signed in with the role that projects use. */
export const isProjectIdentity = ({ kind, name }: Identity): boolean =>
  kind === 'role' && name === projectRoleName;

/** The roles that IAM Identity Center creates, one per permission set (IAM Identity Center User Guide). */
const singleSignOnRolePattern = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** The permission set that IAM Identity Center made a role for, or nothing for any other role. */
export const parsePermissionSet = (role: string): string | undefined =>
  singleSignOnRolePattern.exec(role)?.[1];

const parseRole = (role: string): Pick<Identity, 'kind' | 'name'> => {
  const permissionSet = parsePermissionSet(role);
  return permissionSet ? { kind: 'single-sign-on', name: permissionSet } : { kind: 'role', name: role };
};

/**
 * Parses the ARN that sts:GetCallerIdentity returns. Forms: `:root`, `:user/PATH/NAME`, `:assumed-role/ROLE/SESSION`,
 * `:federated-user/NAME` (IAM User Guide, "IAM identifiers").
 */
const parseIdentity = (arn: string): Identity => {
  const [, partition = '', , , accountId = '', ...rest] = arn.split(':');
  const [kind = '', ...path] = rest.join(':').split('/');
  const base = { accountId, arn, partition };
  switch (kind) {
    case 'root':
      return { ...base, kind: 'root', name: '' };
    case 'user':
      return { ...base, kind: 'user', name: path.at(-1) ?? '' };
    case 'assumed-role':
      return { ...base, ...parseRole(path[0] ?? '') };
    case 'federated-user':
      return { ...base, kind: 'federated-user', name: path.at(-1) ?? '' };
    default:
      throw new UserError(
        arn === ''
          ? 'AWS answered without saying who is signed in.'
          : `AWS answered with an identity that this program does not know: ${sanitize(arn, 200)}.`,
        ['Is a proxy or an emulator between here and AWS? If not, look for a newer version of this program.'],
      );
  }
};

const identityKindNames: Readonly<Record<IdentityKind, string>> = {
  root: 'root user',
  user: 'user',
  role: 'role',
  'single-sign-on': 'single sign-on role',
  'federated-user': 'temporary federated user',
};

/** Describes the identity: `root user`, `user maria`, `role Admin`, `single sign-on role PowerUser`. */
export const describeIdentity = ({ kind, name }: Identity): string =>
  [identityKindNames[kind], name].filter(Boolean).join(' ');

/** Asks AWS who makes the calls. This needs no permission, so it also tests whether the credentials work. */
export const readIdentity = async (aws: AwsClients): Promise<Identity> => {
  const { Arn } = await aws.sts.send(new GetCallerIdentityCommand({}));
  return parseIdentity(Arn ?? '');
};

/** Whether a service rejects the credentials themselves, whatever the call. */
export const isCredentialsRejection = (error: unknown): boolean =>
  getErrorCode(error) === 'InvalidClientTokenId';

/** The answer, or undefined if AWS refuses it. Credentials that AWS rejects altogether are still an error. */
export const orUndefined = <T>(work: Promise<T>): Promise<T | undefined> =>
  undefinedIf((error) => !isCredentialsRejection(error), work);

/** The account's alias, which is part of the sign-in URL. Undefined if there is none or AWS refuses to say. */
export const readAccountAlias = async (aws: AwsClients): Promise<string | undefined> =>
  (await orUndefined(aws.iam.send(new ListAccountAliasesCommand({}))))?.AccountAliases?.[0];

/** Groups the digits of an account ID in fours, which makes IDs easier to compare: `4312-0987-6655`. */
export const formatAccountId = (accountId: string): string =>
  accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');

/** The sign-in URL for IAM users. It contains the alias if the account has one. */
export const getSignInUrl = (account: { accountId: string; alias?: string | undefined }): string =>
  `https://${account.alias ?? account.accountId}.signin.aws.amazon.com/console`;
