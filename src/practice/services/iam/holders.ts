import { groupNamed, userNamed } from './names.ts';
import type { Group, User, World } from '../../world/world.ts';

/** IAM has the same operations for users and for groups; only the name of the member that says whom differs. */
export type Whose = { UserName?: string; GroupName?: string };
/** A request about one policy of somebody. */
export type WithPolicy = Whose & { PolicyArn?: string; PolicyName?: string; PolicyDocument?: string };
/** A request for a list of policies of somebody. */
export type Paged = Whose & { Marker?: string; MaxItems?: number };

/** A user or a group, as far as policies go. */
export type Holder = {
  kind: 'user' | 'group';
  /** Non-blank characters that all inline policies of one holder may have together. */
  inlineSize: number;
  sizeQuota: string;
  attachedQuota: string;
  of(world: World, input: Whose): User | Group;
  /** The answer's member that says whose policy it is. */
  label(holder: User | Group): Whose;
};

/** Users as holders of policies. */
export const user: Holder = {
  kind: 'user',
  inlineSize: 2048,
  sizeQuota: 'UserPolicySize',
  attachedQuota: 'PoliciesPerUser',
  of: (world, { UserName }) => userNamed(world, UserName),
  label: ({ name }) => ({ UserName: name }),
};

/** Groups as holders of policies. */
export const group: Holder = {
  kind: 'group',
  inlineSize: 5120,
  sizeQuota: 'GroupPolicySize',
  attachedQuota: 'PoliciesPerGroup',
  of: (world, { GroupName }) => groupNamed(world, GroupName),
  label: ({ name }) => ({ GroupName: name }),
};
