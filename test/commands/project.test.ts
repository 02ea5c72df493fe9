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
import { accountWith } from '../_support/worlds.ts';
import { changesIn, play, rehearse, sessionOf } from '../_support/rehearse.ts';

const inAProject = (options: PracticeOptions = {}) => rehearse({ scenario: 'project', ...options });

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
  it('is admitted, and told what it is and where its second factor is registered', async () => {
    const { said } = await play(await inAProject());
    expect(said).toContain('It is a project of the newer AWS sign-up');
    expect(said).toContain('settings.aws.com');
    expect(said).not.toContain('What only root can do');
    expect(said).not.toContain('joining an AWS organization');
  });

  it('has no use for some steps, each of which says why without a look at AWS', async () => {
    const session = await sessionOf(await inAProject());
    const report = await verifySteps(session, allSteps);
    const without = report.steps.filter(({ status }) => status === 'not-applicable');
    expect(without.map(({ id }) => id)).toEqual(expect.arrayContaining(impossible));
    for (const { id, summary, evidence } of without) {
      expect(summary, id).toMatch(/project/);
      expect(evidence, id).toEqual([]);
    }
    expect(JSON.parse(formatReportAsJson(report)).account.kind).toBe('project');
  });

  it('is asked nothing and changed in nothing by those steps, from the plan to a setup with answers to them', async () => {
    const rehearsal = await inAProject();
    const session = await sessionOf(rehearsal);
    const those = allSteps.filter(({ id }) => impossible.includes(id));
    const given = { email: 'maria@example.com', amounts: '5, 20' };
    expect((await planSteps(session, those, () => given)).steps).toEqual([]);
    await session.progress.begin('billing-alarm');
    expect((await planSteps(session, those, () => given)).steps).toEqual([]);
    const { code, dialogue } = await play(rehearsal, {
      steps: those,
      answers: { 'billing-alarm': given, groups: { scope: 'teams' }, 'admin-user': { name: 'maria' } },
    });
    expect(code).toBe(0);
    const asked = dialogue.transcript.flatMap((one) => (one.kind === 'question' ? [one.name] : []));
    expect(asked).toEqual(['wizard/account']);
    expect(changesIn(rehearsal)).toEqual([]);
  });

  it('has a password policy like every account, because IAM users can be made there, too', async () => {
    const rehearsal = await inAProject();
    await play(rehearsal, { steps: allSteps.filter(({ id }) => id === 'password-policy') });
    expect(rehearsal.practice.snapshot().passwordPolicy).toMatchObject({ MinimumPasswordLength: 14 });
  });
});

describe('the role of a project', () => {
  it('makes no project of an account that stands alone', async () => {
    const rehearsal = await rehearse({ identity: { role: 'AccountFullAccessRole' } });
    expect((await sessionOf(rehearsal)).account.kind).toBe('standalone');
    expect((await play(rehearsal)).said).not.toMatch(/project/);
  });

  it('makes no project of the account that pays for others', async () => {
    const rehearsal = await rehearse({ scenario: 'management', identity: { role: 'AccountFullAccessRole' } });
    expect((await sessionOf(rehearsal)).account.kind).toBe('management');
  });

  it('is a doubt, and said, where AWS would not tell about an organization', async () => {
    const answer = (operation: string) =>
      operation.startsWith('organizations:') ? createAccessDeniedError(operation) : undefined;
    const rehearsal = await inAProject({ faults: { getError: answer } });
    expect((await sessionOf(rehearsal)).account.kind).toBe('unknown');
    expect((await play(rehearsal)).said).toContain('AWS would not say whether this is one');
  });
});

describe('a step that cannot exist in a kind of account', () => {
  it('says so in one sentence, without a full stop, as findings are', () => {
    for (const { id, unavailableIn = {} } of allSteps) {
      for (const reason of Object.values(unavailableIn)) {
        expect(reason, id).toMatch(/^[A-Z][^\n]*[^.\s]$/);
        expect(reason.length, id).toBeLessThan(160);
      }
    }
  });

  it('is the step itself everywhere else', () => {
    for (const step of allSteps) {
      expect(stepForAccount('standalone', step)).toBe(step);
      expect(stepForAccount('member', step)).toBe(step);
    }
  });

  it('is looked at without a call', async () => {
    const rehearsal = await rehearse();
    const session = await sessionOf(rehearsal);
    const before = rehearsal.practice.log.length;
    const [first] = allSteps;
    if (!first) throw new Error('there are no steps');
    const { finding, failed } = await checkStep(stepForAccount('project', first), session);
    const calls = rehearsal.practice.log.slice(before);
    expect({ status: finding.status, failed, calls }).toEqual({
      status: 'not-applicable',
      failed: false,
      calls: [],
    });
  });
});

describe('what AWS forbids in a project', () => {
  it('is the alarm, its topic and the billing preferences; whoever meets it is told by whom', async () => {
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
        'In a project of the newer AWS sign-up that is AWS itself',
      );
    }
  });

  it('is allowed elsewhere', async () => {
    const { aws } = await rehearse({ scenario: accountWith(() => {}) });
    await expect(aws.sns.send(new CreateTopicCommand({ Name: 'bill' }))).resolves.toBeDefined();
  });
});
