import {
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  type AccessKeyMetadata,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import type { IamUser, UsersAndGroups } from '../../aws/reads/iam.ts';
import {
  canBecomeAdministrator,
  findLock,
  findUsableRole,
  judgeGroup,
  judgeUser,
  type UsableRole,
} from './iam-permissions.ts';
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

/** Whether a tag says that this program created the user as the daily administrator. Anybody can have set it. */
const isTaggedAsAdministrator = (user: IamUser): boolean => user.tags[programTagKey] === 'administrator';

/** The administrator whose tags hold attestations: the one that this program created, or else the first by name. */
export const findAttestationHolder = (everyone: UsersAndGroups): IamUser | undefined => {
  const all = findAdministrators(everyone).toSorted((a, b) => a.name.localeCompare(b.name));
  return all.find(isTaggedAsAdministrator) ?? all[0];
};

/** An administrator or somebody about to become one, and how they sign in. */
export type AdministratorCandidate = {
  name: string;
  createdByUs: boolean;
  /** Whether a tag says that this program created the user, and how they sign in says that it didn't. */
  hasDoubtfulTag: boolean;
  /** Whether the user can do everything. */
  isAdministrator: Certainty;
  /** Whether the permissions of an administrator would have effect. */
  canBecomeAdministrator: boolean;
  /** Of somebody who is no administrator: a role with which they can do everything. */
  usableRole: UsableRole | undefined;
  groups: readonly string[];
  /** The groups that make the user an administrator. */
  administratorGroups: readonly string[];
  /** Whether the user is no administrator without these groups. */
  isOnlyAdministratorByGroup: boolean;
  hasMfa: boolean;
  /** Whether one of their second factors is an app that shows codes. */
  usesAuthenticatorApp: boolean;
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

const readAccessKeys = async (aws: AwsClients, UserName: string): Promise<readonly AccessKeyMetadata[]> =>
  (await aws.iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? [];

/** The virtual devices that this program makes for a user carry its name and the user's. */
export const formatDeviceName = (user: string): string => `aws-first-steps-${user}`;

const hasOwnDevice = (user: string, devices: readonly VirtualMFADevice[]): boolean =>
  devices.some(
    ({ User, SerialNumber = '' }) =>
      User?.UserName === user && SerialNumber.split('/').at(-1)?.startsWith(formatDeviceName(user)),
  );

/** Whether a user would be no administrator without these groups. */
const isOnlyAdministratorBy = (
  everyone: UsersAndGroups,
  user: IamUser,
  groups: ReadonlySet<string>,
): boolean =>
  judgeUser(everyone, { ...user, groups: user.groups.filter((group) => !groups.has(group)) }) === 'no';

/** Somebody who would be an administrator, and what takes that away, in words: `locked out by AWSDenyAll`. */
type LockedAdministrator = { name: string; lock: string };

/** All who are administrators, may be, or are about to become one. */
export type AdministratorCandidates = {
  candidates: readonly AdministratorCandidate[];
  /** How many more there are, which were not checked. */
  uncheckedCount: number;
  locked: readonly LockedAdministrator[];
};

const findLocked = (everyone: UsersAndGroups): readonly LockedAdministrator[] =>
  everyone.users.flatMap((user) => {
    const lock = judgeUser(everyone, user) === 'no' ? findLock(everyone, user) : undefined;
    return lock === undefined ? [] : [{ name: user.name, lock }];
  });

const checkCandidate = async (
  aws: AwsClients,
  everyone: UsersAndGroups,
  devices: readonly VirtualMFADevice[],
  administratorGroups: ReadonlySet<string>,
  user: IamUser,
): Promise<AdministratorCandidate> => {
  const hasDevice = devices.some(({ User }) => User?.UserName === user.name);
  const [hasMfa, hasPassword, keys] = await Promise.all([
    hasDevice || hasOtherMfa(aws, user.name),
    hasLoginProfile(aws, user.name),
    readAccessKeys(aws, user.name),
  ]);
  const isAdministrator = judgeUser(everyone, user);
  const isTagged = isTaggedAsAdministrator(user);
  // A tag can be copied. This program gives its users no access key, and a password only after its own device.
  const isLikeOurs =
    keys.length === 0 &&
    (isAdministrator === 'yes' || hasOwnDevice(user.name, devices) || (!hasPassword && !hasMfa));
  return {
    name: user.name,
    createdByUs: isTagged && isLikeOurs,
    hasDoubtfulTag: isTagged && !isLikeOurs,
    isAdministrator,
    usableRole: isAdministrator === 'yes' ? undefined : findUsableRole(everyone, user),
    canBecomeAdministrator: canBecomeAdministrator(everyone, user),
    groups: user.groups,
    administratorGroups: user.groups.filter((group) => administratorGroups.has(group)),
    isOnlyAdministratorByGroup: isOnlyAdministratorBy(everyone, user, administratorGroups),
    hasMfa,
    usesAuthenticatorApp: hasDevice,
    hasPassword,
    accessKeys: keys
      .filter(({ Status }) => Status === 'Active')
      .flatMap(({ AccessKeyId }) => AccessKeyId ?? []),
    quarantine: findQuarantinePolicy(user),
  };
};

/**
 * Checks everyone who is an administrator or may be one, and users that this program created but an interrupted run left
 * without the permissions. Users with a virtual device come first.
 */
export const readAdministratorCandidates = async (
  aws: AwsClients,
  everyone: UsersAndGroups,
  devices: readonly VirtualMFADevice[],
): Promise<AdministratorCandidates> => {
  const withApp = new Set(devices.flatMap((device) => device.User?.UserName ?? []));
  const locked = findLocked(everyone);
  const near = everyone.users
    .filter(
      (user) =>
        (judgeUser(everyone, user) !== 'no' ||
          isTaggedAsAdministrator(user) ||
          findUsableRole(everyone, user) !== undefined) &&
        !locked.some(({ name }) => name === user.name),
    )
    .toSorted(
      (a, b) =>
        Number(withApp.has(b.name)) - Number(withApp.has(a.name)) ||
        Number(isTaggedAsAdministrator(b)) - Number(isTaggedAsAdministrator(a)),
    );
  const checked = near.slice(0, maxUsersChecked);
  const administratorGroups = new Set(findAdministratorGroupNames(everyone));
  return {
    candidates: await Promise.all(
      checked.map((user) => checkCandidate(aws, everyone, devices, administratorGroups, user)),
    ),
    uncheckedCount: near.length - checked.length,
    locked,
  };
};

/** Whether nobody can sign in as this user at all: neither to the console nor with an access key. */
export const isWithoutSignIn = ({ hasPassword, accessKeys }: AdministratorCandidate): boolean =>
  !hasPassword && accessKeys.length === 0;

/** Whether somebody is an administrator, may be one, or becomes one by a role. */
export const isPowerful = ({ isAdministrator, usableRole }: AdministratorCandidate): boolean =>
  isAdministrator !== 'no' || usableRole !== undefined;

/**
 * Whether the owner can work as this administrator from tomorrow on. A user that this program created lacks a console
 * password only after an interrupted run.
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
