import type { GetPolicyCommandInput, GetPolicyCommandOutput } from '@aws-sdk/client-iam';
import { group, type Holder, type Paged, user, type WithPolicy } from './holders.ts';
import { attachable, exists, policyName, policyPath } from './managed-policies.ts';
import { type Answer, iamPage, type Operations, type Visit } from '../../operation.ts';
import { invalid, limitExceeded, noSuchEntity, required } from '../../refusal.ts';

const attachedLimit = 10;

const attach =
  (holder: Holder) =>
  ({ world }: Visit, input: WithPolicy) => {
    const one = holder.of(world, input);
    const arn = attachable(required(input.PolicyArn, 'policyArn'));
    if (one.attached.includes(arn)) return {};
    if (one.attached.length >= attachedLimit) throw limitExceeded(holder.attachedQuota, attachedLimit);
    one.attached.push(arn);
    return {};
  };

const detach =
  (holder: Holder) =>
  ({ world }: Visit, input: WithPolicy) => {
    const one = holder.of(world, input);
    if (!one.attached.includes(required(input.PolicyArn, 'policyArn'))) {
      throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
    }
    one.attached = one.attached.filter((arn) => arn !== input.PolicyArn);
    return {};
  };

const listAttached =
  (holder: Holder) =>
  ({ world }: Visit, input: Paged) => {
    const { items, paging } = iamPage(holder.of(world, input).attached, input);
    return {
      AttachedPolicies: items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })),
      ...paging,
    };
  };

const getPolicy = (
  { world }: Visit,
  { PolicyArn }: GetPolicyCommandInput,
): Answer<GetPolicyCommandOutput> => {
  const arn = required(PolicyArn, 'policyArn');
  if (!/^arn:[^:]+:iam::[^:]*:policy\/./.test(arn)) throw invalid(`ARN ${arn} is not valid.`);
  if (!exists(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  const holders = [...world.users, ...world.groups].filter((one) => one.attached.includes(arn));
  const Policy = {
    PolicyName: policyName(arn),
    Arn: arn,
    Path: policyPath(arn),
    DefaultVersionId: 'v1',
    AttachmentCount: holders.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
  };
  return { Policy };
};

/** IAM's operations on the managed policies of users and groups. */
export const policyOperations = {
  AttachUserPolicy: attach(user),
  AttachGroupPolicy: attach(group),
  DetachUserPolicy: detach(user),
  DetachGroupPolicy: detach(group),
  ListAttachedUserPolicies: listAttached(user),
  ListAttachedGroupPolicies: listAttached(group),
  GetPolicy: getPolicy,
} satisfies Operations;
