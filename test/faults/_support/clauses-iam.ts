import * as iam from '@aws-sdk/client-iam';
import type { Clause } from './contract.ts';

const administrators = 'arn:aws:iam::aws:policy/AdministratorAccess';
const missingPolicy = 'arn:aws:iam::aws:policy/NoSuchPolicy';
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
/** A call of IAM. */
export const ofIam = (name: string, call: (client: iam.IAMClient) => Promise<object>): Clause => ({
  name,
  call: (aws) => call(aws.iam),
});

/** Password policy, groups, users and what is read of them. */
export const iamClauses: readonly Clause[] = [
  ofIam('read a password policy that was never set', (c) =>
    c.send(new iam.GetAccountPasswordPolicyCommand({})),
  ),
  ofIam('set the password policy', (c) =>
    c.send(
      new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 16, PasswordReusePrevention: 24 }),
    ),
  ),
  ofIam('read the password policy', (c) => c.send(new iam.GetAccountPasswordPolicyCommand({}))),
  ofIam('set a password policy beyond its limits', (c) =>
    c.send(new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 129 })),
  ),
  ofIam('make a group', (c) => c.send(new iam.CreateGroupCommand({ GroupName: 'team' }))),
  ofIam('make a group again', (c) => c.send(new iam.CreateGroupCommand({ GroupName: 'team' }))),
  ofIam('attach a policy to a group', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: administrators })),
  ),
  ofIam('attach a policy to a group again', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: administrators })),
  ),
  ofIam('attach a policy to a group that is not there', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'nobody', PolicyArn: administrators })),
  ),
  ofIam('attach a policy that is not there', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: missingPolicy })),
  ),
  ofIam('write a policy into a group', (c) =>
    c.send(new iam.PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'own', PolicyDocument: document })),
  ),
  ofIam('write a policy that is none', (c) =>
    c.send(new iam.PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'bad', PolicyDocument: '{' })),
  ),
  ofIam('write a policy into a group that is not there', (c) =>
    c.send(
      new iam.PutGroupPolicyCommand({ GroupName: 'nobody', PolicyName: 'own', PolicyDocument: document }),
    ),
  ),
  ofIam('make a user', (c) =>
    c.send(new iam.CreateUserCommand({ UserName: 'jo', Tags: [{ Key: 'aws-first-steps', Value: 'x' }] })),
  ),
  ofIam('make a user again', (c) => c.send(new iam.CreateUserCommand({ UserName: 'jo' }))),
  ofIam('put a user into a group', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'jo' })),
  ),
  ofIam('put a user into a group again', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'jo' })),
  ),
  ofIam('put a user into a group that is not there', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'nobody', UserName: 'jo' })),
  ),
  ofIam('put a user who is not there into a group', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'nobody' })),
  ),
  ofIam('take a user out of a group', async (c) => {
    const member = { GroupName: 'team', UserName: 'jo' };
    const taken = await c.send(new iam.RemoveUserFromGroupCommand(member));
    await c.send(new iam.AddUserToGroupCommand(member));
    return taken;
  }),
  ofIam('take a user out of a group that is not there', (c) =>
    c.send(new iam.RemoveUserFromGroupCommand({ GroupName: 'nobody', UserName: 'jo' })),
  ),
  ofIam('read everybody', (c) =>
    c.send(new iam.GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Group'], MaxItems: 1000 })),
  ),
  ofIam('read a page of everybody', async (c) => {
    const page = {
      Filter: ['User', 'Group'],
      MaxItems: 1,
    } satisfies iam.GetAccountAuthorizationDetailsCommandInput;
    const { $metadata, IsTruncated, Marker } = await c.send(
      new iam.GetAccountAuthorizationDetailsCommand(page),
    );
    return { $metadata, IsTruncated, Marker };
  }),
  ofIam('read a login profile that is not there', (c) =>
    c.send(new iam.GetLoginProfileCommand({ UserName: 'jo' })),
  ),
  ofIam('read the MFA devices of a user', (c) => c.send(new iam.ListMFADevicesCommand({ UserName: 'jo' }))),
  ofIam('read all virtual MFA devices', (c) => c.send(new iam.ListVirtualMFADevicesCommand({}))),
  ofIam('read the aliases', (c) => c.send(new iam.ListAccountAliasesCommand({}))),
  ofIam('read the account summary', async (c) => {
    const { $metadata, SummaryMap } = await c.send(new iam.GetAccountSummaryCommand({}));
    const used = ['AccountMFAEnabled', 'AccountAccessKeysPresent', 'AccountPasswordPresent'] as const;
    return { $metadata, ...Object.fromEntries(used.map((name) => [name, SummaryMap?.[name]])) };
  }),
];
