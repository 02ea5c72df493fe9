import * as iam from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clause } from './contract.ts';
import { ofIam } from './clauses-iam.ts';

const UserName = 'jo';
const Password = 'Correct-horse-7-battery';
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

/** What lets a user of the earlier clauses sign in. */
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
  ofIam("read the virtual MFA devices, one of them nobody's", (c) =>
    c.send(new iam.ListVirtualMFADevicesCommand({})),
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
  {
    name: 'enable an MFA device',
    call: async (aws, _topic, { codes }) => {
      const { VirtualMFADevice } = await aws.iam.send(
        new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
      );
      const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString('ascii');
      const [AuthenticationCode1, AuthenticationCode2] = codes(seed);
      const { SerialNumber } = VirtualMFADevice ?? {};
      return aws.iam.send(
        new iam.EnableMFADeviceCommand({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }),
      );
    },
  },
  ofIam('read the MFA devices of a user with one', (c) =>
    c.send(new iam.ListMFADevicesCommand({ UserName })),
  ),
  ofIam('read the virtual MFA devices, one of them enabled', (c) =>
    c.send(new iam.ListVirtualMFADevicesCommand({})),
  ),
  ofIam('take away the password of a user', (c) => c.send(new iam.DeleteLoginProfileCommand({ UserName }))),
  ofIam('take away a password that is not there', (c) =>
    c.send(new iam.DeleteLoginProfileCommand({ UserName })),
  ),
  {
    name: 'ask for the organization of an account that is in none',
    call: (aws) => aws.organizations.send(new DescribeOrganizationCommand({})),
  },
  { name: 'ask who is calling', call: (aws) => aws.sts.send(new GetCallerIdentityCommand({})) },
];
