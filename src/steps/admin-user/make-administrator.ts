import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import {
  administratorAccessArn,
  isWithoutSignIn,
  programTagKey,
  type AdministratorCandidate,
  type AdministratorCandidates,
} from '../shared/administrators.ts';
import type { Attestation } from '../../core/attestation.ts';
import type { IamRoom } from '../../aws/reads/iam.ts';
import type { OutsideRole } from '../shared/outside-roles.ts';
import type { AdministratorsGroup } from './administrators-group.ts';
import { enrolPhone } from './enrol-phone.ts';
import { givePassword } from './give-password.ts';
import { chooseNewDevice, type KnownDevice } from './new-device.ts';

/** What the check knows about administrators, and what a new one needs. */
export type AdminUserFacts = AdministratorCandidates & {
  /** What the owner said of the access keys of administrators. */
  attestation: Attestation | undefined;
  fromFuture: Attestation | undefined;
  accountId: string;
  signInUrl: string;
  /** The name of the user who runs this program. Empty if it is no user. */
  callerName: string;
  /** The key that signs this program's own calls. */
  ownAccessKeyId: string;
  outsideRoles: readonly OutsideRole[];
  attestationHolder: string | undefined;
  /** How many more users and groups the account can have. */
  room: IamRoom;
  userNames: readonly string[];
  /** Groups that lost what made their members administrators. */
  idleGroups: readonly string[];
  administratorsGroup: AdministratorsGroup;
  devices: readonly KnownDevice[];
  /** What the account's password policy asks for. */
  minPasswordLength: number;
};

const planAdministratorsGroup = ({ administratorsGroup }: AdminUserFacts): readonly Action[] => [
  ...(administratorsGroup.exists
    ? []
    : [
        call(
          'iam',
          new CreateGroupCommand({ GroupName: administratorsGroup.name }),
          `make the group ${administratorsGroup.name}`,
        ),
      ]),
  ...(administratorsGroup.hasAdministratorPolicy
    ? []
    : [
        call(
          'iam',
          new AttachGroupPolicyCommand({
            GroupName: administratorsGroup.name,
            PolicyArn: administratorAccessArn,
          }),
          `let ${administratorsGroup.name} do everything`,
        ),
      ]),
];

const planUserCreation = (user: string): Action =>
  call(
    'iam',
    new CreateUserCommand({ UserName: user, Tags: [{ Key: programTagKey, Value: 'administrator' }] }),
    `make the user ${user}`,
  );

const createNewCandidate = (name: string): AdministratorCandidate => ({
  name,
  createdByUs: true,
  hasDoubtfulTag: false,
  isAdministrator: 'no',
  usableRole: undefined,
  canBecomeAdministrator: true,
  groups: [],
  administratorGroups: [],
  isOnlyAdministratorByGroup: false,
  hasMfa: false,
  usesAuthenticatorApp: false,
  hasPassword: false,
  accessKeys: [],
  quarantine: undefined,
});

const isAdministrator = (user: AdministratorCandidate): boolean => user.isAdministrator === 'yes';

/** Enrolls a user's phone as their second factor. */
export const planPhone = ({ accountId, devices }: AdminUserFacts, user: string): Action =>
  enrolPhone({ accountId, user, device: chooseNewDevice(accountId, user, devices) });

/** Creates the daily administrator, or completes the user that an interrupted run left unfinished. */
export const planAdministrator = (
  facts: AdminUserFacts,
  { who, name }: { who: string | undefined; name: string | undefined },
): readonly Action[] => {
  const known = facts.candidates.find((one) => one.name === (who ?? name) || one.name === name);
  if (!known && name === undefined) return [];
  const user = known ?? createNewCandidate(name ?? '');
  const { signInUrl } = facts;
  return [
    ...(isAdministrator(user) ? [] : planAdministratorsGroup(facts)),
    ...(known ? [] : [planUserCreation(user.name)]),
    ...(isAdministrator(user) || user.groups.includes(facts.administratorsGroup.name)
      ? []
      : [
          call(
            'iam',
            new AddUserToGroupCommand({ GroupName: facts.administratorsGroup.name, UserName: user.name }),
            `put ${user.name} into ${facts.administratorsGroup.name}`,
          ),
        ]),
    ...(user.hasMfa ? [] : [planPhone(facts, user.name)]),
    // Nobody can be using a user who has neither a password nor a key. How others sign in is for them to change.
    ...(isWithoutSignIn(user)
      ? [givePassword({ user: user.name, url: signInUrl, minLength: facts.minPasswordLength })]
      : []),
  ];
};
