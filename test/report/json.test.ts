import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlanAsJson, formatReportAsJson } from '../../src/report/json.ts';
import { hostileReport } from '../_support/report/hostile.ts';
import { fullReport, plan, stepReport } from '../_support/report/reports.ts';

describe('the JSON report', () => {
  it('has exactly the documented fields', () => {
    const { id, alias, identity, kind, partition, practice } = fullReport.account;
    expect(JSON.parse(formatReportAsJson({ ...fullReport, steps: [stepReport()] }))).toEqual({
      version: 1,
      account: { id, alias, identity, kind, partition, plan: null, practice },
      generatedAt: '2026-11-23T13:41:07.000Z',
      summary: {
        met: 1,
        attested: 0,
        waiting: 0,
        unmet: 0,
        notApplicable: 0,
        unknown: 0,
        skipped: 0,
        total: 1,
      },
      controls: [{ standard: 'cis5', id: '1.4', status: 'passed' }],
      steps: [
        {
          id: 'root-mfa',
          title: 'Root MFA',
          chapter: 'root',
          status: 'met',
          summary: 'The root user has a second factor.',
          remedy: null,
          cost: 'free',
          controls: stepReport().controls,
          controlStatuses: [{ standard: 'cis5', id: '1.4', status: 'passed' }],
          skipped: null,
          evidence: [{ operation: 'iam:GetAccountSummary', at: '2026-11-23T13:41:07.000Z' }],
        },
      ],
    });
  });

  it('counts a skipped step as skipped and still gives its status', () => {
    const { summary, steps } = JSON.parse(formatReportAsJson(fullReport));
    expect(summary).toEqual({
      met: 1,
      attested: 1,
      waiting: 1,
      unmet: 1,
      notApplicable: 1,
      unknown: 1,
      skipped: 1,
      total: 7,
    });
    expect(steps.at(-1)).toMatchObject({
      status: 'unmet',
      skipped: { reason: 'single sign-on is coming', on: '2026-11-20T08:00:00.000Z' },
    });
  });

  it('gives null where an account has no alias', () => {
    const account = { ...fullReport.account, alias: undefined };
    expect(JSON.parse(formatReportAsJson({ ...fullReport, account })).account.alias).toBeNull();
  });

  it('keeps hostile text as it is, and shows a terminal none of its control characters', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = formatReportAsJson(report);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(JSON.parse(text).steps[0].summary).toBe(report.steps[0]?.summary);
      }),
    );
  });
});

describe('the JSON plan', () => {
  it('has every call with its input', () => {
    expect(JSON.parse(formatPlanAsJson(plan))).toEqual({
      version: 1,
      account: { ...fullReport.account, plan: null },
      generatedAt: '2026-11-23T13:41:07.000Z',
      changes: 1,
      steps: plan.steps.map(({ performedBy, ...rest }) => ({ ...rest, actor: performedBy })),
    });
  });
});
