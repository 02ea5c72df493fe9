/** The name of the inline policy that makes a group's members use MFA. */
export const requireMfaPolicyName = 'require-mfa';

/**
 * Denies everything to whoever signed in without MFA, except what it takes to set MFA up and to change a password that
 * must be changed first: without the latter, a first sign-in ends in a dead end. A device of an enrolment that was
 * broken off can be deleted, too, which AWS's own example leaves out.
 */
export const requireMfaPolicyDocument: string = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'SeePasswordPolicyAndAllDevices',
      Effect: 'Allow',
      Action: ['iam:GetAccountPasswordPolicy', 'iam:ListVirtualMFADevices'],
      Resource: '*',
    },
    {
      Sid: 'MakeDevices',
      Effect: 'Allow',
      Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
      Resource: 'arn:aws:iam::*:mfa/*',
    },
    {
      Sid: 'ManageOwnMfa',
      Effect: 'Allow',
      Action: [
        'iam:ChangePassword',
        'iam:EnableMFADevice',
        'iam:GetMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ResyncMFADevice',
      ],
      // eslint-disable-next-line no-template-curly-in-string -- IAM fills this variable in
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    },
    {
      Sid: 'NothingElseWithoutMfa',
      Effect: 'Deny',
      NotAction: [
        'iam:ChangePassword',
        'iam:CreateVirtualMFADevice',
        'iam:DeleteVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:GetAccountPasswordPolicy',
        'iam:GetMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ListVirtualMFADevices',
        'iam:ResyncMFADevice',
        'sts:GetSessionToken',
      ],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  ],
});
