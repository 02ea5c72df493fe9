import { describe, expect, it } from 'vitest';
import { describeAccountPlan } from '../../src/core/account-plan.ts';
import type { AccountPlan } from '../../src/aws/account-kind.ts';
import { planSteps } from '../../src/commands/plan.ts';
import { createJsonAccessDeniedError, ErrorResponse } from '../../src/practice/error-response.ts';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { formatPlanAsJson, formatReportAsJson } from '../../src/report/json.ts';
import { formatReportAsJunit } from '../../src/report/junit.ts';
import { formatPlanAsMarkdown, formatReportAsMarkdown } from '../../src/report/markdown.ts';
import { formatPlanAsTable, formatReportAsTable } from '../../src/report/table.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import { createWelcome } from '../../src/commands/setup/welcome.ts';
import type { Session } from '../../src/run/session.ts';
import { startPracticeRun, openSession, findStep } from '../_support/practice-run.ts';
import { reportContext } from '../_support/report/reports.ts';
import { accountWith } from '../_support/practice-worlds.ts';

const until = new Date('2027-05-23T10:00:00Z');

const sessionIn = async (options: PracticeOptions) => openSession(await startPracticeRun(options));

/** The first page of a setup. */
const welcomeTo = (session: Session) => {
  const welcome = createWelcome({ session, steps: [], results: new Map(), deferred: [] });
  return welcome.kind === 'heading' ? welcome.paragraphs.join('\n') : '';
};

const said = async (options: PracticeOptions) => welcomeTo(await sessionIn(options));

const refusing = (refusal: Error): PracticeOptions => ({
  faults: { getError: (operation) => (operation === 'freetier:GetAccountPlanState' ? refusal : undefined) },
});

describe('the description of an account plan', () => {
  it.each<[string, AccountPlan]>([
    [
      'Free plan, 100 USD of credit left, until 23 May 2027 or the credit is used up; then the account closes unless you upgrade',
      { type: 'FREE', status: 'ACTIVE', credits: { amount: 100, unit: 'USD' }, until },
    ],
    [
      'Free plan, 87.51 USD of credit left; then the account closes unless you upgrade',
      { type: 'FREE', status: 'ACTIVE', credits: { amount: 87.514, unit: 'USD' } },
    ],
    [
      'Free plan, which has ended: upgrade to the Paid plan within 90 days of its end, or AWS deletes what is in the account',
      { type: 'FREE', status: 'EXPIRED', credits: { amount: 0, unit: 'USD' }, until },
    ],
    [
      'Paid plan, 20 USD of credit left',
      { type: 'PAID', status: 'ACTIVE', credits: { amount: 20, unit: 'USD' } },
    ],
    ['Paid plan', { type: 'PAID', status: 'ACTIVE', until }],
    ['Plan GOLD', { type: 'GOLD\u001B[2J', status: 'ACTIVE' }],
  ])('is "%s"', (words, accountPlan) => {
    expect(describeAccountPlan(accountPlan)).toBe(words);
  });
});

describe('the plan of the account', () => {
  it('is shown at the start', async () => {
    const words = await said({ scenario: 'new' });
    expect(words).toContain('Free plan, 100 USD of credit left, until 23 May 2027 or');
  });

  it('is shown without a warning when it is the Paid plan', async () => {
    const words = await said({ scenario: 'paid' });
    expect(words).toContain('Paid plan.');
    expect(words).not.toContain('Free plan');
  });

  it.each<[string, PracticeOptions]>([
    ['is refused', refusing(createJsonAccessDeniedError('freetier:GetAccountPlanState', 'jo'))],
    ['fails', refusing(new ErrorResponse('InternalServerException', 500, 'not now'))],
    ['is never heard', refusing(Object.assign(new Error('connect'), { code: 'ETIMEDOUT' }))],
    ['finds none, as in older accounts', { scenario: 'older' }],
  ])('is not mentioned, and stops nothing, when the request for it %s', async (_, options) => {
    const session = await sessionIn(options);
    expect(session.account).toMatchObject({ kind: 'standalone', name: 'Practice' });
    expect(session.account.plan).toBeUndefined();
    expect(welcomeTo(session)).not.toMatch(/\bplan\b/i);
    const report = await verifySteps(session, [findStep('root-mfa')]);
    expect(JSON.parse(formatReportAsJson(report)).account.plan).toBeNull();
    expect(formatReportAsTable(report, { columns: 80, color: false }, reportContext)).not.toMatch(
      /\bplan\b/i,
    );
  });

  it('is in every format of verify and plan', async () => {
    const session = await sessionIn({ scenario: 'new' });
    const steps = [findStep('root-mfa')];
    const report = await verifySteps(session, steps);
    const planned = await planSteps(session, steps, () => ({}));
    const inJson = {
      type: 'FREE',
      status: 'ACTIVE',
      credits: { amount: 100, unit: 'USD' },
      until: '2027-05-23T10:00:10.000Z',
    };
    expect(JSON.parse(formatReportAsJson(report)).account.plan).toEqual(inJson);
    expect(JSON.parse(formatPlanAsJson(planned)).account.plan).toEqual(inJson);
    const options = { columns: 200, color: false };
    const texts = [
      formatReportAsTable(report, options, reportContext),
      formatPlanAsTable(planned, options, reportContext),
      formatReportAsMarkdown(report),
      formatPlanAsMarkdown(planned),
      formatReportAsJunit(report),
    ];
    for (const text of texts) expect(text).toContain('Free plan, 100 USD of credit left, until 23 May 2027');
  });

  it('has no credit or end in JSON when AWS names none', async () => {
    const scenario = accountWith((world) => {
      world.plan = { type: 'PAID', status: 'ACTIVE' };
    });
    const report = await verifySteps(await sessionIn({ scenario }), []);
    expect(JSON.parse(formatReportAsJson(report)).account.plan).toEqual({
      type: 'PAID',
      status: 'ACTIVE',
      credits: null,
      until: null,
    });
  });
});
