import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { call, type Action } from '../../core/action.ts';
import { judgeMfaRequirement } from '../../aws/policies/permissions.ts';
import type { IamGroup, UsersAndGroups } from '../../aws/reads/iam.ts';
import { listDocuments } from '../shared/iam-permissions.ts';
import { formatNameList } from '../shared/name-list.ts';
import { chooseRequireMfaName, requireMfaPolicyDocument } from './require-mfa.ts';
import { listTeamPolicies, type ChosenTeam } from './teams.ts';

const getPolicyNameFromArn = (arn: string) => arn.split('/').at(-1);

/** The existing members whom a change to a group affects. */
const describeExistingMembers = (everyone: UsersAndGroups, group: string): string => {
  const already = everyone.users.filter((user) => user.groups.includes(group)).map((user) => user.name);
  return already.length > 0 ? `, also for ${formatNameList(already)}, in it already` : '';
};

const requiresMfa = (everyone: UsersAndGroups, group: IamGroup): boolean =>
  judgeMfaRequirement(listDocuments(everyone, group)) === 'yes';

/** Creates or completes one team's group. Changes that an interrupted run already made are not repeated. */
export const planTeamGroup = (
  everyone: UsersAndGroups,
  { name, team, members }: ChosenTeam,
  mfa: boolean,
): readonly Action[] => {
  const group = everyone.groups.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const GroupName = group?.name ?? name;
  const reached = describeExistingMembers(everyone, GroupName);
  // The team's own policies come last. Until then the group does not count as a team's, and an interrupted run is
  // noticed.
  const missing = listTeamPolicies(team).filter(
    (arn) => !group?.attached.some((policy) => policy.arn === arn),
  );
  return [
    ...(group ? [] : [call('iam', new CreateGroupCommand({ GroupName }), `make the group ${GroupName}`)]),
    ...(mfa && !(group && requiresMfa(everyone, group))
      ? [
          call(
            'iam',
            new PutGroupPolicyCommand({
              GroupName,
              PolicyName: chooseRequireMfaName(group?.inline.map((policy) => policy.name) ?? []),
              PolicyDocument: requireMfaPolicyDocument,
            }),
            `make the members of ${GroupName} use MFA${reached}`,
          ),
        ]
      : []),
    ...missing.map((PolicyArn) =>
      call(
        'iam',
        new AttachGroupPolicyCommand({ GroupName, PolicyArn }),
        `give ${GroupName} the policy ${getPolicyNameFromArn(PolicyArn)}${reached}`,
      ),
    ),
    ...members
      .filter((user) => !everyone.users.find((one) => one.name === user)?.groups.includes(GroupName))
      .map((UserName) =>
        call('iam', new AddUserToGroupCommand({ GroupName, UserName }), `put ${UserName} into ${GroupName}`),
      ),
  ];
};
