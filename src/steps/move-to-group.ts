import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { iam, type Action } from '../aws/action.ts';
import type { Group, User } from '../aws/reads.ts';

/** Whether a user has permissions of its own, not through a group. */
export const hasOwnPolicies = (user: User): boolean => user.attached.length > 0 || user.inline.length > 0;

/** The group that takes over a user's own policies. */
export const successorOf = (user: User): string => `${user.name}-permissions`;

/**
 * Gives a user the same permissions through a group of its own. What is taken from the user comes last, so that the
 * user is never without; whatever an interrupted run has done already is not done again.
 */
export const moveToGroup = (user: User, groups: readonly Group[]): readonly Action[] => {
  const GroupName = successorOf(user);
  const UserName = user.name;
  const group = groups.find((one) => one.name.toLowerCase() === GroupName.toLowerCase());
  const missing = user.attached.filter(({ arn }) => !group?.attached.some((one) => one.arn === arn));
  const member = user.groups.some((name) => name.toLowerCase() === GroupName.toLowerCase());
  return [
    ...(group ? [] : [iam(new CreateGroupCommand({ GroupName }), `make the group ${GroupName}`)]),
    ...missing.map(({ arn, name }) =>
      iam(new AttachGroupPolicyCommand({ GroupName, PolicyArn: arn }), `give the group the policy ${name}`),
    ),
    ...user.inline.map(({ name, document }) =>
      iam(
        new PutGroupPolicyCommand({ GroupName, PolicyName: name, PolicyDocument: document }),
        `write the policy ${name} into the group`,
      ),
    ),
    ...(member
      ? []
      : [
          iam(
            new AddUserToGroupCommand({ GroupName, UserName }),
            `put ${UserName} into the group ${GroupName}`,
          ),
        ]),
    ...user.attached.map(({ arn, name }) =>
      iam(
        new DetachUserPolicyCommand({ UserName, PolicyArn: arn }),
        `take the policy ${name} from ${UserName} itself`,
      ),
    ),
    ...user.inline.map(({ name }) =>
      iam(
        new DeleteUserPolicyCommand({ UserName, PolicyName: name }),
        `delete the policy ${name} of ${UserName} itself`,
      ),
    ),
  ];
};
