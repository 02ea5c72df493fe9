import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListVirtualMFADevices,
  type GetAccountAuthorizationDetailsResponse,
  type ManagedPolicyDetail,
  type PasswordPolicy,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { UserError } from '../../lib/user-error.ts';
import type { AwsClients } from '../clients.ts';
import { isGone, undefinedIf } from '../errors/codes.ts';
import { readAllPages } from './pages.ts';

type AttachedPolicy = { name: string; arn: string };

/** A policy embedded in a user or a group. `document` is JSON. */
type InlinePolicy = { name: string; document: string };

/** The policies of a user, a group or a role itself. A user's policies through groups are not included. */
export type IamEntity = {
  name: string;
  arn: string;
  attached: readonly AttachedPolicy[];
  inline: readonly InlinePolicy[];
};

/** `boundary` is the ARN of the policy beyond which the user's permissions never reach. */
export type IamUser = IamEntity & {
  groups: readonly string[];
  tags: Readonly<Record<string, string>>;
  boundary: string | undefined;
};

export type IamGroup = IamEntity;

/** `trustPolicy` is JSON and says who may take the role. */
export type IamRole = IamEntity & { trustPolicy: string; boundary: string | undefined };

/** Everyone who may do something in the account, and the documents of the managed policies that AWS returned, by ARN. */
export type UsersAndGroups = {
  users: readonly IamUser[];
  groups: readonly IamGroup[];
  roles: readonly IamRole[];
  policyDocuments: ReadonlyMap<string, string>;
  /** The documents of the versions that are not in effect, by the ARN of the account's own managed policies. */
  otherVersions?: ReadonlyMap<string, readonly string[]>;
};

const toAttachedPolicies = (entity: {
  AttachedManagedPolicies?: { PolicyName?: string | undefined; PolicyArn?: string | undefined }[] | undefined;
}) => ({
  attached: (entity.AttachedManagedPolicies ?? []).map((one) => ({
    name: one.PolicyName ?? '',
    arn: one.PolicyArn ?? '',
  })),
});

/** AWS sends policy documents URL-encoded. Emulators send plain JSON. */
const decodePolicyDocument = (document: string): string => {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
};

const toInlinePolicies = (
  list: { PolicyName?: string | undefined; PolicyDocument?: string | undefined }[] | undefined,
) =>
  (list ?? []).map((one) => ({
    name: one.PolicyName ?? '',
    document: decodePolicyDocument(one.PolicyDocument ?? ''),
  }));

const getDocument = ({ PolicyVersionList = [], DefaultVersionId }: ManagedPolicyDetail): string | undefined =>
  PolicyVersionList.find((one) => one.IsDefaultVersion || one.VersionId === DefaultVersionId)?.Document;

const toPolicyDocuments = (policies: readonly ManagedPolicyDetail[]): ReadonlyMap<string, string> =>
  new Map(
    policies.flatMap((policy) => {
      const document = getDocument(policy);
      return document === undefined ? [] : [[policy.Arn ?? '', decodePolicyDocument(document)]];
    }),
  );

const toOtherVersions = (policies: readonly ManagedPolicyDetail[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policies
      .filter(({ Arn = '' }) => !Arn.includes('::aws:'))
      .map(({ Arn = '', DefaultVersionId, PolicyVersionList = [] }) => [
        Arn,
        PolicyVersionList.filter(
          (one) => !one.IsDefaultVersion && one.VersionId !== DefaultVersionId,
        ).flatMap(({ Document }) => (Document === undefined ? [] : decodePolicyDocument(Document))),
      ]),
  );

const toUsersAndGroups = (page: GetAccountAuthorizationDetailsResponse): UsersAndGroups => ({
  users: (page.UserDetailList ?? []).map((user) => ({
    ...toAttachedPolicies(user),
    name: user.UserName ?? '',
    arn: user.Arn ?? '',
    groups: user.GroupList ?? [],
    inline: toInlinePolicies(user.UserPolicyList),
    tags: Object.fromEntries((user.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    boundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
  })),
  groups: (page.GroupDetailList ?? []).map((group) => ({
    ...toAttachedPolicies(group),
    name: group.GroupName ?? '',
    arn: group.Arn ?? '',
    inline: toInlinePolicies(group.GroupPolicyList),
  })),
  roles: (page.RoleDetailList ?? []).map((role) => ({
    ...toAttachedPolicies(role),
    name: role.RoleName ?? '',
    arn: role.Arn ?? '',
    inline: toInlinePolicies(role.RolePolicyList),
    trustPolicy: decodePolicyDocument(role.AssumeRolePolicyDocument ?? ''),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
  })),
  policyDocuments: toPolicyDocuments(page.Policies ?? []),
  otherVersions: toOtherVersions(page.Policies ?? []),
});

/**
 * Reads every user, group and role with what their policies say. It takes one call per page, however many users there
 * are.
 */
export const readUsersAndGroups = async (aws: AwsClients): Promise<UsersAndGroups> => {
  const parts = await readAllPages(
    paginateGetAccountAuthorizationDetails,
    aws.iam,
    { Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'], MaxItems: 1000 },
    (page) => [toUsersAndGroups(page)],
  );
  return {
    users: parts.flatMap((part) => part.users),
    groups: parts.flatMap((part) => part.groups),
    roles: parts.flatMap((part) => part.roles),
    policyDocuments: new Map(parts.flatMap((part) => [...part.policyDocuments])),
    otherVersions: new Map(parts.flatMap((part) => [...(part.otherVersions ?? [])])),
  };
};

/**
 * IAM's counts for the whole account: `AccountMFAEnabled`, `AccountAccessKeysPresent`, quotas. Throws if the `needed`
 * count is missing. A proxy can produce an empty answer that the SDK accepts as a success, and that must not look like
 * "no access keys".
 */
export const readAccountSummary = async (
  aws: AwsClients,
  needed: 'AccountMFAEnabled' | 'AccountAccessKeysPresent',
): Promise<Readonly<Record<string, number>>> => {
  const { SummaryMap = {} } = await aws.iam.send(new GetAccountSummaryCommand({}));
  if (needed in SummaryMap) return SummaryMap;
  throw new UserError(`AWS answered without the figure ${needed}.`, [
    'Is a proxy or a login page between you and AWS? Check again once that is solved.',
  ]);
};

/** How many more users and groups the account can have. Infinity where AWS does not say. */
export type IamRoom = { users: number; groups: number };

const subtract = (quota: number | undefined, count: number | undefined): number =>
  quota === undefined || count === undefined ? Infinity : Math.max(0, quota - count);

export const readIamRoom = async (aws: AwsClients): Promise<IamRoom> => {
  const { UsersQuota, Users, GroupsQuota, Groups } = await readAccountSummary(aws, 'AccountMFAEnabled');
  return { users: subtract(UsersQuota, Users), groups: subtract(GroupsQuota, Groups) };
};

/** All virtual MFA devices, including unassigned ones. Passkeys and hardware keys are not included. */
export const readVirtualMfaDevices = (aws: AwsClients): Promise<readonly VirtualMFADevice[]> =>
  readAllPages(paginateListVirtualMFADevices, aws.iam, {}, (page) => page.VirtualMFADevices);

/** The account's password policy, or undefined if AWS's default applies. */
export const readPasswordPolicy = async (aws: AwsClients): Promise<PasswordPolicy | undefined> => {
  const answer = await undefinedIf(isGone, aws.iam.send(new GetAccountPasswordPolicyCommand({})));
  return answer?.PasswordPolicy;
};
