import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { iam, type Action } from '../../core/action.ts';
import type { UsersAndGroups } from '../../aws/reads/iam.ts';
import { listed, type ChosenTeam } from './questions.ts';
import { requireMfaDocument, requireMfaName } from './require-mfa.ts';
import { forEverybody } from './teams.ts';

const short = (arn: string) => arn.split('/').at(-1);

/** Whom a change to a group reaches besides those who are put into it now. */
const reaching = (everyone: UsersAndGroups, group: string): string => {
  const already = everyone.users.filter((user) => user.groups.includes(group)).map((user) => user.name);
  return already.length > 0 ? `, also for ${listed(already)}, in it already` : '';
};

/** Makes or completes one team's group; what an interrupted run has done already is not done again. */
export const teamActions = (
  everyone: UsersAndGroups,
  { name, team, members }: ChosenTeam,
  mfa: boolean,
): readonly Action[] => {
  const group = everyone.groups.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const GroupName = group?.name ?? name;
  const reached = reaching(everyone, GroupName);
  // What the team is for comes last: until then the group is not taken for a team's, and an interrupted run is seen.
  const missing = [...forEverybody, ...team.policies].filter(
    (arn) => !group?.attached.some((policy) => policy.arn === arn),
  );
  return [
    ...(group ? [] : [iam(new CreateGroupCommand({ GroupName }), `make the group ${GroupName}`)]),
    ...(mfa && !group?.inline.some((policy) => policy.name === requireMfaName)
      ? [
          iam(
            new PutGroupPolicyCommand({
              GroupName,
              PolicyName: requireMfaName,
              PolicyDocument: requireMfaDocument,
            }),
            `make the members of ${GroupName} use MFA${reached}`,
          ),
        ]
      : []),
    ...missing.map((PolicyArn) =>
      iam(
        new AttachGroupPolicyCommand({ GroupName, PolicyArn }),
        `give ${GroupName} the policy ${short(PolicyArn)}${reached}`,
      ),
    ),
    ...members
      .filter((user) => !everyone.users.find((one) => one.name === user)?.groups.includes(GroupName))
      .map((UserName) =>
        iam(new AddUserToGroupCommand({ GroupName, UserName }), `put ${UserName} into ${GroupName}`),
      ),
  ];
};
