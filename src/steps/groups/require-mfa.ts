/** The inline policy that makes a group's members use MFA. */
export const requireMfaPolicyName = 'require-mfa';

/**
 * Denies everything to users who signed in without MFA, except setting up MFA and changing a password that must be
 * changed first. Without the latter, a first sign-in would be a dead end. It also allows deleting the device of an
 * interrupted enrollment, which AWS's own example omits.
 *
 * AWS's example lets an access key enroll a device, and with it a stolen key of a user gets a session with MFA. Here
 * devices are set up with a password only: requests that are signed with an access key say nothing of MFA (IAM User
 * Guide, "AWS global condition context keys", aws:MultiFactorAuthPresent), and sessions that GetSessionToken gives
 * without MFA may not call IAM at all (AWS STS API Reference, GetSessionToken). Once a device is there, AWS asks for it
 * at every sign-in with the password.
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
      Action: 'iam:CreateVirtualMFADevice',
      Resource: 'arn:aws:iam::*:mfa/*',
    },
    {
      Sid: 'DeleteOwnDevice',
      Effect: 'Allow',
      Action: 'iam:DeleteVirtualMFADevice',
      // eslint-disable-next-line no-template-curly-in-string -- IAM fills this variable in
      Resource: 'arn:aws:iam::*:mfa/${aws:username}',
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
      Sid: 'NoDevicesWithAccessKeys',
      Effect: 'Deny',
      Action: [
        'iam:CreateVirtualMFADevice',
        'iam:DeleteVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:ResyncMFADevice',
      ],
      Resource: '*',
      Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
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

/** The name under which a group gets this policy: one of that name that says something else is somebody's own. */
export const chooseRequireMfaName = (taken: readonly string[]): string => {
  for (let number = 1; ; number += 1) {
    const name = `${requireMfaPolicyName}${number === 1 ? '' : `-${number}`}`;
    if (!taken.includes(name)) return name;
  }
};
