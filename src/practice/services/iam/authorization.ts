import type {
  EntityType,
  GetAccountAuthorizationDetailsCommandInput,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import { toSdkGroup } from './groups.ts';
import { toSdkUser } from './users.ts';
import { getManagedPolicyDocument, getManagedPolicyName } from './managed-policies.ts';
import {
  type OperationOutput,
  paginateIam,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import type { PracticeGroup, PracticeRole, PracticeUser, World } from '../../world/world.ts';

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
  ...(user.boundary !== undefined && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: user.boundary,
    },
  }),
  Tags: user.tags,
});

const toGroupDetail = (world: World, group: PracticeGroup): GroupDetail => ({
  ...toSdkGroup(world, group),
  GroupPolicyList: toSdkInlinePolicies(group),
  AttachedManagedPolicies: toSdkAttachedPolicies(group),
});

const toRoleDetail = (world: World, role: PracticeRole): RoleDetail => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: `arn:aws:iam::${world.account.id}:role${role.path}${role.name}`,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
  InstanceProfileList: [],
  RolePolicyList: toSdkInlinePolicies(role),
  AttachedManagedPolicies: toSdkAttachedPolicies(role),
  Tags: [],
});

const toPolicyDetail = (arn: string, document: string): ManagedPolicyDetail => ({
  PolicyName: getManagedPolicyName(arn),
  Arn: arn,
  DefaultVersionId: 'v1',
  IsAttachable: true,
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encodeURIComponent(document) }],
});

/** AWS managed policies are returned only where something has them. */
const listAttachedAwsPolicies = ({ users, groups, roles = [] }: World): readonly string[] => {
  const attached = [...users, ...groups, ...roles].flatMap((one) => one.attached);
  const boundaries = users.flatMap(({ boundary }) => boundary ?? []);
  return [...new Set([...attached, ...boundaries])].filter((arn) => arn.includes('::aws:policy/'));
};

/** Builds the parts of an answer, each for one filter. Without a filter AWS returns everything. */
const listDetails = (world: World): Readonly<Record<EntityType, readonly Details[]>> => ({
  User: world.users.map((user) => ({ user: toUserDetail(world, user) })),
  Group: world.groups.map((group) => ({ group: toGroupDetail(world, group) })),
  Role: (world.roles ?? []).map((role) => ({ role: toRoleDetail(world, role) })),
  LocalManagedPolicy: (world.policies ?? []).map(({ arn, document }) => ({
    policy: toPolicyDetail(arn, document),
  })),
  AWSManagedPolicy: listAttachedAwsPolicies(world).map((arn) => ({
    policy: toPolicyDetail(arn, getManagedPolicyDocument(arn)),
  })),
});

type Details = Partial<{
  user: UserDetail;
  group: GroupDetail;
  role: RoleDetail;
  policy: ManagedPolicyDetail;
}>;

const getAccountAuthorizationDetails = (
  { world }: OperationContext,
  input: GetAccountAuthorizationDetailsCommandInput,
): OperationOutput<GetAccountAuthorizationDetailsCommandOutput> => {
  const all = Object.entries(listDetails(world)).flatMap(([kind, details]) =>
    input.Filter === undefined || input.Filter.some((one) => one === kind) ? details : [],
  );
  const { items, paging } = paginateIam(all, input);
  return {
    UserDetailList: items.flatMap(({ user }) => user ?? []),
    GroupDetailList: items.flatMap(({ group }) => group ?? []),
    RoleDetailList: items.flatMap(({ role }) => role ?? []),
    Policies: items.flatMap(({ policy }) => policy ?? []),
    ...paging,
  };
};

/** IAM's one operation that lists all users and groups with their policies. */
export const authorizationOperations = {
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
} satisfies OperationTable;
