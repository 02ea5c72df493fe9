import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CreateBudgetCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  type Budget,
} from '@aws-sdk/client-budgets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runProgram } from '../terminal/program.ts';
import { motoIsInstalled } from './install-moto.ts';
import { startMoto, type FreshAccount, type Moto } from './moto.ts';
import { clients, environment } from './signed-in.ts';

let moto: Moto;

beforeAll(async () => {
  if (motoIsInstalled()) moto = await startMoto();
});
afterAll(() => moto?.stop());

const run = async (account: FreshAccount, home: string, ...args: readonly string[]) =>
  runProgram([...args, '--home', home, '--only', 'budget'], { env: environment(account, moto.url) });

const makeBudget = async (account: FreshAccount, home: string) => {
  const file = path.join(await temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify({ budget: { amount: '12.50', email: 'maria@example.com' } }));
  return run(account, home, '--answers', file);
};

const budgetsOf = async ({ accountId: AccountId, ...account }: FreshAccount) => {
  const { budgets } = clients({ accountId: AccountId, ...account }, moto.url);
  const { Budgets = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  return Promise.all(
    Budgets.map(async (budget) => {
      const { BudgetName } = budget;
      const of = { AccountId, BudgetName };
      const { Notifications } = await budgets.send(new DescribeNotificationsForBudgetCommand(of));
      return { budget, Notifications };
    }),
  );
};

/** What moto keeps of every budget of the account, subscribers included: it has no call that tells them. */
const subscribersOf = async ({ accountId }: FreshAccount): Promise<string> => {
  const data = await (await fetch(`${moto.url}/moto-api/data.json`)).text();
  expect(data).toContain(accountId);
  return data;
};

const stepIn = (stdout: string): { status: string; summary: string; remedy: string } | undefined =>
  (JSON.parse(stdout) as { steps: { status: string; summary: string; remedy: string }[] }).steps[0];

describe.skipIf(!motoIsInstalled())('a budget in moto', () => {
  it('is made once, with exactly the charges and notifications of the plan', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const first = await makeBudget(account, home);
    console.log(first.code, first.stderr, first.stdout);
    const made = await budgetsOf(account);
    console.log(JSON.stringify(made, null, 1), (await subscribersOf(account)).match(/.{200}maria@.{200}/g));
    const v = await run(account, home, 'verify', '--format', 'json');
    console.log(v.stdout, v.stderr);
  }, 150_000);
});
