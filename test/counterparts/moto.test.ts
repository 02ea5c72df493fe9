import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from './_support/install-moto.ts';
import { bootstrapUser, startMoto, type FreshAccount, type Moto } from './_support/moto.ts';

const usersOf = async ({ iam }: { iam: IAMClient }) => {
  const { Users } = await iam.send(new ListUsersCommand({}));
  return Users?.map((user) => user.UserName);
};

describe.skipIf(!motoIsInstalled())('an account in moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  const signedIn = (credentials: FreshAccount) => {
    const config = { endpoint: moto.url, region: 'us-east-1', credentials };
    return { iam: new IAMClient(config), sts: new STSClient(config) };
  };

  it('belongs to whoever has its key', async () => {
    const account = await moto.freshAccount();
    const { Account, Arn } = await signedIn(account).sts.send(new GetCallerIdentityCommand({}));
    expect(Account).toBe(account.accountId);
    expect(Arn).toBe(`arn:aws:iam::${account.accountId}:user/${bootstrapUser}`);
  });

  it('does not see what happens in another one', async () => {
    const [one, other] = [signedIn(await moto.freshAccount()), signedIn(await moto.freshAccount())];
    await one.iam.send(new CreateUserCommand({ UserName: 'maria' }));
    expect(await usersOf(one)).toEqual([bootstrapUser, 'maria']);
    expect(await usersOf(other)).toEqual([bootstrapUser]);
  });

  it('answers for those policies of AWS that are in use, as AWS does', async () => {
    const { iam } = signedIn(await moto.freshAccount());
    const policies = async () => {
      const { Policies = [] } = await iam.send(
        new GetAccountAuthorizationDetailsCommand({ Filter: ['AWSManagedPolicy'] }),
      );
      return Policies.map(({ Arn }) => Arn);
    };
    expect(await policies()).toEqual([]);
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await iam.send(new AttachUserPolicyCommand({ UserName: bootstrapUser, PolicyArn }));
    expect(await policies()).toEqual([PolicyArn]);
  });
});

describe.skipIf(!motoIsInstalled())('the moto server', () => {
  it('is gone once it was stopped', async () => {
    const moto = await startMoto();
    expect((await fetch(`${moto.url}/moto-api/data.json`)).status).toBe(200);
    await moto.stop();
    await expect(fetch(moto.url)).rejects.toThrow('fetch failed');
  });
});
