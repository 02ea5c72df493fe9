import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListVirtualMFADevices,
  type GetAccountAuthorizationDetailsResponse,
  type PasswordPolicy,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { UserError } from '../../lib/user-error.ts';
import type { AwsClients } from '../clients.ts';
import { isGone, undefinedIf } from '../errors/codes.ts';
import { readAllPages } from './pages.ts';

/** A managed policy where it is attached. */
type AttachedPolicy = { name: string; arn: string };

/** A policy written into a user or a group; `document` is JSON. */
type InlinePolicy = { name: string; document: string };

/** What a user or a group is allowed, as far as it is said there directly. */
type IamEntity = { name: string; attached: readonly AttachedPolicy[]; inline: readonly InlinePolicy[] };

/** An IAM user. */
export type IamUser = IamEntity & { groups: readonly string[]; tags: Readonly<Record<string, string>> };

/** An IAM group. */
export type IamGroup = IamEntity;

/** All users and groups of an account. */
export type UsersAndGroups = { users: readonly IamUser[]; groups: readonly IamGroup[] };

const toAttachedPolicies = (entity: {
  AttachedManagedPolicies?: { PolicyName?: string | undefined; PolicyArn?: string | undefined }[] | undefined;
}) => ({
  attached: (entity.AttachedManagedPolicies ?? []).map((one) => ({
    name: one.PolicyName ?? '',
    arn: one.PolicyArn ?? '',
  })),
});

/** AWS sends policy documents URL-encoded; emulators send them plain. */
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

const toUsersAndGroups = (page: GetAccountAuthorizationDetailsResponse): UsersAndGroups => ({
  users: (page.UserDetailList ?? []).map((user) => ({
    ...toAttachedPolicies(user),
    name: user.UserName ?? '',
    groups: user.GroupList ?? [],
    inline: toInlinePolicies(user.UserPolicyList),
    tags: Object.fromEntries((user.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
  })),
  groups: (page.GroupDetailList ?? []).map((group) => ({
    ...toAttachedPolicies(group),
    name: group.GroupName ?? '',
    inline: toInlinePolicies(group.GroupPolicyList),
  })),
});

/** Every user and group with what they are allowed. One call a page, however many users there are. */
export const readUsersAndGroups = async (aws: AwsClients): Promise<UsersAndGroups> => {
  const parts = await readAllPages(
    paginateGetAccountAuthorizationDetails,
    aws.iam,
    { Filter: ['User', 'Group'], MaxItems: 1000 },
    (page) => [toUsersAndGroups(page)],
  );
  return { users: parts.flatMap((part) => part.users), groups: parts.flatMap((part) => part.groups) };
};

/**
 * What IAM counts for the whole account: `AccountMFAEnabled`, `AccountAccessKeysPresent`, quotas. The one that is
 * `needed` must be there: an empty answer (a proxy can make one, and the SDK takes it for a success) must not read as
 * "no access keys".
 */
export const readAccountSummary = async (
  aws: AwsClients,
  needed: 'AccountMFAEnabled' | 'AccountAccessKeysPresent',
): Promise<Readonly<Record<string, number>>> => {
  const { SummaryMap = {} } = await aws.iam.send(new GetAccountSummaryCommand({}));
  if (needed in SummaryMap) return SummaryMap;
  throw new UserError(`AWS answered without the figure that was asked for (${needed}).`, [
    'Is a proxy or a login page between you and AWS? Look again when that is settled.',
  ]);
};

/** All virtual MFA devices, those that belong to nobody included. Passkeys and hardware keys are not among them. */
export const readVirtualMfaDevices = (aws: AwsClients): Promise<readonly VirtualMFADevice[]> =>
  readAllPages(paginateListVirtualMFADevices, aws.iam, {}, (page) => page.VirtualMFADevices);

/** The account's password policy, or nothing where AWS's default holds. */
export const readPasswordPolicy = async (aws: AwsClients): Promise<PasswordPolicy | undefined> => {
  const answer = await undefinedIf(isGone, aws.iam.send(new GetAccountPasswordPolicyCommand({})));
  return answer?.PasswordPolicy;
};
