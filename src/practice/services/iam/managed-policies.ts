import { createValidationError, createNoSuchEntityError } from '../../error-response.ts';

const managedPolicyArnPrefix = 'arn:aws:iam::aws:policy/';

export const administratorAccessArn = `${managedPolicyArnPrefix}AdministratorAccess`;

/** The AWS managed policies that exist in the practice account. Their documents are not modelled. */
const managedPolicyArns = new Set(
  [
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
    'SecurityAudit',
    'IAMFullAccess',
    'IAMReadOnlyAccess',
    'IAMUserChangePassword',
    'SignInLocalDevelopmentAccess',
    'AWSBillingReadOnlyAccess',
    'AWSBudgetsReadOnlyAccess',
    'AmazonS3FullAccess',
    'AmazonS3ReadOnlyAccess',
    'CloudFrontFullAccess',
    'CloudWatchReadOnlyAccess',
    'job-function/Billing',
    'job-function/DataScientist',
    'job-function/DatabaseAdministrator',
    'job-function/NetworkAdministrator',
    'job-function/SupportUser',
    'job-function/SystemAdministrator',
    'job-function/ViewOnlyAccess',
  ].map((name) => managedPolicyArnPrefix + name),
);

export const getManagedPolicyName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Whether the managed policy exists. The practice account has no customer managed policies. */
const isManagedPolicy = (arn: string): boolean => managedPolicyArns.has(arn);

/** The ARN, or IAM's error if it is not an ARN or names no existing policy. */
export const requireAttachablePolicy = (arn: string): string => {
  if (!/^arn:[^:]+:iam::[^:]*:policy\/./.test(arn)) throw createValidationError(`ARN ${arn} is not valid.`);
  if (!isManagedPolicy(arn))
    throw createNoSuchEntityError(`Policy ${arn} does not exist or is not attachable.`);
  return arn;
};
