import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { AwsClients } from '../../../src/aws/clients.ts';
import { createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import { credentialsIn, type Moto } from '../../counterparts/_support/moto.ts';
import { startPracticeRun } from '../../_support/practice-run.ts';
import { codeOf, lastTwoCodes } from '../../terminal/_support/phone.ts';
import { accountWith, policy, publishCharges } from '../../_support/practice-worlds.ts';
import { accountIn } from './attempt.ts';
import { holder } from './clauses-holders.ts';
import type { Outside } from './contract.ts';
import { publishBill } from './counterpart.ts';

/** An account in which the contract is called, with its published bill and {@link holder} in it. */
export type Bench = { aws: AwsClients; accountId: string; outside: Outside };

const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
});

const scenario = accountWith((world) => {
  publishCharges(world);
  const { createdAt } = world.account;
  world.users.push(
    createScenarioUser(world, holder.UserName, {
      attached: [policy('AdministratorAccess')],
      inline: [{ name: holder.PolicyName, document }],
      accessKeys: [{ id: 'AKIAIOSFODNN7EXAMPL2', createdAt, active: true }],
    }),
  );
});

/** The practice account. */
export const benchInPractice = async (): Promise<Bench> => {
  const { aws, practice, clock } = await startPracticeRun({ scenario, identity: { role: 'Admin' } });
  const codes = (seed: string): [string, string] => {
    const window = Math.floor(clock.now().getTime() / 30_000);
    return [codeOf(seed, window - 1), codeOf(seed, window)];
  };
  const token = () => {
    const mail = practice.desk.listMails().findLast(({ confirms }) => confirms !== undefined);
    return /Token=([0-9a-f]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  };
  return { aws, accountId: practice.accountId, outside: { codes, token } };
};

/** An account of moto. It takes any token, since it sends no mail. */
export const benchInMoto = async (moto: Moto): Promise<Bench> => {
  const account = await moto.freshAccount();
  await publishBill(moto.url, account);
  const { UserName, PolicyName, PolicyArn } = holder;
  const iam = new IAMClient({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: credentialsIn(account),
  });
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: document }));
  await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  const outside = { codes: lastTwoCodes, token: () => 'a'.repeat(160) };
  return { aws: accountIn(account), accountId: account.accountId, outside };
};
