import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { iam, type Action } from '../../core/action.ts';
import { administratorAccess, ourTag, type Candidate } from '../shared/administrators.ts';
import type { AdministratorsGroup } from './administrators-group.ts';
import { enrolPhone } from './enrol-phone.ts';
import { givePassword } from './give-password.ts';
import { deviceFor, type KnownDevice } from './new-device.ts';

/** What is known about administrators, and what a new one needs. */
export type AdministratorFacts = {
  accountId: string;
  url: string;
  candidates: readonly Candidate[];
  /** How many administrators were not asked about. */
  unseen: number;
  userNames: readonly string[];
  group: AdministratorsGroup;
  devices: readonly KnownDevice[];
  passwordLength: number;
};

const groupActions = ({ group }: AdministratorFacts): readonly Action[] => [
  ...(group.exists
    ? []
    : [iam(new CreateGroupCommand({ GroupName: group.name }), `make the group ${group.name}`)]),
  ...(group.attached
    ? []
    : [
        iam(
          new AttachGroupPolicyCommand({ GroupName: group.name, PolicyArn: administratorAccess }),
          `let ${group.name} do everything`,
        ),
      ]),
];

const make = (user: string): Action =>
  iam(
    new CreateUserCommand({ UserName: user, Tags: [{ Key: ourTag, Value: 'administrator' }] }),
    `make the user ${user}`,
  );

const fresh = (name: string): Candidate => ({
  name,
  ours: true,
  inGroup: false,
  mfa: false,
  password: false,
});

/** What it takes to make somebody the daily administrator, or to complete whom an interrupted run began. */
export const planAdministrator = (
  facts: AdministratorFacts,
  answers: { who?: string | undefined; name?: string | undefined },
): readonly Action[] => {
  const known = facts.candidates.find(
    (one) => one.name === (answers.who ?? answers.name) || one.name === answers.name,
  );
  const user = known ?? fresh(answers.name ?? '');
  const { accountId, url } = facts;
  return [
    ...(user.inGroup ? [] : groupActions(facts)),
    ...(known ? [] : [make(user.name)]),
    ...(user.inGroup
      ? []
      : [
          iam(
            new AddUserToGroupCommand({ GroupName: facts.group.name, UserName: user.name }),
            `put ${user.name} into ${facts.group.name}`,
          ),
        ]),
    ...(user.mfa
      ? []
      : [
          enrolPhone({
            accountId,
            user: user.name,
            device: deviceFor(accountId, user.name, facts.devices),
          }),
        ]),
    ...(user.password || !user.ours
      ? []
      : [givePassword({ user: user.name, url, length: facts.passwordLength })]),
  ];
};
