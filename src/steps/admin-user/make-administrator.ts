import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import {
  administratorAccessArn,
  programTagKey,
  type AdministratorCandidate,
} from '../shared/administrators.ts';
import type { AdministratorsGroup } from './administrators-group.ts';
import { enrolPhone } from './enrol-phone.ts';
import { givePassword } from './give-password.ts';
import { chooseNewDevice, type KnownDevice } from './new-device.ts';

/** What the check knows about administrators, and what a new one needs. */
export type AdminUserFacts = {
  accountId: string;
  signInUrl: string;
  candidates: readonly AdministratorCandidate[];
  /** How many administrators were not checked. */
  uncheckedCount: number;
  userNames: readonly string[];
  administratorsGroup: AdministratorsGroup;
  devices: readonly KnownDevice[];
  passwordLength: number;
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
  inGroup: false,
  hasMfa: false,
  hasPassword: false,
});

/** Creates the daily administrator, or completes the user that an interrupted run left unfinished. */
export const planAdministrator = (
  facts: AdminUserFacts,
  { who, name }: { who: string | undefined; name: string | undefined },
): readonly Action[] => {
  const known = facts.candidates.find((one) => one.name === (who ?? name) || one.name === name);
  if (!known && name === undefined) return [];
  const user = known ?? createNewCandidate(name ?? '');
  const { accountId, signInUrl } = facts;
  return [
    ...(user.inGroup ? [] : planAdministratorsGroup(facts)),
    ...(known ? [] : [planUserCreation(user.name)]),
    ...(user.inGroup
      ? []
      : [
          call(
            'iam',
            new AddUserToGroupCommand({ GroupName: facts.administratorsGroup.name, UserName: user.name }),
            `put ${user.name} into ${facts.administratorsGroup.name}`,
          ),
        ]),
    ...(user.hasMfa
      ? []
      : [
          enrolPhone({
            accountId,
            user: user.name,
            device: chooseNewDevice(accountId, user.name, facts.devices),
          }),
        ]),
    ...(user.hasPassword || !user.createdByUs
      ? []
      : [givePassword({ user: user.name, url: signInUrl, length: facts.passwordLength })]),
  ];
};
