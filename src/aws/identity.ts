import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { sanitize } from '../lib/sanitize.ts';
import { UserError } from '../lib/user-error.ts';
import type { AwsClients } from './clients.ts';
import { getErrorCode, undefinedIf } from './errors/codes.ts';

/** Who is calling: the kinds of principal that AWS tells apart in an ARN. */
export type IdentityKind = 'root' | 'user' | 'role' | 'single-sign-on' | 'federated-user';

/**
 * Who is calling, in which account. `name` is that of the user, the role or, with single sign-on, the permission set;
 * empty for root.
 */
export type Identity = {
  accountId: string;
  arn: string;
  partition: string;
  kind: IdentityKind;
  name: string;
};

/**
 * The role that the newer sign-up signs its one person in with. AWS does not document the name, so that it counts only
 * together with membership in an organization: in an account that stands alone it is a role like any other.
 */
const projectRoleName = 'AccountFullAccessRole';

/** Whether somebody is signed in as people are in a project. */
export const isProjectIdentity = ({ kind, name }: Identity): boolean =>
  kind === 'role' && name === projectRoleName;

/** The roles that IAM Identity Center makes, one for each permission set (IAM Identity Center User Guide). */
const singleSignOnRolePattern = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

const parseRole = (role: string): Pick<Identity, 'kind' | 'name'> => {
  const permissionSet = singleSignOnRolePattern.exec(role)?.[1];
  return permissionSet ? { kind: 'single-sign-on', name: permissionSet } : { kind: 'role', name: role };
};

/**
 * Reads an identity from the ARN that sts:GetCallerIdentity answers. Forms: `:root`, `:user/PATH/NAME`,
 * `:assumed-role/ROLE/SESSION`, `:federated-user/NAME` (IAM User Guide, "IAM identifiers").
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
        `AWS answered with an identity that this program does not know: ${sanitize(arn, 200)}`,
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

/** The identity in words: `root user`, `user maria`, `role Admin`, `single sign-on role PowerUser`. */
export const describeIdentity = ({ kind, name }: Identity): string =>
  [identityKindNames[kind], name].filter(Boolean).join(' ');

/** Asks AWS who is calling. Needs no permission, so it is also the test that the credentials work. */
export const readIdentity = async (aws: AwsClients): Promise<Identity> => {
  const { Arn } = await aws.sts.send(new GetCallerIdentityCommand({}));
  return parseIdentity(Arn ?? '');
};

/** Whether a service does not accept the credentials at all, whatever is asked of it. */
export const isCredentialsRejection = (error: unknown): boolean =>
  getErrorCode(error) === 'InvalidClientTokenId';

/** The answer, or nothing where AWS would not give it; credentials that it does not accept at all are an error. */
export const orUndefined = <T>(work: Promise<T>): Promise<T | undefined> =>
  undefinedIf((error) => !isCredentialsRejection(error), work);

/** The account's alias, which stands in the sign-in address; nothing where there is none or AWS would not tell. */
export const readAccountAlias = async (aws: AwsClients): Promise<string | undefined> =>
  (await orUndefined(aws.iam.send(new ListAccountAliasesCommand({}))))?.AccountAliases?.[0];

/** Account ids are easier to compare in groups of four: `4312-0987-6655`. */
export const formatAccountId = (accountId: string): string =>
  accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');

/** Where an IAM user signs in; with an alias, the alias is part of it. */
export const getSignInUrl = (account: { accountId: string; alias?: string | undefined }): string =>
  `https://${account.alias ?? account.accountId}.signin.aws.amazon.com/console`;
