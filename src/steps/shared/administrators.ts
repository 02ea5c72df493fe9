import {
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import type { IamUser, UsersAndGroups } from '../../aws/reads/iam.ts';
import { judgeGroup, judgeUser, listAllPolicies } from './iam-permissions.ts';
import { findQuarantinePolicy } from './quarantine.ts';

export const administratorAccessArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The tag on users that this program created. Its value says what for. */
export const programTagKey = 'aws-first-steps';

/** The most groups that a user can be in (IAM User Guide, "IAM and AWS STS quotas"). It cannot be raised. */
export const maxGroupsPerUser = 10;

/** The groups whose members are administrators by it alone. */
export const findAdministratorGroupNames = (everyone: UsersAndGroups): readonly string[] =>
  everyone.groups.filter((group) => judgeGroup(everyone, group) === 'yes').map((group) => group.name);

/** The users who can do everything, or make themselves able to. */
export const findAdministrators = (everyone: UsersAndGroups): readonly IamUser[] =>
  everyone.users.filter((user) => judgeUser(everyone, user) === 'yes');

/** Whether a tag says that this program created the user as the daily administrator. */
export const isCreatedAsAdministrator = (user: IamUser): boolean =>
  user.tags[programTagKey] === 'administrator';

/** The administrator whose tags hold attestations: the one that this program created, or else the first by name. */
export const findAttestationHolder = (everyone: UsersAndGroups): IamUser | undefined => {
  const all = findAdministrators(everyone).toSorted((a, b) => a.name.localeCompare(b.name));
  return all.find(isCreatedAsAdministrator) ?? all[0];
};

/** An administrator or somebody about to become one, and how they sign in. */
export type AdministratorCandidate = {
  name: string;
  createdByUs: boolean;
  /** Whether the user can do everything. */
  isAdministrator: Certainty;
  groups: readonly string[];
  /** The groups that make the user an administrator. */
  administratorGroups: readonly string[];
  /** Whether the user is no administrator without these groups. */
  isOnlyAdministratorByGroup: boolean;
  /** Of a user who is in a group of administrators and is none: the policy that takes the permissions away. */
  deniedBy: string | undefined;
  hasMfa: boolean;
  hasPassword: boolean;
  /** The ids of active access keys. */
  accessKeys: readonly string[];
  /** The policy with which AWS has locked the user down after a leak. */
  quarantine: string | undefined;
};

/** At most this many users are checked one by one, so that the number of calls does not grow with the account. */
const maxUsersChecked = 20;

const hasLoginProfile = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  (await undefinedIf(isGone, aws.iam.send(new GetLoginProfileCommand({ UserName })))) !== undefined;

/**
 * Passkeys and hardware keys are not listed as virtual devices, so users without a virtual one need a call of their
 * own.
 */
const hasOtherMfa = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  ((await aws.iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices ?? []).length > 0;

const readActiveKeys = async (aws: AwsClients, UserName: string): Promise<readonly string[]> =>
  ((await aws.iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? [])
    .filter(({ Status }) => Status === 'Active')
    .flatMap(({ AccessKeyId }) => AccessKeyId ?? []);

const findDenyingPolicy = (everyone: UsersAndGroups, user: IamUser): string =>
  listAllPolicies(everyone, user).find(({ document }) => document?.some(({ effect }) => effect === 'Deny'))
    ?.name ?? 'its permissions boundary';

/** Whether a user would be no administrator without these groups. */
const isOnlyAdministratorBy = (
  everyone: UsersAndGroups,
  user: IamUser,
  groups: ReadonlySet<string>,
): boolean =>
  judgeUser(everyone, { ...user, groups: user.groups.filter((group) => !groups.has(group)) }) === 'no';

/** All who are administrators, may be, or are about to become one, and how many of them were not checked. */
export type AdministratorCandidates = {
  candidates: readonly AdministratorCandidate[];
  uncheckedCount: number;
};

/**
 * Checks everyone who is an administrator, may be one, or would be if no policy denied it, and users that this program
 * created but an interrupted run left without the permissions. Users with a virtual device come first.
 */
export const readAdministratorCandidates = async (
  aws: AwsClients,
  everyone: UsersAndGroups,
  devices: readonly VirtualMFADevice[],
): Promise<AdministratorCandidates> => {
  const withApp = new Set(devices.flatMap((device) => device.User?.UserName ?? []));
  const administratorGroups = new Set(findAdministratorGroupNames(everyone));
  const near = everyone.users
    .map((user) => ({ user, isAdministrator: judgeUser(everyone, user) }))
    .filter(
      ({ user, isAdministrator }) =>
        isAdministrator !== 'no' ||
        isCreatedAsAdministrator(user) ||
        user.groups.some((group) => administratorGroups.has(group)),
    )
    .toSorted(
      ({ user: a }, { user: b }) =>
        Number(withApp.has(b.name)) - Number(withApp.has(a.name)) ||
        Number(isCreatedAsAdministrator(b)) - Number(isCreatedAsAdministrator(a)),
    );
  const candidates = await Promise.all(
    near.slice(0, maxUsersChecked).map(async ({ user, isAdministrator }) => {
      const [mfa, password, accessKeys] = await Promise.all([
        withApp.has(user.name) || hasOtherMfa(aws, user.name),
        hasLoginProfile(aws, user.name),
        readActiveKeys(aws, user.name),
      ]);
      const isLocked =
        isAdministrator === 'no' && user.groups.some((group) => administratorGroups.has(group));
      return {
        name: user.name,
        // This program gives its users no access keys. A tag can be copied.
        createdByUs: isCreatedAsAdministrator(user) && accessKeys.length === 0,
        isAdministrator,
        groups: user.groups,
        administratorGroups: user.groups.filter((group) => administratorGroups.has(group)),
        isOnlyAdministratorByGroup: isOnlyAdministratorBy(everyone, user, administratorGroups),
        deniedBy: isLocked ? findDenyingPolicy(everyone, user) : undefined,
        hasMfa: mfa,
        hasPassword: password,
        accessKeys,
        quarantine: findQuarantinePolicy(user),
      };
    }),
  );
  return { candidates, uncheckedCount: near.length - candidates.length };
};

/**
 * Whether the owner can work as this administrator from tomorrow on. A user that this program created lacks a console
 * password only after an interrupted run. How other users sign in is unknown.
 */
export const isReadyAdministrator = ({
  isAdministrator,
  hasMfa,
  hasPassword,
  createdByUs,
  quarantine,
}: AdministratorCandidate): boolean =>
  isAdministrator === 'yes' && hasMfa && (hasPassword || !createdByUs) && quarantine === undefined;

/** Whether any ready administrator can sign in to the console. */
export const canAnyAdministratorSignIn = ({
  candidates,
}: {
  candidates: readonly AdministratorCandidate[];
}): boolean => candidates.some((one) => isReadyAdministrator(one) && one.hasPassword);
