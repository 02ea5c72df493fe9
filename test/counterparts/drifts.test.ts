import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAwsClients, type AwsClients } from '../../src/aws/clients.ts';
import { Transport } from '../../src/aws/transport.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { formatDay } from '../../src/lib/dates.ts';
import { getReportExitCode } from '../../src/report/formats.ts';
import { identifyCaller } from '../../src/run/session.ts';
import { Progress } from '../../src/state/progress.ts';
import { findAlarmRoute } from '../../src/steps/billing-alarm/facts.ts';
import { proofTagKey } from '../../src/steps/billing-alarm/proof-tag.ts';
import { formatProofTag } from '../../src/steps/billing-alarm/proof.ts';
import { readBillingAlarmFacts } from '../../src/steps/billing-alarm/reads.ts';
import { allSteps } from '../../src/steps/index.ts';
import { runProgram } from '../terminal/_support/program.ts';
import { startAnotherClient, type AnotherClient } from './_support/another-client.ts';
import type { FinishedAccount } from './_support/drifts/drift.ts';
import { exitCodeOf, drifts } from './_support/drifts/drifts.ts';
import { billingTopic, finishedAnswers, finishing, managedPolicies } from './_support/drifts/finished.ts';
import { startFront, type Front } from './_support/front.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { startMoto, type Moto } from './_support/moto.ts';

let moto: Moto;
let front: Front;
let another: AnotherClient;
let home: string;

beforeAll(async () => {
  if (!motoIsInstalled()) return;
  moto = await startMoto({ managedPolicies });
  front = await startFront(moto.url);
  another = startAnotherClient(moto.url);
  home = await mkdtemp(join(tmpdir(), 'aws-first-steps-'));
  vi.stubEnv('AWS_ENDPOINT_URL', front.url);
  // The profile of whoever runs the tests may name another endpoint.
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
});
afterAll(async () => {
  another?.stop();
  await front?.stop();
  await moto?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

type Credentials = { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };

/** A session of a role, which leaves no user and no access key in the account. */
const signIn = async (account: string): Promise<Credentials> => {
  const role = { RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'verify' };
  const [answer] = await another.call(account, [['sts', 'AssumeRole', role]]);
  return (answer as { Credentials: Credentials }).Credentials;
};

const connectWith = (
  { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }: Credentials,
  region: string,
): AwsClients =>
  createAwsClients({
    credentials: () => Promise.resolve({ accessKeyId, secretAccessKey, sessionToken }),
    region,
    requestHandler: new Transport(),
  });

/** moto sends no mail, so that the owner cannot type its words: what they would have left is written here. */
const proveAlarm = async (aws: AwsClients, { id, topic }: FinishedAccount): Promise<void> => {
  const now = systemClock.now();
  const facts = await readBillingAlarmFacts(aws, { accountId: id, isMemberAccount: false }, now);
  const route = findAlarmRoute(facts);
  const Value = route ? formatProofTag(formatDay(now), facts, route) : '';
  await another.call(id, [
    ['sns', 'TagResource', { ResourceArn: topic, Tags: [{ Key: proofTagKey, Value }] }],
  ]);
};

const finish = async (steps: readonly string[], region = 'us-east-1') => {
  const id = String(randomInt(1e11, 2e11));
  const answers = await another.call(id, finishing(id, steps));
  const subscription = answers
    .map((answer) => (answer as { SubscriptionArn?: string }).SubscriptionArn)
    .find((arn) => arn !== undefined);
  const account: FinishedAccount = { id, topic: billingTopic(id), subscription: subscription ?? '' };
  const credentials = await signIn(id);
  front.answerFor(credentials.AccessKeyId, finishedAnswers);
  const aws = connectWith(credentials, region);
  if (steps.includes('billing-alarm')) await proveAlarm(aws, account);
  return { account, credentials, aws };
};

const verify = async (aws: AwsClients, { id }: FinishedAccount, ids: readonly string[]) => {
  const { progress } = await Progress.open(join(home, id), id, systemClock);
  const caller = await identifyCaller(aws, id);
  const session = {
    ...caller,
    aws,
    practice: false,
    clock: systemClock,
    progress,
    findSkip: () => undefined,
  };
  const report = await verifySteps(
    session,
    allSteps.filter((step) => ids.includes(step.id)),
  );
  return { steps: report.steps, code: getReportExitCode(report) };
};

describe.skipIf(!motoIsInstalled())('an account that another client has finished', () => {
  it('is done, as the program that is shipped says', async () => {
    const { account, credentials } = await finish(allSteps.map((step) => step.id));
    const { code, stdout } = await runProgram(['verify', '--home', home, '--format', 'json'], {
      env: {
        AWS_ENDPOINT_URL: front.url,
        AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
        AWS_SESSION_TOKEN: credentials.SessionToken,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_REGION: 'us-east-1',
      },
    });
    const report = JSON.parse(stdout) as {
      account: { id: string };
      steps: { id: string; status: string; summary: string }[];
    };
    expect(report.account.id).toBe(account.id);
    const statuses = Object.fromEntries(report.steps.map(({ id, status }) => [id, status]));
    expect(statuses, JSON.stringify(report.steps.map(({ summary }) => summary))).toEqual({
      'root-mfa': 'met',
      'root-access-keys': 'met',
      'admin-user': 'met',
      'billing-access': 'attested',
      groups: 'met',
      'password-policy': 'met',
      'billing-alarm': 'met',
      budget: 'attested',
    });
    expect(code).toBe(0);
  });
});

describe.skipIf(!motoIsInstalled())('what another client plants into a finished account', () => {
  it.concurrent.each(drifts)('$step: $planted', async (drift) => {
    const { account, credentials, aws } = await finish([drift.step], drift.region);
    await another.call(account.id, drift.plant?.(account) ?? []);
    front.answerFor(credentials.AccessKeyId, { ...finishedAnswers, ...drift.answers?.(account) });
    const { steps, code } = await verify(aws, account, [drift.step]);
    const summary = drift.exactly ? drift.says : expect.stringContaining(drift.says);
    expect(steps).toMatchObject([{ status: drift.status, summary }]);
    expect(code).toBe(exitCodeOf(drift));
  });
});
