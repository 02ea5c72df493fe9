import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListVirtualMFADevicesCommand,
  type GetAccountAuthorizationDetailsResponse,
  type PasswordPolicy,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { UserError } from '../../lib/user-error.ts';
import type { AwsClients } from '../clients.ts';
import { getErrorCode } from '../consistency.ts';

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

/** Follows an AWS list to its last page. `marker` is whatever the service calls its place in the list. */
export const fetchAllPages = async <Page>(
  fetch: (marker: string | undefined) => Promise<Page>,
  next: (page: Page) => string | undefined,
): Promise<Page[]> => {
  const pages: Page[] = [];
  let marker: string | undefined;
  do {
    const page = await fetch(marker);
    pages.push(page);
    marker = next(page);
  } while (marker);
  return pages;
};

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
  const pages = await fetchAllPages(
    (Marker) =>
      aws.iam.send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ['User', 'Group'],
          MaxItems: 1000,
          ...(Marker && { Marker }),
        }),
      ),
    (page) => (page.IsTruncated ? page.Marker : undefined),
  );
  const parts = pages.map(toUsersAndGroups);
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
export const readVirtualMfaDevices = async (aws: AwsClients): Promise<readonly VirtualMFADevice[]> => {
  const pages = await fetchAllPages(
    (Marker) => aws.iam.send(new ListVirtualMFADevicesCommand({ ...(Marker && { Marker }) })),
    (page) => (page.IsTruncated ? page.Marker : undefined),
  );
  return pages.flatMap((page) => page.VirtualMFADevices ?? []);
};

/** The account's password policy, or nothing where AWS's default holds. */
export const readPasswordPolicy = async (aws: AwsClients): Promise<PasswordPolicy | undefined> => {
  try {
    return (await aws.iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;
  } catch (error) {
    if (getErrorCode(error) === 'NoSuchEntity') return undefined;
    throw error;
  }
};
