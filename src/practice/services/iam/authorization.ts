import type {
  GetAccountAuthorizationDetailsCommandInput,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import { listedGroup } from './groups.ts';
import { listedUser } from './users.ts';
import { policyName } from './managed-policies.ts';
import { type Answer, iamPage, type Operations, type Visit } from '../../operation.ts';
import type { Group, User, World } from '../../world/world.ts';

const attachedTo = ({ attached }: Group) =>
  attached.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn }));

const inlineOf = ({ inline }: Group) =>
  inline.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encodeURIComponent(document) }));

/** AWS leaves `UserPolicyList` out where it would be empty, but not `GroupPolicyList`. */
const userDetail = (world: World, user: User): UserDetail => ({
  ...listedUser(world, user),
  ...(user.inline.length > 0 && { UserPolicyList: inlineOf(user) }),
  GroupList: user.groups,
  AttachedManagedPolicies: attachedTo(user),
  Tags: user.tags,
});

const groupDetail = (world: World, group: Group): GroupDetail => ({
  ...listedGroup(world, group),
  GroupPolicyList: inlineOf(group),
  AttachedManagedPolicies: attachedTo(group),
});

const getAccountAuthorizationDetails = (
  { world }: Visit,
  input: GetAccountAuthorizationDetailsCommandInput,
): Answer<GetAccountAuthorizationDetailsCommandOutput> => {
  const { Filter: filter = ['User', 'Group'] } = input;
  const all = [
    ...(filter.includes('User') ? world.users.map((user) => ({ user })) : []),
    ...(filter.includes('Group') ? world.groups.map((group) => ({ group })) : []),
  ];
  const { items, paging } = iamPage(all, input);
  return {
    UserDetailList: items.flatMap((one) => ('user' in one ? [userDetail(world, one.user)] : [])),
    GroupDetailList: items.flatMap((one) => ('group' in one ? [groupDetail(world, one.group)] : [])),
    RoleDetailList: [],
    Policies: [],
    ...paging,
  };
};

/** IAM's one operation that tells everything about who may do what. */
export const authorizationOperations = {
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
} satisfies Operations;
