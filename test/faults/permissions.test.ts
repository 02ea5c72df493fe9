import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import type { FreshAccount } from '../counterparts/_support/moto.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { attempt, clueless } from './_support/attempt.ts';
import { seatAt } from './_support/child.ts';
import {
  codeOf,
  startCounterpart,
  stepsInMoto,
  takeRole,
  takesAPerson,
  type Counterpart,
} from './_support/counterpart.ts';
import { stateAfter } from './_support/left-behind.ts';
import { notAlwaysNeeded, permissionDeviations } from './_support/permission-deviations.ts';
import { startProxy, type Answer, type Disturbance, type FaultProxy } from '../_support/aws-proxy.ts';
import { stateOf } from './_support/read-back.ts';
import { answeredByProxy } from './_support/stand-ins.ts';
import { tryAll } from './_support/try-all.ts';

const budgetActions: Readonly<Record<string, readonly string[]>> = {
  'budgets:ViewBudget': ['budgets:Describe*'],
  'budgets:ModifyBudget': ['budgets:Create*', 'budgets:Update*'],
};

const asMotoKnows = (permission: string): readonly string[] =>
  budgetActions[permission] ?? [permission.replace(/^cloudwatch:/, 'monitoring:')];

/** Refusals name the action that a policy would have to allow. */
const asAwsWords = (message: string) =>
  message
    .replace('monitoring:', 'cloudwatch:')
    .replace(/budgets:Describe\w+/, 'budgets:ViewBudget')
    .replace(/budgets:(Create|Update)\w+/, 'budgets:ModifyBudget');

const refusalInJson = (answer: Answer): Answer => {
  const message = /<Message>([^<]*)/.exec(answer.body)?.[1] ?? '';
  const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message: asAwsWords(message) };
  return { ...answer, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
};

/** Puts right what {@link permissionDeviations} lists. */
const asAwsRefuses: Disturbance = ({ operation }) =>
  /^(cloudwatch|budgets):/.test(operation)
    ? async ({ forward, reply }) => {
        const answer = await forward();
        reply(answer.status === 403 ? refusalInJson(answer) : answer);
      }
    : undefined;

const atOnce = 2;

describe.skipIf(!motoIsInstalled())('where moto checks permissions', () => {
  let moto: Counterpart;
  let proxy: FaultProxy;
  const setChecks = (after: 'inf' | '0') =>
    fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: after });

  beforeAll(async () => {
    moto = await startCounterpart({ asRole: true });
    proxy = await startProxy(moto.url, answeredByProxy);
    proxy.disturb(asAwsRefuses);
    // moto makes new accounts only while it checks nothing, so those that are lent from here on are all made before.
    await setChecks('inf');
    await Promise.all(Array.from({ length: atOnce }, () => moto.lent(() => Promise.resolve())));
    await setChecks('0');
    process.env['AWS_ENDPOINT_URL'] = proxy.url;
  });
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await proxy.stop();
    await moto.stop();
  });

  /** Somebody who may do exactly this: a role, since a user would be an object of the step itself. */
  const callerWith = (account: FreshAccount, actions: readonly string[]) =>
    takeRole(moto.url, account, { name: 'Caller', actions });

  /** The permissions that `plan` prints for a step. */
  const planned = (id: string): Promise<readonly string[]> =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account, takesAPerson(id) ? [] : [id]);
      const answers = takesAPerson(id) ? [] : ['--answers', seat.answersFile];
      const args = ['plan', '--format', 'json', '--only', id, ...answers];
      const { stdout, stderr } = await seat.run({ args });
      expect(stderr).not.toMatch(clueless);
      const { steps } = JSON.parse(stdout) as { steps: { permissions: string[] }[] };
      return steps.flatMap(({ permissions }) => permissions);
    });

  /** In this process, since a program of its own would need a terminal with somebody in front of it. */
  const attended = async (id: string, caller: FreshAccount) => {
    const { code, said } = await attempt(caller, await temporaryFolder(), [id]);
    return { code, stderr: said };
  };

  const runWith = (id: string, actions: readonly string[], url = proxy.url) =>
    moto.lent(async (account) => {
      const caller = await callerWith(account, actions);
      const outcome = takesAPerson(id)
        ? await attended(id, caller)
        : await (await seatAt(url, caller, [id])).run();
      return { ...outcome, id, state: await stateOf(moto.url, account) };
    });
  type Run = Awaited<ReturnType<typeof runWith>>;

  /** Whether all was made, and nothing else. A step that waits for a person ends with the same code if nothing was. */
  const isComplete = ({ id, code, state }: Run) =>
    code === codeOf([id]) && isDeepStrictEqual(state, stateAfter([id]));

  const objectionTo = (run: Run, missing: string): string | undefined => {
    const { code, stderr } = run;
    const last = `and ended with ${code}:\n${stderr.slice(-900)}`;
    const isNamed = stderr.includes(`You are not allowed to call ${missing}.`);
    if (clueless.test(stderr)) return `was clueless, ${last}`;
    if (missing in notAlwaysNeeded)
      return isComplete(run) && !isNamed ? undefined : `is needed after all: take it off the list; ${last}`;
    // What is asked for the sake of completeness is missed in words, and nothing else is.
    if (new RegExp(`refused: [^)]*${missing}`).test(stderr))
      return isComplete(run) ? undefined : `is missed for more than completeness, ${last}`;
    if (isComplete(run)) return `is not needed, ${last}`;
    if (code !== 1 && code !== 2) return `is missed, ${last}`;
    return isNamed ? undefined : `is not named, ${last}`;
  };

  it.each(Object.keys(stepsInMoto))(
    '%s needs exactly what its plan prints',
    { timeout: 300_000 },
    async (id) => {
      const permissions = await planned(id);
      expect(permissions.length).toBeGreaterThan(0);
      const { code, stderr, state } = await runWith(id, permissions.flatMap(asMotoKnows));
      expect(code, stderr).toBe(codeOf([id]));
      expect(state).toEqual(stateAfter([id]));
      expect(stderr).not.toMatch(/You are not allowed|refused:/);

      const withoutIt = async (missing: string) => {
        const others = permissions.filter((one) => one !== missing);
        return objectionTo(await runWith(id, others.flatMap(asMotoKnows)), missing);
      };
      const failures = await tryAll(`${id} without a permission, moto`, permissions, withoutIt, {
        atOnce,
        kind: 'permissions',
      });
      expect(failures).toEqual([]);
    },
  );

  it('is told of no permission as not always needed that no plan prints', async () => {
    const printed: string[] = [];
    for (const id of Object.keys(stepsInMoto)) printed.push(...(await planned(id)));
    expect(Object.keys(notAlwaysNeeded).filter((one) => !printed.includes(one))).toEqual([]);
  });

  it(`still differs from AWS: ${permissionDeviations.cloudwatchName}`, async () => {
    const { stderr } = await runWith('billing-alarm', ['sns:*', 'iam:*', 'sts:*', 'cloudwatch:*']);
    expect(stderr).toContain('You are not allowed to call cloudwatch:');
  });

  it('refuses an access key that does not exist, in words', () =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account);
      const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wrong' };
      const { code, stderr } = await seat.run({ env });
      expect(code).toBe(2);
      expect(stderr).toContain('AWS does not accept these credentials');
      expect(stderr).not.toMatch(clueless);
    }));

  it('refuses a wrong secret access key, in words', () =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account);
      const { code, stderr } = await seat.run({ env: { AWS_SECRET_ACCESS_KEY: 'wrong' } });
      expect(code).toBe(2);
      expect(stderr).toContain('the secret access key or the clock of this computer is wrong');
      expect(stderr).not.toMatch(clueless);
    }));

  it(`still differs from AWS: ${permissionDeviations.cloudwatchRefusal}`, async () => {
    const { code, stderr } = await runWith('billing-alarm', ['sns:*', 'monitoring:none'], moto.url);
    expect(code).toBe(2);
    expect(stderr).not.toContain('You are not allowed');
    expect(stderr).not.toMatch(clueless);
  });
});
