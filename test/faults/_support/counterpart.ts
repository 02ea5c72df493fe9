import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AnswersFile } from '../../../src/core/answers-file.ts';
import { isDone } from '../../../src/core/status.ts';
import { exitCodes, type ExitCode } from '../../../src/lib/user-error.ts';
import type { StepStatus } from '../../../src/core/status.ts';
import { estimatedChargesMetric } from '../../../src/steps/billing-alarm/alarms.ts';
import { credentialsIn, startMoto, type FreshAccount, type Moto } from '../../counterparts/_support/moto.ts';
import { wipe } from './wipe.ts';

/**
 * The steps that are carried out in an account of moto: with which answers, and to which end. Every default is taken
 * where a person has to be there. The only place that knows it. A new step also needs its traces in `wipe`, `stateOf` and
 * `stateAfter`.
 */
export const stepsInMoto: Readonly<
  Record<string, { answers: AnswersFile[string] | 'defaults'; ends: StepStatus }>
> = {
  'admin-user': { answers: 'defaults', ends: 'met' },
  groups: {
    answers: {
      scope: 'teams',
      teams: ['developers', 'billing'],
      'own-team': 'data-science',
      'own-team-like': 'read-only',
      'require-mfa': true,
      // The user whose key the test signs with is asked about: nothing makes it an administrator.
      'members-developers': [],
      'members-billing': [],
      'members-own-team': [],
    },
    ends: 'met',
  },
  'password-policy': { answers: { length: 16 }, ends: 'met' },
  // The fire drill needs somebody who reads its mail.
  'billing-alarm': { answers: { email: 'maria@example.com', amounts: '5, 20' }, ends: 'waiting' },
  // Nobody has said that the address is verified.
  budget: { answers: { amount: '12.50', email: 'maria@example.com' }, ends: 'waiting' },
};

/** Whether a step needs somebody who scans, types and notes. */
export const takesAPerson = (id: string): boolean => stepsInMoto[id]?.answers === 'defaults';

/** The steps that can be carried out without a person. */
export const unattended: readonly string[] = Object.keys(stepsInMoto).filter((id) => !takesAPerson(id));

/** The steps that cannot. */
export const attended: readonly string[] = Object.keys(stepsInMoto).filter(takesAPerson);

/** The answers with which unattended steps come to their end. */
export const answersOf = (ids: readonly string[]): AnswersFile =>
  Object.fromEntries(
    ids.map((id) => {
      const answers = stepsInMoto[id]?.answers ?? {};
      if (answers === 'defaults') throw new Error(`nobody is there for ${id}`);
      return [id, answers];
    }),
  );

/** The status that a step ends with when nothing goes wrong. */
export const endOf = (id: string): StepStatus => stepsInMoto[id]?.ends ?? 'unknown';

/** The exit code of a setup of these steps when nothing goes wrong. */
export const codeOf = (ids: readonly string[]): ExitCode =>
  ids.every((id) => isDone(endOf(id))) ? exitCodes.done : exitCodes.unfinished;

/** The same as the environment of a program. */
export const environmentIn = (url: string, account: FreshAccount): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: account.accessKeyId,
  AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
  ...(account.sessionToken && { AWS_SESSION_TOKEN: account.sessionToken }),
  AWS_EC2_METADATA_DISABLED: 'true',
  // The profile of whoever runs the tests may name another one.
  AWS_REGION: 'us-east-1',
});

/** Publishes the account's bill, as AWS does once billing alerts are on: without it no billing alarm is ever done. */
export const publishBill = async (url: string, account: FreshAccount): Promise<void> => {
  const { Namespace, MetricName, Dimensions } = estimatedChargesMetric;
  const client = new CloudWatchClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: credentialsIn(account),
  });
  await client.send(
    new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Dimensions, Value: 0 }] }),
  );
  client.destroy();
};

/** A moto server whose accounts have billing alerts on. */
export type Counterpart = Moto & {
  /**
   * Lends an account that holds nothing. It is wiped and lent again: to make a new one, with the thousand managed
   * policies of AWS, takes moto longer than a whole run of the program.
   */
  lent<T>(use: (account: FreshAccount) => Promise<T>): Promise<T>;
};

/**
 * A role that may do everything. It trusts no user, who would be an administrator by taking it; moto asks nobody while it
 * checks no permissions.
 */
const administratorRole = 'Administrator';
const administrator = { name: administratorRole, actions: ['*'], trusts: { Service: 'ec2.amazonaws.com' } };

const statement = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Makes a role in an account of moto, which trusts the caller unless something else is said, and returns a session of it. */
export const takeRole = async (
  url: string,
  account: FreshAccount,
  { name, actions, trusts }: { name: string; actions: readonly string[]; trusts?: object },
): Promise<FreshAccount> => {
  const config = { endpoint: url, region: 'us-east-1', credentials: credentialsIn(account) };
  const [iam, sts] = [new IAMClient(config), new STSClient(config)];
  const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const AssumeRolePolicyDocument = statement({
    Effect: 'Allow',
    Principal: trusts ?? { AWS: Arn },
    Action: 'sts:AssumeRole',
  });
  const PolicyDocument = statement({ Effect: 'Allow', Action: actions, Resource: '*' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'exactly', PolicyDocument }));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'tests' }),
  );
  return {
    accountId: account.accountId,
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
};

/**
 * Starts one. Where moto is to check permissions, tests act as a role that may do everything, since the user with whom an
 * account begins may do nothing.
 */
export const startCounterpart = async ({ asRole = false } = {}): Promise<Counterpart> => {
  const moto = await startMoto();
  const free: FreshAccount[] = [];
  const freshAccount = async () => {
    const account = await moto.freshAccount();
    await publishBill(moto.url, account);
    return asRole ? takeRole(moto.url, account, administrator) : account;
  };
  return {
    ...moto,
    freshAccount,
    lent: async (use) => {
      const account = free.pop() ?? (await freshAccount());
      const result = await use(account);
      await wipe(moto.url, account, [administratorRole]);
      free.push(account);
      return result;
    },
  };
};
