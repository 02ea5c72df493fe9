import type {
  GetAccountAuthorizationDetailsCommandInput,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import { toSdkGroup } from './groups.ts';
import { toSdkUser } from './users.ts';
import { getManagedPolicyName } from './managed-policies.ts';
import {
  type OperationOutput,
  paginateIam,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import type { PracticeGroup, PracticeUser, World } from '../../world/world.ts';

const toSdkAttachedPolicies = ({ attached }: PracticeGroup) =>
  attached.map((arn) => ({ PolicyName: getManagedPolicyName(arn), PolicyArn: arn }));

const toSdkInlinePolicies = ({ inline }: PracticeGroup) =>
  inline.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encodeURIComponent(document) }));

/** AWS omits an empty `UserPolicyList`, but not an empty `GroupPolicyList`. */
const toUserDetail = (world: World, user: PracticeUser): UserDetail => ({
  ...toSdkUser(world, user),
  ...(user.inline.length > 0 && { UserPolicyList: toSdkInlinePolicies(user) }),
  GroupList: user.groups,
  AttachedManagedPolicies: toSdkAttachedPolicies(user),
  Tags: user.tags,
});

const toGroupDetail = (world: World, group: PracticeGroup): GroupDetail => ({
  ...toSdkGroup(world, group),
  GroupPolicyList: toSdkInlinePolicies(group),
  AttachedManagedPolicies: toSdkAttachedPolicies(group),
});

const getAccountAuthorizationDetails = (
  { world }: OperationContext,
  input: GetAccountAuthorizationDetailsCommandInput,
): OperationOutput<GetAccountAuthorizationDetailsCommandOutput> => {
  const { Filter: filter = ['User', 'Group'] } = input;
  const all = [
    ...(filter.includes('User') ? world.users.map((user) => ({ user })) : []),
    ...(filter.includes('Group') ? world.groups.map((group) => ({ group })) : []),
  ];
  const { items, paging } = paginateIam(all, input);
  return {
    UserDetailList: items.flatMap((one) => ('user' in one ? [toUserDetail(world, one.user)] : [])),
    GroupDetailList: items.flatMap((one) => ('group' in one ? [toGroupDetail(world, one.group)] : [])),
    RoleDetailList: [],
    Policies: [],
    ...paging,
  };
};

/** IAM's one operation that lists all users and groups with their policies. */
export const authorizationOperations = {
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
} satisfies OperationTable;
