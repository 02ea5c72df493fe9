import type { World } from '../../world/world.ts';
import { createValidationError, createNoSuchEntityError } from '../../error-response.ts';

const managedPolicyArnPrefix = 'arn:aws:iam::aws:policy/';

export const administratorAccessArn = `${managedPolicyArnPrefix}AdministratorAccess`;

const allow = (...actions: readonly string[]) => [{ Effect: 'Allow', Action: actions, Resource: '*' }];
const deny = (...actions: readonly string[]) => [{ Effect: 'Deny', Action: actions, Resource: '*' }];

/** What AWS denies somebody whose access key was found in public, abridged. */
const quarantine = deny(
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'ec2:RunInstances',
  'lambda:CreateFunction',
);

const own = (...actions: readonly string[]) => [
  // oxlint-disable-next-line no-template-curly-in-string -- IAM fills this variable in
  { Effect: 'Allow', Action: actions, Resource: 'arn:aws:iam::*:user/${aws:username}' },
];

/**
 * The AWS managed policies that exist in the practice account, by name, with their statements. Those of services are
 * abridged: they allow what they are for, and not one action after the other.
 */
const managedPolicyStatements: Readonly<Record<string, readonly object[]>> = {
  AdministratorAccess: allow('*'),
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    ...allow('iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'),
  ],
  AWSDenyAll: deny('*'),
  AWSCompromisedKeyQuarantine: quarantine,
  AWSCompromisedKeyQuarantineV2: quarantine,
  AWSCompromisedKeyQuarantineV3: quarantine,
  AWSCompromisedKeyQuarantineV4: quarantine,
  ReadOnlyAccess: allow('ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:Get*', 's3:List*'),
  SecurityAudit: allow('ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:GetBucketPolicy'),
  IAMFullAccess: allow('iam:*', 'organizations:DescribeAccount'),
  IAMReadOnlyAccess: allow('iam:Get*', 'iam:List*', 'iam:Simulate*'),
  IAMUserChangePassword: [...own('iam:ChangePassword'), ...allow('iam:GetAccountPasswordPolicy')],
  SignInLocalDevelopmentAccess: allow('signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'),
  AWSBillingReadOnlyAccess: allow('billing:Get*', 'ce:Get*'),
  AWSBudgetsReadOnlyAccess: allow('budgets:ViewBudget'),
  AmazonS3FullAccess: allow('s3:*'),
  AmazonS3ReadOnlyAccess: allow('s3:Get*', 's3:List*'),
  CloudFrontFullAccess: allow('cloudfront:*'),
  CloudWatchReadOnlyAccess: allow('cloudwatch:Describe*', 'cloudwatch:Get*'),
  'job-function/Billing': allow('billing:*', 'budgets:*', 'ce:*', 'payments:*'),
  'job-function/DataScientist': allow('s3:*', 'sagemaker:*'),
  'job-function/DatabaseAdministrator': allow('rds:*', 'dynamodb:*'),
  'job-function/NetworkAdministrator': allow('ec2:*', 'route53:*'),
  'job-function/SupportUser': allow('support:*'),
  'job-function/SystemAdministrator': allow('ec2:*', 'cloudwatch:*', 'ssm:*'),
  'job-function/ViewOnlyAccess': allow('ec2:Describe*', 's3:ListAllMyBuckets'),
};

const getManagedPolicyPath = (arn: string): string => arn.slice(managedPolicyArnPrefix.length);

/** The document of an AWS managed policy, as JSON. */
export const getManagedPolicyDocument = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: managedPolicyStatements[getManagedPolicyPath(arn)] ?? [],
  });

export const getManagedPolicyName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const isAwsManagedPolicy = (arn: string): boolean =>
  arn.startsWith(managedPolicyArnPrefix) && Object.hasOwn(managedPolicyStatements, getManagedPolicyPath(arn));

/** The ARN, or IAM's error if it is not an ARN or names no existing policy. */
export const requireAttachablePolicy = (world: World, arn: string): string => {
  if (!/^arn:[^:]+:iam::[^:]*:policy\/./.test(arn)) throw createValidationError(`ARN ${arn} is not valid.`);
  if (!isAwsManagedPolicy(arn) && !world.policies?.some((policy) => policy.arn === arn))
    throw createNoSuchEntityError(`Policy ${arn} does not exist or is not attachable.`);
  return arn;
};
