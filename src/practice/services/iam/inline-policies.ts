import {
  groupHolderKind,
  type PolicyHolderKind,
  userHolderKind,
  type PolicyInput,
} from './policy-holders.ts';
import { requireValidName } from './names.ts';
import { type OperationTable, type OperationContext } from '../../operation.ts';
import {
  createLimitExceededError,
  createNoSuchEntityError,
  ErrorResponse,
  requireValue,
} from '../../error-response.ts';
import type { World } from '../../world/world.ts';

const createMalformedPolicyError = (why: string) => new ErrorResponse('MalformedPolicyDocument', 400, why);

const requirePolicyDocument = (document: string): string => {
  try {
    const read: unknown = JSON.parse(document);
    if (typeof read === 'object' && read !== null && 'Statement' in read) return document;
  } catch {
    throw createMalformedPolicyError('This policy contains invalid Json');
  }
  throw createMalformedPolicyError('Syntax errors in policy.');
};

const createPutInlinePolicy =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyInput) => {
    const one = holder.requireHolder(world, input);
    const name = requireValidName(input.PolicyName, 'policyName', 128);
    const document = requirePolicyDocument(requireValue(input.PolicyDocument, 'policyDocument'));
    const inline = [...one.inline.filter((policy) => policy.name !== name), { name, document }];
    const size = inline.reduce((sum, policy) => sum + policy.document.replaceAll(/\s/g, '').length, 0);
    if (size > holder.maxInlineSize)
      throw createLimitExceededError(holder.inlineSizeQuotaName, holder.maxInlineSize);
    one.inline = inline;
    return {};
  };

const requireInlinePolicy = (holder: PolicyHolderKind, world: World, input: PolicyInput) => {
  const one = holder.requireHolder(world, input);
  const policy = one.inline.find(({ name }) => name === requireValue(input.PolicyName, 'policyName'));
  if (!policy)
    throw createNoSuchEntityError(`The ${holder.kind} policy with name ${input.PolicyName} cannot be found.`);
  return { one, policy };
};

const createDeleteInlinePolicy =
  (holder: PolicyHolderKind) =>
  ({ world }: OperationContext, input: PolicyInput) => {
    const { one, policy } = requireInlinePolicy(holder, world, input);
    one.inline = one.inline.filter((other) => other !== policy);
    return {};
  };

export const inlinePolicyOperations = {
  PutUserPolicy: createPutInlinePolicy(userHolderKind),
  PutGroupPolicy: createPutInlinePolicy(groupHolderKind),
  DeleteUserPolicy: createDeleteInlinePolicy(userHolderKind),
} satisfies OperationTable;
