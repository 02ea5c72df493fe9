import { describe, expect, it } from 'vitest';
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { GetBillingPreferencesCommand } from '../../src/aws/json/billing.ts';
import { explainError } from '../../src/aws/errors/explain.ts';
import { checkStep } from '../../src/run/check.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { formatReportAsJson } from '../../src/report/json.ts';
import { stepForAccount } from '../../src/core/step.ts';
import { allSteps } from '../../src/steps/index.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import { accountWith } from '../_support/practice-worlds.ts';
import { listChanges, runScripted, startPracticeRun, openSession } from '../_support/practice-run.ts';

const inAProject = (options: PracticeOptions = {}) => startPracticeRun({ scenario: 'project', ...options });

/** The steps that cannot exist in a project, in their order. */
const impossible = [
  'root-mfa',
  'root-access-keys',
  'admin-user',
  'billing-access',
  'groups',
  'billing-alarm',
];

describe('a project of the newer sign-up', () => {
  it('is supported, and the program says what it is and where its second factor is registered', async () => {
    const { said } = await runScripted(await inAProject());
    expect(said).toContain('It is a project of the newer AWS sign-up');
    expect(said).toContain('settings.aws.com');
    expect(said).not.toContain('What only root can do');
    expect(said).not.toContain('joining an AWS organization');
  });

  it('does not need some steps, each of which says why without a call to AWS', async () => {
    const session = await openSession(await inAProject());
    const report = await verifySteps(session, allSteps);
    const without = report.steps.filter(({ status }) => status === 'not-applicable');
    expect(without.map(({ id }) => id)).toEqual(expect.arrayContaining(impossible));
    for (const { id, summary, evidence } of without) {
      expect(summary, id).toMatch(/project/);
      expect(evidence, id).toEqual([]);
    }
    expect(JSON.parse(formatReportAsJson(report)).account.kind).toBe('project');
  });

  it('gets no questions and no changes from those steps, from the plan to a setup with answers to them', async () => {
    const practiceRun = await inAProject();
    const session = await openSession(practiceRun);
    const those = allSteps.filter(({ id }) => impossible.includes(id));
    const given = { email: 'maria@example.com', amounts: '5, 20' };
    expect((await planSteps(session, those, () => given)).steps).toEqual([]);
    await session.progress.begin('billing-alarm');
    expect((await planSteps(session, those, () => given)).steps).toEqual([]);
    const { code, dialogue } = await runScripted(practiceRun, {
      steps: those,
      answers: { 'billing-alarm': given, groups: { scope: 'teams' }, 'admin-user': { name: 'maria' } },
    });
    expect(code).toBe(0);
    const asked = dialogue.transcript.flatMap((one) => (one.kind === 'question' ? [one.name] : []));
    expect(asked).toEqual(['wizard/account']);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('has a password policy like every account, because IAM users can be created there, too', async () => {
    const practiceRun = await inAProject();
    await runScripted(practiceRun, { steps: allSteps.filter(({ id }) => id === 'password-policy') });
    expect(practiceRun.practice.snapshot().passwordPolicy).toMatchObject({ MinimumPasswordLength: 14 });
  });
});

describe('the role name of a project', () => {
  it('does not make a project of a standalone account', async () => {
    const practiceRun = await startPracticeRun({ identity: { role: 'AccountFullAccessRole' } });
    expect((await openSession(practiceRun)).account.kind).toBe('standalone');
    expect((await runScripted(practiceRun)).said).not.toMatch(/project/);
  });

  it('does not make a project of the management account', async () => {
    const practiceRun = await startPracticeRun({
      scenario: 'management',
      identity: { role: 'AccountFullAccessRole' },
    });
    expect((await openSession(practiceRun)).account.kind).toBe('management');
  });

  it('leaves the kind of account in doubt, and the program says so, when AWS refuses to describe the organization', async () => {
    const answer = (operation: string) =>
      operation.startsWith('organizations:') ? createAccessDeniedError(operation) : undefined;
    const practiceRun = await inAProject({ faults: { getError: answer } });
    expect((await openSession(practiceRun)).account.kind).toBe('unknown');
    expect((await runScripted(practiceRun)).said).toContain('AWS would not say whether this is one');
  });
});

describe('a step that cannot exist in one kind of account', () => {
  it('says so in one sentence, without a full stop, as findings are', () => {
    for (const { id, unavailableIn = {} } of allSteps) {
      for (const reason of Object.values(unavailableIn)) {
        expect(reason, id).toMatch(/^[A-Z][^\n]*[^.\s]$/);
        expect(reason.length, id).toBeLessThan(160);
      }
    }
  });

  it('is unchanged in every other kind of account', () => {
    for (const step of allSteps) {
      expect(stepForAccount('standalone', step)).toBe(step);
      expect(stepForAccount('member', step)).toBe(step);
    }
  });

  it('is checked without a call', async () => {
    const practiceRun = await startPracticeRun();
    const session = await openSession(practiceRun);
    const before = practiceRun.practice.log.length;
    const [first] = allSteps;
    if (!first) throw new Error('there are no steps');
    const { finding, failed } = await checkStep(stepForAccount('project', first), session);
    const calls = practiceRun.practice.log.slice(before);
    expect({ status: finding.status, failed, calls }).toEqual({
      status: 'not-applicable',
      failed: false,
      calls: [],
    });
  });
});

describe('the changes that AWS forbids in a project', () => {
  it('are those of the alarm, its topic and the billing preferences, and the error says who forbids them', async () => {
    const { aws } = await inAProject();
    const attempts = [
      () => aws.sns.send(new CreateTopicCommand({ Name: 'bill' })),
      () =>
        aws.cloudwatch.send(
          new PutMetricAlarmCommand({
            AlarmName: 'bill',
            ComparisonOperator: 'GreaterThanThreshold',
            EvaluationPeriods: 1,
          }),
        ),
      () => aws.billing.send(new GetBillingPreferencesCommand({ features: ['BILLING_ALERTS'] })),
    ];
    for (const attempt of attempts) {
      const problem = await attempt().then(
        () => undefined,
        (error: unknown) => explainError(error),
      );
      expect(problem?.message).toMatch(
        /^A service control policy of the organization does not allow \w+:\w+\.$/,
      );
      expect(problem?.nextSteps.join(' ')).toContain(
        'In a project of the newer AWS sign-up, AWS sets this policy',
      );
    }
  });

  it('are allowed in other accounts', async () => {
    const { aws } = await startPracticeRun({ scenario: accountWith(() => {}) });
    await expect(aws.sns.send(new CreateTopicCommand({ Name: 'bill' }))).resolves.toBeDefined();
  });
});
