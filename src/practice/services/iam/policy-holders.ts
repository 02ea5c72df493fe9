import { requireGroup, requireUser } from './names.ts';
import type { PracticeGroup, PracticeUser, World } from '../../world/world.ts';

/** IAM has the same operations for users and for groups; only the name of the member that says whom differs. */
type PolicyHolderInput = { UserName?: string; GroupName?: string };
/** A request about one policy of somebody. */
export type PolicyInput = PolicyHolderInput & {
  PolicyArn?: string;
  PolicyName?: string;
  PolicyDocument?: string;
};

/** A user or a group, as far as policies go. */
export type PolicyHolderKind = {
  kind: 'user' | 'group';
  /** Non-blank characters that all inline policies of one holder may have together. */
  maxInlineSize: number;
  inlineSizeQuotaName: string;
  attachedQuotaName: string;
  requireHolder(world: World, input: PolicyHolderInput): PracticeUser | PracticeGroup;
};

/** Users as holders of policies. */
export const userHolderKind: PolicyHolderKind = {
  kind: 'user',
  maxInlineSize: 2048,
  inlineSizeQuotaName: 'UserPolicySize',
  attachedQuotaName: 'PoliciesPerUser',
  requireHolder: (world, { UserName }) => requireUser(world, UserName),
};

/** Groups as holders of policies. */
export const groupHolderKind: PolicyHolderKind = {
  kind: 'group',
  maxInlineSize: 5120,
  inlineSizeQuotaName: 'GroupPolicySize',
  attachedQuotaName: 'PoliciesPerGroup',
  requireHolder: (world, { GroupName }) => requireGroup(world, GroupName),
};
