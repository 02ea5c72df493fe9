import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CreateBudgetCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
} from '@aws-sdk/client-budgets';
import { ListUserTagsCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { chargesBeforeCredits } from '../_support/cost-types.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { runProgram } from '../terminal/_support/program.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { bootstrapUser, startMoto, type FreshAccount, type Moto } from './_support/moto.ts';
import { tellSubscribers } from './_support/tell-subscribers.ts';
import { clients, environment, makeAdministrator } from './_support/signed-in.ts';

const maria = 'maria@example.com';

type Kept = { details: object; subscribers: readonly object[] };

/** The notifications of all accounts, which moto shows, but not by any call of AWS; collecting all it has takes seconds. */
const keptBy = async (url: string): Promise<readonly Kept[]> => {
  const data = (await (await fetch(`${url}/moto-api/data.json`)).json()) as {
    budgets?: { Notification?: readonly Kept[] };
  };
  return data.budgets?.Notification ?? [];
};

let moto: Moto;
let front: FaultProxy;
let silent: FaultProxy;

beforeAll(async () => {
  if (!motoIsInstalled()) return;
  moto = await startMoto();
  front = await startProxy(moto.url);
  front.disturb(tellSubscribers());
  silent = await startProxy(moto.url);
});
afterAll(async () => {
  await front?.stop();
  await silent?.stop();
  await moto?.stop();
});

const run = async (account: FreshAccount, url: string, home: string, ...args: readonly string[]) =>
  runProgram([...args, '--home', home, '--only', 'budget'], { env: environment(account, url) });

const setUp = async (account: FreshAccount, home: string, more: Record<string, string> = {}) => {
  const file = path.join(await temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify({ budget: { amount: '12.50', email: maria, ...more } }));
  return run(account, front.url, home, '--answers', file);
};

const lookedAt = async (account: FreshAccount, url: string, home: string) => {
  const { stdout } = await run(account, url, home, 'verify', '--format', 'json');
  const { steps } = JSON.parse(stdout) as {
    steps: { status: string; summary: string; remedy: string | null }[];
  };
  return steps[0];
};

/** What moto tells a client that knows nothing of the program. */
const budgetsOf = async (account: FreshAccount) => {
  const { budgets } = clients(account, moto.url);
  const { accountId: AccountId } = account;
  const { Budgets = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  return Promise.all(
    Budgets.map(async (budget) => {
      const of = { AccountId, BudgetName: budget.BudgetName };
      return {
        budget,
        ...(await budgets.send(new DescribeNotificationsForBudgetCommand(of))),
        $metadata: undefined,
      };
    }),
  );
};

const notification = (NotificationType: 'ACTUAL' | 'FORECASTED', Threshold: number) => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN' as const,
  Threshold,
  ThresholdType: 'PERCENTAGE' as const,
});

const planned = [notification('ACTUAL', 80), notification('ACTUAL', 100), notification('FORECASTED', 100)];

describe.skipIf(!motoIsInstalled())('a budget in moto', () => {
  it('is made once, with exactly the charges, notifications and subscribers of the plan', async () => {
    const account = await moto.freshAccount();
    // Whose word counts: an administrator's.
    await makeAdministrator(account, moto.url);
    const home = await temporaryFolder();
    const first = await setUp(account, home);
    // Nobody has said that the address is verified.
    expect(first.code, first.stderr).toBe(1);
    const made = await budgetsOf(account);
    expect(made).toMatchObject([
      {
        budget: {
          BudgetName: 'aws-first-steps-monthly',
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: '12.50', Unit: 'USD' },
        },
        Notifications: planned,
      },
    ]);
    expect(made[0]?.budget.CostTypes).toEqual(chargesBeforeCredits);
    const kept = await keptBy(moto.url);
    expect(kept.map(({ subscribers }) => subscribers)).toEqual(
      planned.map(() => [{ SubscriptionType: 'EMAIL', Address: maria }]),
    );
    expect(await lookedAt(account, front.url, home)).toMatchObject({ status: 'waiting' });

    const again = await setUp(account, home, { verified: 'yes' });
    expect(again.code, again.stderr).toBe(0);
    expect(await budgetsOf(account)).toEqual(made);
    // Another machine finds the owner's word by its tag.
    expect(await lookedAt(account, front.url, await temporaryFolder())).toMatchObject({ status: 'attested' });
    const { Tags } = await clients(account, moto.url).iam.send(
      new ListUserTagsCommand({ UserName: bootstrapUser }),
    );
    expect(Tags).toMatchObject([
      { Key: 'aws-first-steps:budget', Value: expect.stringMatching(/^verified-[0-9a-f]{16} \d{4}-/) },
    ]);
  }, 120_000);

  it('is not known, in words, where who gets the notifications cannot be asked for', async () => {
    const account = await moto.freshAccount();
    await clients(account, moto.url).budgets.send(
      new CreateBudgetCommand({
        AccountId: account.accountId,
        Budget: {
          BudgetName: 'mine',
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: '10', Unit: 'USD' },
        },
        NotificationsWithSubscribers: [
          {
            Notification: notification('ACTUAL', 80),
            Subscribers: [{ SubscriptionType: 'EMAIL', Address: maria }],
          },
        ],
      }),
    );
    const found = await lookedAt(account, silent.url, await temporaryFolder());
    expect(found?.status).toBe('unknown');
    expect(found?.summary).toMatch(/out of order at the moment \(HTTP 500\)/);
    expect(found?.remedy).toBeTruthy();
  });
});
