import { requireGroup, requireUser } from './names.ts';
import type { PracticeGroup, PracticeUser, World } from '../../world/world.ts';

/** IAM has the same operations for users and groups. They differ only in the member that names the user or group. */
type PolicyHolderInput = { UserName?: string; GroupName?: string };
/** A request about one policy of a user or a group. */
export type PolicyInput = PolicyHolderInput & {
  PolicyArn?: string;
  PolicyName?: string;
  PolicyDocument?: string;
};

/** A user or a group as the holder of policies. */
export type PolicyHolderKind = {
  kind: 'user' | 'group';
  /** The maximum of non-blank characters in all inline policies of one holder together. */
  maxInlineSize: number;
  inlineSizeQuotaName: string;
  attachedQuotaName: string;
  requireHolder(world: World, input: PolicyHolderInput): PracticeUser | PracticeGroup;
};

export const userHolderKind: PolicyHolderKind = {
  kind: 'user',
  maxInlineSize: 2048,
  inlineSizeQuotaName: 'UserPolicySize',
  attachedQuotaName: 'PoliciesPerUser',
  requireHolder: (world, { UserName }) => requireUser(world, UserName),
};

export const groupHolderKind: PolicyHolderKind = {
  kind: 'group',
  maxInlineSize: 5120,
  inlineSizeQuotaName: 'GroupPolicySize',
  attachedQuotaName: 'PoliciesPerGroup',
  requireHolder: (world, { GroupName }) => requireGroup(world, GroupName),
};
