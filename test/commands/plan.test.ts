import { describe, expect, it } from 'vitest';
import { getIamActions } from '../../src/aws/services.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { createAccessDeniedError, HaltedError } from '../../src/practice/faults.ts';
import { getPlanExitCode } from '../../src/report/formats.ts';
import { allSteps } from '../../src/steps/index.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  findStep,
  type PracticeRun,
} from '../_support/practice-run.ts';

const planOf = async (practiceRun: PracticeRun, ids = allSteps.map(({ id }) => id), given: object = {}) =>
  planSteps(await openSession(practiceRun), ids.map(findStep), () => ({ ...given }));

const operationsOf = ({ steps: planned }: Awaited<ReturnType<typeof planOf>>) =>
  planned.flatMap(({ actions }) => actions.flatMap(({ calls }) => calls.map(({ operation }) => operation)));

describe('the plan command', () => {
  it('shows what a setup with the same answers does, and changes nothing itself', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'used' });
    const report = await planOf(practiceRun, ['groups', 'password-policy', 'billing-alarm']);
    expect(listChanges(practiceRun)).toEqual([]);
    await runScripted(practiceRun, { steps: ['groups', 'password-policy', 'billing-alarm'].map(findStep) });
    expect(operationsOf(report)).toEqual(listChanges(practiceRun).map(({ operation }) => operation));
  });

  it('omits what is done and what was skipped, and is empty when nothing is left', async () => {
    const practiceRun = await startPracticeRun();
    const { progress, clock } = await openSession(practiceRun);
    await progress.skip('groups', 'nobody else', clock.now());
    expect((await planOf(practiceRun)).steps.map(({ id }) => id)).not.toContain('groups');
    const done = await startPracticeRun();
    await runScripted(done);
    const report = await planOf(await resumeRun(done));
    expect(report.steps).toEqual([]);
    expect(getPlanExitCode(report)).toBe(0);
  });

  it('uses the given answers when they are valid', async () => {
    const given = { length: 30 };
    const impossible = { length: 3 };
    const lengthIn = async (answers: object) => {
      const { steps: planned } = await planOf(await startPracticeRun(), ['password-policy'], answers);
      return planned[0]?.actions[0]?.calls[0]?.input;
    };
    expect(await lengthIn(given)).toMatchObject({ MinimumPasswordLength: 30 });
    expect(await lengthIn(impossible)).toMatchObject({ MinimumPasswordLength: 14 });
  });

  it('says in angle brackets that the owner gives an address, instead of an example that looks like one', async () => {
    const text = JSON.stringify(await planOf(await startPracticeRun(), ['billing-alarm', 'budget']));
    expect(text).toContain('<the address you give>');
    expect(text).not.toContain('@example.com');
  });

  it('says what the steps cost, and how many of the free alarms they take', async () => {
    const { steps: planned } = await planOf(await startPracticeRun());
    expect(planned.map(({ monthlyUsd }) => monthlyUsd)).toEqual(planned.map(() => 0));
    expect(planned.find(({ id }) => id === 'billing-alarm')?.cost).toBe('free (2 of your 10 free alarms)');
  });

  it('shows what an interrupted run has left to do, with the answers of that run', async () => {
    const answers = { 'billing-alarm': { email: 'maria@example.com', amounts: '7, 70' } };
    const halt = (operation: string, nth: number, when: 'before' | 'after') =>
      operation === 'cloudwatch:PutMetricAlarm' && nth === 1 && when === 'after';
    const killed = await startPracticeRun({ faults: { shouldHalt: halt } });
    const billing = [findStep('billing-alarm')];
    await expect(runScripted(killed, { steps: billing, answers })).rejects.toBeInstanceOf(HaltedError);
    const report = await planOf(await resumeRun(killed), ['billing-alarm']);
    expect(operationsOf(report)).toEqual([
      'cloudwatch:PutMetricAlarm',
      'sns:ConfirmSubscription',
      'cloudwatch:SetAlarmState',
      'sns:TagResource',
    ]);
    expect(JSON.stringify(report)).toContain('"Threshold":70');
  });

  it('prints no secret', async () => {
    const text = JSON.stringify(await planOf(await startPracticeRun()));
    expect(text).not.toMatch(/"(Password|AuthenticationCode\d|Base32StringSeed)"/);
  });

  it('reports a problem, and not "nothing to do", when a step cannot be checked', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountPasswordPolicy' ? createAccessDeniedError(operation) : undefined,
    };
    const report = await planOf(await startPracticeRun({ faults }), ['password-policy']);
    expect(report.steps).toMatchObject([{ status: 'unknown', actions: [] }]);
    expect(getPlanExitCode(report)).toBe(2);
  });
});

/** The permission that an operation needs; only for AWS Budgets its name differs from the operation's. */
const permissionTo = (operation: string): string => getIamActions(operation, false)[0] ?? operation;

/** Needed only when the owner asks for it during the step, or when an enrolment is broken off. */
const onRequest: Readonly<Record<string, readonly string[]>> = {
  'admin-user': ['iam:DeleteVirtualMFADevice'],
  'billing-alarm': ['sns:Unsubscribe'],
};

describe.each(allSteps.map(({ id }) => id))('the permissions that the plan prints for %s', (id) => {
  const printed = async () => (await planOf(await startPracticeRun(), [id])).steps[0]?.permissions ?? [];

  it('are enough to run the step', async () => {
    const allowed = new Set([...(await printed()), 'sts:GetCallerIdentity']);
    const answer = (operation: string) =>
      allowed.has(permissionTo(operation)) ? undefined : createAccessDeniedError(operation);
    const practiceRun = await startPracticeRun({ faults: { getError: answer } });
    const { said } = await runScripted(practiceRun, { steps: [findStep(id)] });
    expect(said).not.toMatch(/not allowed/);
    const { finding } = await checkIn(findStep(id), practiceRun);
    expect(['met', 'attested', 'waiting']).toContain(finding.status);
  });

  it('include no change that the step does not make', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, { steps: [findStep(id)] });
    const sent = listChanges(practiceRun);
    const used = new Set(sent.map(({ operation }) => permissionTo(operation)));
    // Tags that come along with something new are checked as a permission of their own.
    if (sent.some(({ operation, input }) => operation === 'iam:CreateUser' && 'Tags' in input))
      used.add('iam:TagUser');
    const { readPermissions } = findStep(id);
    const changing = (await printed()).filter((permission) => !readPermissions.includes(permission));
    expect(changing.toSorted()).toEqual([...used, ...(onRequest[id] ?? [])].toSorted());
  });
});
