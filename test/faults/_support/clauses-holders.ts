import * as iam from '@aws-sdk/client-iam';
import type { Clause } from './contract.ts';
import { ofIam } from './clauses-iam.ts';

const UserName = 'jo';
const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Somebody who was there before, with a policy of either kind and an access key: nothing here gives these. */
export const holder = { UserName: 'kim', PolicyName: 'own', PolicyArn } as const;

const keyOf = async (client: iam.IAMClient): Promise<{ UserName: string; AccessKeyId: string }> => {
  const { AccessKeyMetadata = [] } = await client.send(
    new iam.ListAccessKeysCommand({ UserName: holder.UserName }),
  );
  return { UserName: holder.UserName, AccessKeyId: AccessKeyMetadata[0]?.AccessKeyId ?? '' };
};

/** What takes permissions and access keys from users. */
export const holderClauses: readonly Clause[] = [
  ofIam('take away a managed policy that is not attached', (c) =>
    c.send(
      new iam.DetachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ),
  ),
  ofIam('take away an inline policy that is not there', (c) =>
    c.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName: 'own' })),
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
  ofIam('take away a managed policy', (c) =>
    c.send(new iam.DetachUserPolicyCommand({ UserName: holder.UserName, PolicyArn })),
  ),
  ofIam('take away an inline policy', (c) =>
    c.send(new iam.DeleteUserPolicyCommand({ UserName: holder.UserName, PolicyName: holder.PolicyName })),
  ),
  ofIam('read the access keys of a user with one', (c) =>
    c.send(new iam.ListAccessKeysCommand({ UserName: holder.UserName })),
  ),
  ofIam('read when an access key was used', async (c) =>
    c.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: (await keyOf(c)).AccessKeyId })),
  ),
  ofIam('switch off an access key', async (c) =>
    c.send(new iam.UpdateAccessKeyCommand({ ...(await keyOf(c)), Status: 'Inactive' })),
  ),
  ofIam('delete an access key', async (c) => c.send(new iam.DeleteAccessKeyCommand(await keyOf(c)))),
];
