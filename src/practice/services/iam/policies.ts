import {
  groupHolderKind,
  type PolicyHolderKind,
  userHolderKind,
  type PolicyInput,
} from './policy-holders.ts';
import { requireAttachablePolicy } from './managed-policies.ts';
import { type OperationTable, type OperationContext } from '../../operation.ts';
import { createLimitExceededError, createNoSuchEntityError, requireValue } from '../../error-response.ts';

const maxAttachedPolicies = 10;

const createAttachPolicy =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyInput) => {
    const one = holder.requireHolder(world, input);
    const arn = requireAttachablePolicy(world, requireValue(input.PolicyArn, 'policyArn'));
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

export const policyOperations = {
  AttachUserPolicy: createAttachPolicy(userHolderKind),
  AttachGroupPolicy: createAttachPolicy(groupHolderKind),
  DetachUserPolicy: createDetachPolicy(userHolderKind),
} satisfies OperationTable;
