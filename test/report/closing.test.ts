import { describe, expect, it } from 'vitest';
import { createPlanClosing, createReportClosing } from '../../src/report/closing.ts';
import type { PlannedStep, Report, StepReport } from '../../src/report/report.ts';
import { fullReport, plan, reportContext, stepReport } from '../_support/report/reports.ts';

const closeReport = (
  steps: readonly StepReport[],
  change: Partial<Report['account']> = {},
  isPartial = false,
) => {
  const account = { ...fullReport.account, practice: false, ...change };
  const { verdict, command } = createReportClosing(
    { ...fullReport, account, steps },
    { ...reportContext, isPartial },
  );
  return [verdict, command?.label, command?.line].join(' ');
};

const skipped = { reason: 'later', on: fullReport.generatedAt };

describe('the last line of verify', () => {
  it('names the setup as what comes next where something is to do or waits', () => {
    expect(closeReport([stepReport({ status: 'unmet' }), stepReport()])).toBe(
      '1 done, 1 to do. Next: npx aws-first-steps',
    );
    expect(closeReport([stepReport({ status: 'waiting' })])).toBe('1 waiting. Next: npx aws-first-steps');
  });

  it('tells to check again where something could not be checked', () => {
    expect(closeReport([stepReport({ status: 'unknown' })])).toBe(
      '1 not known. Check again: npx aws-first-steps verify',
    );
  });

  it('is a verdict where all is done, and says what rests on the word of the owner and what is skipped', () => {
    const again = 'Look again in three months: npx aws-first-steps verify';
    const attested = stepReport({ status: 'attested' });
    expect(closeReport([stepReport()])).toBe(`Your account is set up. ${again}`);
    expect(closeReport([stepReport(), attested])).toBe(
      `Your account is set up. 1 step rests on your word. ${again}`,
    );
    expect(closeReport([stepReport(), stepReport({ status: 'unmet', skipped })])).toBe(
      `Nothing is left to do. 1 of 2 steps skipped. ${again}`,
    );
  });

  it('does not speak of the whole account where only some steps were checked', () => {
    expect(closeReport([stepReport()], {}, true)).toBe('1 done. Check all steps: npx aws-first-steps verify');
  });

  it('leads from the rehearsal to the real account', () => {
    expect(closeReport([stepReport()], { practice: true })).toBe(
      'You have rehearsed to the end. For real: npx aws-first-steps',
    );
  });
});

describe('the last line of plan', () => {
  const closePlan = (changes: readonly Partial<PlannedStep>[]) => {
    const [step] = plan.steps;
    if (!step) throw new Error('the plan has no step');
    return createPlanClosing(
      { ...plan, steps: changes.map((change) => ({ ...step, ...change })) },
      reportContext,
    ).verdict;
  };

  it('adds up what the steps cost', () => {
    expect(closePlan([{ monthlyUsd: 0.1 }, { monthlyUsd: 0.2 }, {}])).toBe(
      'In all: 0.30 USD a month. 3 changes, none made yet.',
    );
  });

  it('says what the price rests on, and which step has none that is known', () => {
    expect(
      closePlan([
        { costCondition: 'while the account has at most 10 alarms' },
        { title: 'Budget', monthlyUsd: undefined },
      ]),
    ).toBe(
      'In all: 0 USD a month while the account has at most 10 alarms, and what Budget may cost. 2 changes, none made yet.',
    );
  });

  it('says that there is no change where only the owner or AWS can do something', () => {
    expect(closePlan([{ actions: [] }])).toBe('In all: 0 USD a month. No changes by this program.');
  });
});
