import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { answeredByProxy } from '../faults/_support/stand-ins.ts';
import { runProgram } from '../terminal/_support/program.ts';
import {
  createBudget,
  drifts,
  makeAnna,
  makeBudgetTopic,
  makeTeamAndPasswordPolicy,
} from './_support/drifts.ts';
import type { Finished } from './_support/drifts.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { startMoto, type FreshAccount, type Moto } from './_support/moto.ts';
import { startOtherClient, type OtherClient } from './_support/other-client.ts';
import { proveAlarm } from './_support/prove-alarm.ts';
import { clients, environment } from './_support/signed-in.ts';
import { tellSubscribers } from './_support/tell-subscribers.ts';

const steps = [...new Set(drifts.map(({ step }) => step))];

describe.skipIf(!motoIsInstalled())(
  'a drift that another client plants into a finished account of moto',
  () => {
    let moto: Moto;
    let proxy: FaultProxy;
    let account: FreshAccount;
    let other: OtherClient;
    let home: string;

    const verify = async (step: string) => {
      const { code, stdout, stderr } = await runProgram(
        ['verify', '--home', home, '--only', step, '--format', 'json'],
        { env: environment(account, proxy.url) },
      );
      const report = JSON.parse(stdout || '{"steps":[]}') as {
        steps: readonly { status: string; summary: string }[];
      };
      return { code, status: report.steps[0]?.status, summary: report.steps[0]?.summary ?? stderr };
    };

    beforeAll(async () => {
      moto = await startMoto();
      proxy = await startProxy(moto.url, answeredByProxy);
      proxy.disturb(tellSubscribers());
      account = await moto.freshAccount();
      other = startOtherClient(account, proxy.url);
    });
    afterAll(async () => {
      other?.stop();
      if (home) await rm(home, { recursive: true });
      await proxy?.stop();
      await moto?.stop();
    });

    const finish = async (): Promise<Finished> => {
      home = await mkdtemp(path.join(tmpdir(), 'aws-first-steps-drifts-'));
      await proveAlarm(account, proxy.url, home);
      const { sns, cloudwatch } = clients(account, moto.url);
      const { MetricAlarms: alarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
      const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
      const topic = Topics[0]?.TopicArn ?? '';
      const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topic }));
      const made: Finished = {
        accountId: account.accountId,
        topic,
        topicPolicy: Attributes?.['Policy'] ?? '',
        subscription: Subscriptions[0]?.SubscriptionArn ?? '',
        alarms,
        budgetTopic: `arn:aws:sns:us-east-1:${account.accountId}:money`,
      };
      await other.make([
        ...makeAnna(account.accountId),
        ...makeTeamAndPasswordPolicy,
        ...makeBudgetTopic(made.budgetTopic),
        createBudget(made),
      ]);
      return made;
    };
    // Made in the first test that needs it: nobody can sit at a terminal outside of tests.
    let finishing: Promise<Finished> | undefined;
    const finishedAccount = () => (finishing ??= finish());

    const expectDone = async () => {
      await finishedAccount();
      for (const step of steps) {
        const { code, status, summary } = await verify(step);
        expect({ step, code, status }, summary).toEqual({ step, code: 0, status: 'met' });
      }
    };

    it('is planted into an account in which these steps are done', () => expectDone());

    it.each(drifts)('is seen: $planted', async ({ step, says, saysNot, exitCode, plant, restore }) => {
      const finished = await finishedAccount();
      const answers = await other.make(plant(finished));
      const { code, status, summary } = await verify(step);
      await other.make(restore(finished, answers));
      expect(summary).toContain(says);
      if (saysNot) expect(summary).not.toContain(saysNot);
      expect({ code, isMet: status === 'met' }, summary).toEqual({ code: exitCode, isMet: exitCode === 0 });
    });

    it('leaves nothing behind once it was put right', () => expectDone());
  },
);
