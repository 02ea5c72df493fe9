import {
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  ListVirtualMFADevicesCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';

const inOrder = (names: readonly (string | undefined)[]): readonly string[] =>
  names.map((name) => name ?? '').toSorted();

const passwordOf = async (iam: IAMClient, UserName: string): Promise<'none' | 'set' | 'to be changed'> => {
  const profile = await iam.send(new GetLoginProfileCommand({ UserName })).catch(() => undefined);
  if (!profile) return 'none';
  return profile.LoginProfile?.PasswordResetRequired ? 'to be changed' : 'set';
};

const userIn = async (iam: IAMClient, UserName: string) => {
  const { Tags = [] } = await iam.send(new ListUserTagsCommand({ UserName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }));
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({ UserName }));
  return {
    name: UserName,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    attached: inOrder(AttachedPolicies.map(({ PolicyArn }) => PolicyArn)),
    inline: inOrder(PolicyNames),
    accessKeys: inOrder(AccessKeyMetadata.map(({ Status }) => Status)),
    devices: inOrder(MFADevices.map(({ SerialNumber }) => SerialNumber)),
    password: await passwordOf(iam, UserName),
  };
};

/** How each user of an account can sign in and what it may do by itself, and whose every virtual device is. */
export const signInsIn = async (iam: IAMClient) => {
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  const { VirtualMFADevices = [] } = await iam.send(new ListVirtualMFADevicesCommand({}));
  return {
    users: await Promise.all(inOrder(Users.map(({ UserName }) => UserName)).map((name) => userIn(iam, name))),
    devices: Object.fromEntries(
      VirtualMFADevices.map(({ SerialNumber = '', User }) => [SerialNumber, User?.UserName ?? 'nobody']),
    ),
  };
};
