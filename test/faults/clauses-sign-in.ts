import * as iam from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clause } from './contract.ts';
import { ofIam } from './clauses-iam.ts';

const UserName = 'jo';
const Password = 'Correct-horse-7-battery';
const policy = { UserName, PolicyName: 'own' };
const VirtualMFADeviceName = 'aws-first-steps-jo';

/** The serial number that IAM gives to a virtual device. */
const serialIn = (topic: string): string => `arn:aws:iam::${topic.split(':')[4]}:mfa/${VirtualMFADeviceName}`;

const ofDevice = (
  name: string,
  call: (client: iam.IAMClient, serial: string) => Promise<object>,
): Clause => ({
  name,
  call: (aws, topic) => call(aws.iam, serialIn(topic)),
});

/** What lets a user of the earlier clauses sign in, and what takes permissions of its own from it. */
export const signInClauses: readonly Clause[] = [
  ofIam('tag a user', (c) =>
    c.send(new iam.TagUserCommand({ UserName, Tags: [{ Key: 'aws-first-steps:groups', Value: 'only-me' }] })),
  ),
  ofIam('tag a user who is not there', (c) =>
    c.send(new iam.TagUserCommand({ UserName: 'nobody', Tags: [{ Key: 'a', Value: 'b' }] })),
  ),
  ofIam('give a password', (c) =>
    c.send(new iam.CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: false })),
  ),
  ofIam('give a password again', (c) =>
    c.send(new iam.CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: false })),
  ),
  ofIam('give a password to a user who is not there', (c) =>
    c.send(new iam.CreateLoginProfileCommand({ UserName: 'nobody', Password })),
  ),
  ofIam('read a login profile', (c) => c.send(new iam.GetLoginProfileCommand({ UserName }))),
  ofDevice('make a virtual MFA device', (c) =>
    c.send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName })),
  ),
  ofDevice('make a virtual MFA device again', (c) =>
    c.send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName })),
  ),
  ofDevice('delete a virtual MFA device', (c, SerialNumber) =>
    c.send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber })),
  ),
  ofDevice('delete a virtual MFA device that is not there', (c, SerialNumber) =>
    c.send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber })),
  ),
  ofDevice('enable an MFA device that is not there', (c, SerialNumber) =>
    c.send(
      new iam.EnableMFADeviceCommand({
        UserName,
        SerialNumber,
        AuthenticationCode1: '123456',
        AuthenticationCode2: '654321',
      }),
    ),
  ),
  ofIam('take away a managed policy that is not attached', (c) =>
    c.send(
      new iam.DetachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ),
  ),
  ofIam('take away an inline policy that is not there', (c) =>
    c.send(new iam.DeleteUserPolicyCommand(policy)),
  ),
  ofIam('read the access keys of a user without any', (c) =>
    c.send(new iam.ListAccessKeysCommand({ UserName })),
  ),
  ofIam('read the access keys of a user who is not there', (c) =>
    c.send(new iam.ListAccessKeysCommand({ UserName: 'nobody' })),
  ),
  ofIam('switch off an access key that is not there', (c) =>
    c.send(
      new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' }),
    ),
  ),
  ofIam('delete an access key that is not there', (c) =>
    c.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
  ),
  ofIam('read when an access key that is not there was used', (c) =>
    c.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
  ),
  {
    name: 'ask for the organization of an account that is in none',
    call: (aws) => aws.organizations.send(new DescribeOrganizationCommand({})),
  },
  { name: 'ask who is calling', call: (aws) => aws.sts.send(new GetCallerIdentityCommand({})) },
];
