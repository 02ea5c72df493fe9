import { GetLoginProfileCommand, ListMFADevicesCommand, type VirtualMFADevice } from '@aws-sdk/client-iam';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';

/** AWS's own policy for administrators, in whatever partition. */
const isAdministratorAccess = ({ arn }: { arn: string }): boolean =>
  arn.endsWith(':iam::aws:policy/AdministratorAccess');

export const administratorAccessArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The tag that marks a user as made by this program; its value says what for. */
export const programTagKey = 'aws-first-steps';

export const findAdministratorGroupNames = (groups: readonly IamGroup[]): readonly string[] =>
  groups.filter((group) => group.attached.some(isAdministratorAccess)).map((group) => group.name);

/** The users who are administrators through a group. */
export const findAdministrators = ({ users, groups }: UsersAndGroups): readonly IamUser[] => {
  const admins = new Set(findAdministratorGroupNames(groups));
  return users.filter((user) => user.groups.some((group) => admins.has(group)));
};

/** Whether this program made the user to be the daily administrator. */
const isOurAdministrator = (user: IamUser): boolean => user.tags[programTagKey] === 'administrator';

/** The administrator whose tags carry attestations: the one that this program made, else the first by name. */
export const findAttestationHolder = (people: UsersAndGroups): IamUser | undefined => {
  const all = findAdministrators(people).toSorted((a, b) => a.name.localeCompare(b.name));
  return all.find(isOurAdministrator) ?? all[0];
};

/** An administrator as the step sees one: with a second factor or not, with a console password or not. */
export type AdministratorCandidate = {
  name: string;
  createdByUs: boolean;
  inGroup: boolean;
  hasMfa: boolean;
  hasPassword: boolean;
};

/** How many users are asked about one by one, so that the number of calls does not grow with the account. */
const maxUsersChecked = 10;

const hasLoginProfile = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  (await undefinedIf(isGone, aws.iam.send(new GetLoginProfileCommand({ UserName })))) !== undefined;

/** Passkeys and hardware keys are not among the virtual devices, so a user without one of those is asked about. */
const hasOtherMfa = async (aws: AwsClients, UserName: string): Promise<boolean> =>
  ((await aws.iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices ?? []).length > 0;

/**
 * Who is, or is about to be, an administrator: members of an administrators' group, and users that this program made and an
 * interrupted run left outside of it. Those with a virtual device come first; of all others the first ten are asked about.
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
 * Whether the owner can work as this administrator from tomorrow on. One that this program made has no console password
 * only after an interrupted run; how others sign in is not known.
 */
export const isReadyAdministrator = ({
  inGroup,
  hasMfa,
  hasPassword,
  createdByUs,
}: AdministratorCandidate): boolean => inGroup && hasMfa && (hasPassword || !createdByUs);

/** Whether somebody is ready who can sign in to the console. */
export const canAnyAdministratorSignIn = ({
  candidates,
}: {
  candidates: readonly AdministratorCandidate[];
}): boolean => candidates.some((one) => isReadyAdministrator(one) && one.hasPassword);
