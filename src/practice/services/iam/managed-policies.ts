import { createValidationError, createNoSuchEntityError } from '../../error-response.ts';

const managedPolicyArnPrefix = 'arn:aws:iam::aws:policy/';

/** The policy of administrators. */
export const administratorAccessArn = `${managedPolicyArnPrefix}AdministratorAccess`;

/** The AWS managed policies that the practice account has; of those, only that they exist. */
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

/** The last part of a policy's ARN. */
export const getManagedPolicyName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Whether there is such a policy. There are no customer managed ones in the practice account. */
const isManagedPolicy = (arn: string): boolean => managedPolicyArns.has(arn);

/** The ARN, or IAM's refusal of one that is not an ARN or that leads to no policy. */
export const requireAttachablePolicy = (arn: string): string => {
  if (!/^arn:[^:]+:iam::[^:]*:policy\/./.test(arn)) throw createValidationError(`ARN ${arn} is not valid.`);
  if (!isManagedPolicy(arn))
    throw createNoSuchEntityError(`Policy ${arn} does not exist or is not attachable.`);
  return arn;
};
