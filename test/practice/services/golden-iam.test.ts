// Expectations recorded against real AWS by the LocalStack test suite, 2025-2026, and written out here by hand.
import * as iam from '@aws-sdk/client-iam';
import type { SmithyResolvedConfiguration } from '@smithy/core/client';
import type { Command, HttpHandlerOptions } from '@smithy/types';
import { beforeEach, describe, expect, it } from 'vitest';
import { practise, refusalOf } from '../../_support/practice-clients.ts';

let account: ReturnType<typeof practise>;
type Sent<I extends iam.ServiceInputTypes, O extends iam.ServiceOutputTypes> = Command<
  iam.ServiceInputTypes,
  I,
  iam.ServiceOutputTypes,
  O,
  SmithyResolvedConfiguration<HttpHandlerOptions>
>;
const send = <I extends iam.ServiceInputTypes, O extends iam.ServiceOutputTypes>(command: Sent<I, O>) =>
  account.iam.send(command);
const refusal = <I extends iam.ServiceInputTypes, O extends iam.ServiceOutputTypes>(command: Sent<I, O>) =>
  refusalOf(send(command));

const id = '431209876655';
const maria = { UserName: 'maria' };
const admins = { GroupName: 'admins' };
const nobody = { UserName: 'nobody' };
const unknownUser = ['NoSuchEntity', 404, 'The user with name nobody cannot be found.'] as const;
const unknownPolicy = `arn:aws:iam::${id}:policy/nonexistent`;
const serial = `arn:aws:iam::${id}:mfa/phone`;
const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' };
const key = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' };

/** One line of the table below: the call, and what AWS answered. */
const refuses = (call: () => Promise<unknown>, code: string, status: number, message: string) => {
  it(`${code} ${status}: ${message}`, async () => {
    expect(await refusalOf(call())).toMatchObject({ code, status, message });
  });
};

const fields = (value: object | undefined) =>
  Object.keys(value ?? {})
    .filter((one) => one !== '$metadata')
    .toSorted();

const devices = async (input: iam.ListVirtualMFADevicesCommandInput) =>
  (await send(new iam.ListVirtualMFADevicesCommand(input))).VirtualMFADevices;

beforeEach(async () => {
  account = practise();
  await send(new iam.CreateUserCommand(maria));
  await send(new iam.CreateGroupCommand(admins));
  await send(new iam.CreateLoginProfileCommand({ ...maria, Password: 'Correct-horse-9' }));
  await send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
});

describe('a refusal of the practice IAM', () => {
  refuses(
    () => send(new iam.CreateUserCommand(maria)),
    'EntityAlreadyExists',
    409,
    'User with name maria already exists.',
  );
  refuses(() => send(new iam.GetUserCommand(nobody)), ...unknownUser);
  refuses(() => send(new iam.TagUserCommand({ ...nobody, Tags: [] })), ...unknownUser);
  refuses(
    () => send(new iam.CreateGroupCommand(admins)),
    'EntityAlreadyExists',
    409,
    'Group with name admins already exists.',
  );
  refuses(() => send(new iam.AddUserToGroupCommand({ ...nobody, ...admins })), ...unknownUser);
  refuses(
    () => send(new iam.AddUserToGroupCommand({ ...maria, GroupName: 'none' })),
    'NoSuchEntity',
    404,
    'The group with name none cannot be found.',
  );
  refuses(
    () => send(new iam.AttachUserPolicyCommand({ ...maria, PolicyArn: 'longpolicynamebutnoarn' })),
    'ValidationError',
    400,
    'ARN longpolicynamebutnoarn is not valid.',
  );
  refuses(
    () => send(new iam.AttachUserPolicyCommand({ ...maria, PolicyArn: unknownPolicy })),
    'NoSuchEntity',
    404,
    `Policy ${unknownPolicy} does not exist or is not attachable.`,
  );
  refuses(
    () => send(new iam.DetachUserPolicyCommand({ ...maria, PolicyArn: unknownPolicy })),
    'NoSuchEntity',
    404,
    `Policy ${unknownPolicy} was not found.`,
  );
  refuses(
    () => send(new iam.PutUserPolicyCommand({ ...maria, PolicyName: 'p', PolicyDocument: '{' })),
    'MalformedPolicyDocument',
    400,
    'This policy contains invalid Json',
  );
  refuses(
    () => send(new iam.CreateLoginProfileCommand({ ...maria, Password: 'Correct-horse-9' })),
    'EntityAlreadyExists',
    409,
    'Login Profile for user maria already exists.',
  );
  refuses(
    () => send(new iam.CreateLoginProfileCommand({ ...nobody, Password: 'Correct-horse-9' })),
    ...unknownUser,
  );
  refuses(
    () => send(new iam.UpdateAccessKeyCommand({ ...maria, ...key, Status: 'Inactive' })),
    'NoSuchEntity',
    404,
    'The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.',
  );
  refuses(
    () => send(new iam.GetAccessKeyLastUsedCommand(key)),
    'AccessDenied',
    403,
    `User: arn:aws:iam::${id}:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE`,
  );
  refuses(
    () => send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' })),
    'EntityAlreadyExists',
    409,
    'MFA device already exists.',
  );
  refuses(
    () => send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'x', Path: 'test' })),
    'ValidationError',
    400,
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
  refuses(
    () =>
      send(
        new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'x', Path: `/${'a'.repeat(511)}/` }),
      ),
    'ValidationError',
    400,
    "1 validation error detected: Value at 'path' failed to satisfy constraint: Member must have length less than or equal to 512",
  );
  refuses(
    () => send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber: `${serial}-2` })),
    'NoSuchEntity',
    404,
    `MFA Device with serial number ${serial}-2 does not exist.`,
  );
  refuses(
    () => send(new iam.EnableMFADeviceCommand({ ...nobody, ...codes, SerialNumber: serial })),
    ...unknownUser,
  );
  refuses(
    () => send(new iam.ListVirtualMFADevicesCommand({ Marker: 'nonsense' })),
    'ValidationError',
    400,
    'Invalid Marker.',
  );
  refuses(
    () => send(new iam.GetAccountPasswordPolicyCommand({})),
    'NoSuchEntity',
    404,
    `The Password Policy with domain name ${id} cannot be found.`,
  );
  refuses(
    () =>
      send(
        new iam.UpdateAccountPasswordPolicyCommand({
          MinimumPasswordLength: 129,
          PasswordReusePrevention: 25,
          MaxPasswordAge: 1096,
        }),
      ),
    'ValidationError',
    400,
    "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
  );

  it('uses the class of the SDK when there is one, and otherwise the class of the service with the code', async () => {
    await expect(send(new iam.GetUserCommand(nobody))).rejects.toBeInstanceOf(iam.NoSuchEntityException);
    const unmodelled = send(new iam.ListVirtualMFADevicesCommand({ Marker: 'nonsense' }));
    await expect(unmodelled).rejects.toBeInstanceOf(iam.IAMServiceException);
    await expect(unmodelled).rejects.toHaveProperty('name', 'ValidationError');
  });

  it('requires a user name when a role deletes an access key', async () => {
    account = practise({ scenario: 'used', identity: { role: 'Admin' } });
    const [deploy] = account.practice.snapshot().users.filter((user) => user.accessKeys.length > 0);
    const message = 'Must specify userName when calling with non-User credentials';
    const keyless = { AccessKeyId: deploy?.accessKeys[0]?.id };
    expect(await refusal(new iam.DeleteAccessKeyCommand(keyless))).toMatchObject({
      code: 'ValidationError',
      status: 400,
      message,
    });
  });
});

describe('the practice IAM answers like AWS', () => {
  it('with the fields of a user, and with tags only when there are some', async () => {
    const { User } = await send(new iam.GetUserCommand(maria));
    expect(fields(User)).toEqual(['Arn', 'CreateDate', 'Path', 'UserId', 'UserName']);
    await send(new iam.TagUserCommand({ ...maria, Tags: [{ Key: 'a', Value: '1' }] }));
    const tagged = await send(new iam.GetUserCommand(maria));
    expect(fields(tagged.User)).toEqual(['Arn', 'CreateDate', 'Path', 'Tags', 'UserId', 'UserName']);
  });

  it('with a login profile that needs no reset unless the request asked for it', async () => {
    const { LoginProfile } = await send(new iam.GetLoginProfileCommand(maria));
    expect(LoginProfile).toEqual({ ...maria, CreateDate: expect.any(Date), PasswordResetRequired: false });
  });

  it('with the defaults of a password policy that is weaker than none', async () => {
    await send(
      new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, RequireSymbols: true }),
    );
    await send(new iam.UpdateAccountPasswordPolicyCommand({}));
    const { PasswordPolicy } = await send(new iam.GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy).toEqual({
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
      MinimumPasswordLength: 6,
      RequireLowercaseCharacters: false,
      RequireNumbers: false,
      RequireSymbols: false,
      RequireUppercaseCharacters: false,
    });
  });

  it('with all settings of a password policy', async () => {
    const asked = {
      AllowUsersToChangePassword: true,
      HardExpiry: true,
      MaxPasswordAge: 60,
      MinimumPasswordLength: 10,
      PasswordReusePrevention: 3,
      RequireLowercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      RequireUppercaseCharacters: true,
    };
    await send(new iam.UpdateAccountPasswordPolicyCommand(asked));
    const { PasswordPolicy } = await send(new iam.GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy).toEqual({ ...asked, ExpirePasswords: true });
  });

  it('with the 34 entries of an account summary', async () => {
    const { SummaryMap } = await send(new iam.GetAccountSummaryCommand({}));
    expect(Object.keys(SummaryMap ?? {})).toHaveLength(34);
    expect(SummaryMap).toMatchObject({
      AccessKeysPerUserQuota: 2,
      AccountAccessKeysPresent: 0,
      AccountMFAEnabled: 0,
      AccountPasswordPresent: 1,
      AttachedPoliciesPerGroupQuota: 10,
      GlobalEndpointTokenVersion: 1,
      Groups: 1,
      GroupsQuota: 300,
      MFADevices: 1,
      MFADevicesInUse: 0,
      Users: 1,
      UsersQuota: 5000,
    });
  });

  it('with unassigned devices too, unless the request asks otherwise, and without their seeds', async () => {
    expect(await devices({})).toEqual([{ SerialNumber: serial }]);
    expect(await devices({ AssignmentStatus: 'Unassigned' })).toEqual([{ SerialNumber: serial }]);
    expect(await devices({ AssignmentStatus: 'Assigned' })).toEqual([]);
  });

  it('with authorization details that omit an empty UserPolicyList, but not an empty GroupPolicyList', async () => {
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies, IsTruncated } = await send(
      new iam.GetAccountAuthorizationDetailsCommand({}),
    );
    expect(UserDetailList?.map(fields)).toEqual([
      ['Arn', 'AttachedManagedPolicies', 'CreateDate', 'GroupList', 'Path', 'Tags', 'UserId', 'UserName'],
    ]);
    expect(GroupDetailList?.map(fields)).toEqual([
      ['Arn', 'AttachedManagedPolicies', 'CreateDate', 'GroupId', 'GroupName', 'GroupPolicyList', 'Path'],
    ]);
    expect([RoleDetailList, Policies, IsTruncated]).toEqual([[], [], false]);
  });

  it('with a refusal to assign a device that is in use', async () => {
    const { VirtualMFADevice } = await send(
      new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'new' }),
    );
    await account.desk.scanQrCode(
      `otpauth://totp/new?secret=${new TextDecoder().decode(VirtualMFADevice?.Base32StringSeed)}`,
    );
    const [AuthenticationCode1, AuthenticationCode2] = account.desk.getConsecutiveCodes();
    const input = {
      ...maria,
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1,
      AuthenticationCode2,
    };
    await send(new iam.EnableMFADeviceCommand(input));
    expect(await refusal(new iam.EnableMFADeviceCommand(input))).toEqual({
      name: 'EntityAlreadyExistsException',
      code: 'EntityAlreadyExists',
      status: 409,
      message: 'MFA Device is already in use.',
    });
  });
});
