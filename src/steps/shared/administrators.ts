import { GetLoginProfileCommand, ListMFADevicesCommand, type VirtualMFADevice } from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';

/** AWS's own policy for administrators, in any partition. */
const isAdministratorAccess = ({ arn }: { arn: string }): boolean =>
  arn.endsWith(':iam::aws:policy/AdministratorAccess');

export const administratorAccessArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The tag on users that this program created. Its value says what for. */
export const programTagKey = 'aws-first-steps';

export const findAdministratorGroupNames = (groups: readonly IamGroup[]): readonly string[] =>
  groups.filter((group) => group.attached.some(isAdministratorAccess)).map((group) => group.name);

/** The users who are administrators through a group. */
export const findAdministrators = ({ users, groups }: UsersAndGroups): readonly IamUser[] => {
  const admins = new Set(findAdministratorGroupNames(groups));
  return users.filter((user) => user.groups.some((group) => admins.has(group)));
};

/** Whether this program created the user as the daily administrator. */
const isOurAdministrator = (user: IamUser): boolean => user.tags[programTagKey] === 'administrator';

/** The administrator whose tags hold attestations: the one that this program created, or else the first by name. */
export const findAttestationHolder = (people: UsersAndGroups): IamUser | undefined => {
  const all = findAdministrators(people).toSorted((a, b) => a.name.localeCompare(b.name));
  return all.find(isOurAdministrator) ?? all[0];
};

/** An administrator, with the presence of a second factor and a console password. */
export type AdministratorCandidate = {
  name: string;
  createdByUs: boolean;
  inGroup: boolean;
  hasMfa: boolean;
  hasPassword: boolean;
};

/** At most this many users are checked one by one, so that the number of calls does not grow with the account. */
const maxUsersChecked = 10;

const hasLoginProfile = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  (await undefinedIf(isGone, aws.iam.send(new GetLoginProfileCommand({ UserName })))) !== undefined;

/**
 * Passkeys and hardware keys are not listed as virtual devices, so users without a virtual one need a call of their
 * own.
 */
const hasOtherMfa = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  ((await aws.iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices ?? []).length > 0;

/**
 * Administrators and those about to become one: members of an administrators' group, and users that this program
 * created but an interrupted run left outside it. Users with a virtual device come first. Of the others, only the first
 * ten are checked.
 */
export const readAdministratorCandidates = async (
  aws: AwsClients,
  everyone: UsersAndGroups,
  devices: readonly VirtualMFADevice[],
): Promise<readonly AdministratorCandidate[]> => {
  const withApp = new Set(devices.flatMap((device) => device.User?.UserName ?? []));
  const members = new Set(findAdministrators(everyone).map((user) => user.name));
  const near = everyone.users
    .filter((user) => members.has(user.name) || isOurAdministrator(user))
    .toSorted(
      (a, b) =>
        Number(withApp.has(b.name)) - Number(withApp.has(a.name)) ||
        Number(isOurAdministrator(b)) - Number(isOurAdministrator(a)),
    );
  return Promise.all(
    near.slice(0, maxUsersChecked).map(async (user) => {
      const [mfa, password] = await Promise.all([
        withApp.has(user.name) || hasOtherMfa(aws, user.name),
        hasLoginProfile(aws, user.name),
      ]);
      return {
        name: user.name,
        createdByUs: isOurAdministrator(user),
        inGroup: members.has(user.name),
        hasMfa: mfa,
        hasPassword: password,
      };
    }),
  );
};

/**
 * Whether the owner can work as this administrator from tomorrow on. A user that this program created lacks a console
 * password only after an interrupted run. How other users sign in is unknown.
 */
export const isReadyAdministrator = ({
  inGroup,
  hasMfa,
  hasPassword,
  createdByUs,
}: AdministratorCandidate): boolean => inGroup && hasMfa && (hasPassword || !createdByUs);

/** Whether any ready administrator can sign in to the console. */
export const canAnyAdministratorSignIn = ({
  candidates,
}: {
  candidates: readonly AdministratorCandidate[];
}): boolean => candidates.some((one) => isReadyAdministrator(one) && one.hasPassword);
