import { group, type Holder, type Paged, user, type WithPolicy } from './holders.ts';
import { newName } from './names.ts';
import { iamPage, type Operations, type Visit } from '../../operation.ts';
import { limitExceeded, noSuchEntity, Refusal, required } from '../../refusal.ts';
import type { World } from '../../world/world.ts';

const malformed = (why: string) => new Refusal('MalformedPolicyDocument', 400, why);

const readableDocument = (document: string): string => {
  try {
    const read: unknown = JSON.parse(document);
    if (typeof read === 'object' && read !== null && 'Statement' in read) return document;
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  throw malformed('Syntax errors in policy.');
};

const put =
  (holder: Holder) =>
  ({ world }: Visit, input: WithPolicy) => {
    const one = holder.of(world, input);
    const name = newName(input.PolicyName, 'policyName', 128);
    const document = readableDocument(required(input.PolicyDocument, 'policyDocument'));
    const inline = [...one.inline.filter((policy) => policy.name !== name), { name, document }];
    const size = inline.reduce((sum, policy) => sum + policy.document.replaceAll(/\s/g, '').length, 0);
    if (size > holder.inlineSize) throw limitExceeded(holder.sizeQuota, holder.inlineSize);
    one.inline = inline;
    return {};
  };

const inlineOf = (holder: Holder, world: World, input: WithPolicy) => {
  const one = holder.of(world, input);
  const policy = one.inline.find(({ name }) => name === required(input.PolicyName, 'policyName'));
  if (!policy) throw noSuchEntity(`The ${holder.kind} policy with name ${input.PolicyName} cannot be found.`);
  return { one, policy };
};

const get =
  (holder: Holder) =>
  ({ world }: Visit, input: WithPolicy) => {
    const { one, policy } = inlineOf(holder, world, input);
    return {
      ...holder.label(one),
      PolicyName: policy.name,
      PolicyDocument: encodeURIComponent(policy.document),
    };
  };

const remove =
  (holder: Holder) =>
  ({ world }: Visit, input: WithPolicy) => {
    const { one, policy } = inlineOf(holder, world, input);
    one.inline = one.inline.filter((other) => other !== policy);
    return {};
  };

const listInline =
  (holder: Holder) =>
  ({ world }: Visit, input: Paged) => {
    const { items, paging } = iamPage(holder.of(world, input).inline, input);
    return { PolicyNames: items.map(({ name }) => name), ...paging };
  };

/** IAM's operations on the inline policies of users and groups. */
export const inlinePolicyOperations = {
  PutUserPolicy: put(user),
  PutGroupPolicy: put(group),
  GetUserPolicy: get(user),
  GetGroupPolicy: get(group),
  DeleteUserPolicy: remove(user),
  DeleteGroupPolicy: remove(group),
  ListUserPolicies: listInline(user),
  ListGroupPolicies: listInline(group),
} satisfies Operations;
