import type { GetPolicyCommandInput, GetPolicyCommandOutput } from '@aws-sdk/client-iam';
import {
  groupHolderKind,
  type PolicyHolderKind,
  type PolicyListInput,
  userHolderKind,
  type PolicyInput,
} from './policy-holders.ts';
import {
  requireAttachablePolicy,
  isManagedPolicy,
  getManagedPolicyName,
  getManagedPolicyPath,
} from './managed-policies.ts';
import {
  type OperationOutput,
  paginateIam,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import {
  createValidationError,
  createLimitExceededError,
  createNoSuchEntityError,
  requireValue,
} from '../../error-response.ts';

const maxAttachedPolicies = 10;

const createAttachPolicy =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyInput) => {
    const one = holder.requireHolder(world, input);
    const arn = requireAttachablePolicy(requireValue(input.PolicyArn, 'policyArn'));
    if (one.attached.includes(arn)) return {};
    if (one.attached.length >= maxAttachedPolicies)
      throw createLimitExceededError(holder.attachedQuotaName, maxAttachedPolicies);
    one.attached.push(arn);
    return {};
  };

const createDetachPolicy =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyInput) => {
    const one = holder.requireHolder(world, input);
    if (!one.attached.includes(requireValue(input.PolicyArn, 'policyArn'))) {
      throw createNoSuchEntityError(`Policy ${input.PolicyArn} was not found.`);
    }
    one.attached = one.attached.filter((arn) => arn !== input.PolicyArn);
    return {};
  };

const createListAttachedPolicies =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyListInput) => {
    const { items, paging } = paginateIam(holder.requireHolder(world, input).attached, input);
    return {
      AttachedPolicies: items.map((arn) => ({ PolicyName: getManagedPolicyName(arn), PolicyArn: arn })),
      ...paging,
    };
  };

const getPolicy = (
  { world }: OperationContext,
  { PolicyArn }: GetPolicyCommandInput,
): OperationOutput<GetPolicyCommandOutput> => {
  const arn = requireValue(PolicyArn, 'policyArn');
  if (!/^arn:[^:]+:iam::[^:]*:policy\/./.test(arn)) throw createValidationError(`ARN ${arn} is not valid.`);
  if (!isManagedPolicy(arn)) throw createNoSuchEntityError(`Policy ${arn} was not found.`);
  const holders = [...world.users, ...world.groups].filter((one) => one.attached.includes(arn));
  const Policy = {
    PolicyName: getManagedPolicyName(arn),
    Arn: arn,
    Path: getManagedPolicyPath(arn),
    DefaultVersionId: 'v1',
    AttachmentCount: holders.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
  };
  return { Policy };
};

/** IAM's operations on the managed policies of users and groups. */
export const policyOperations = {
  AttachUserPolicy: createAttachPolicy(userHolderKind),
  AttachGroupPolicy: createAttachPolicy(groupHolderKind),
  DetachUserPolicy: createDetachPolicy(userHolderKind),
  DetachGroupPolicy: createDetachPolicy(groupHolderKind),
  ListAttachedUserPolicies: createListAttachedPolicies(userHolderKind),
  ListAttachedGroupPolicies: createListAttachedPolicies(groupHolderKind),
  GetPolicy: getPolicy,
} satisfies OperationTable;
