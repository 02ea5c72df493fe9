import type { PlanReport, Report, ReportContext, StepReport } from '../../../src/report/report.ts';

const controls = {
  cis5: ['1.4'],
  cis7: ['2.5'],
  ssb: ['ACCT.05'],
  securityHub: ['IAM.9'],
  prowler: ['iam_root_mfa_enabled'],
};

/** A run without options. */
export const reportContext: ReportContext = {
  setup: 'npx aws-first-steps',
  verify: 'npx aws-first-steps verify',
  isPartial: false,
};

/** A step of a report; what a test does not care about is filled in. */
export const stepReport = (changes: Partial<StepReport> = {}): StepReport => ({
  id: 'root-mfa',
  title: 'Root MFA',
  category: 'root',
  status: 'met',
  summary: 'The root user has a second factor.',
  cost: 'free',
  controls,
  controlStatuses: [{ standard: 'cis5', id: '1.4', status: 'passed' }],
  evidence: [{ operation: 'iam:GetAccountSummary', at: '2026-11-23T13:41:07.000Z' }],
  ...changes,
});

/** A report with one step of every outcome. */
export const fullReport: Report = {
  account: {
    id: '431209876655',
    alias: 'acme',
    identity: 'user maria',
    kind: 'standalone',
    partition: 'aws',
    practice: true,
  },
  generatedAt: new Date('2026-11-23T13:41:07Z'),
  steps: [
    stepReport(),
    stepReport({
      id: 'billing-access',
      title: 'Billing access',
      status: 'attested',
      summary: 'You said so.',
    }),
    stepReport({
      id: 'billing-alarm',
      title: 'Billing alarm',
      category: 'money',
      status: 'waiting',
      summary: 'Alarms at 5 and 20 USD; maria@example.com has not confirmed the subscription yet.',
      remedy: 'Open the mail "AWS Notification - Subscription Confirmation" and choose Confirm subscription.',
    }),
    stepReport({
      id: 'groups',
      title: 'Groups',
      category: 'people',
      status: 'unmet',
      summary: 'There is no group.',
    }),
    stepReport({
      id: 'root-email',
      title: 'Root e-mail',
      status: 'not-applicable',
      summary: 'A member account has none.',
    }),
    stepReport({
      id: 'admin-user',
      title: 'Daily administrator',
      status: 'unknown',
      summary: 'AWS refused the look.',
    }),
    stepReport({
      id: 'password-policy',
      title: 'Password policy',
      status: 'unmet',
      summary: 'There is none.',
      skipped: { reason: 'single sign-on is coming', on: new Date('2026-11-20T08:00:00Z') },
    }),
  ],
};

/** A plan with one step in it. */
export const plan: PlanReport = {
  account: fullReport.account,
  generatedAt: fullReport.generatedAt,
  steps: [
    {
      id: 'groups',
      title: 'Groups',
      status: 'unmet',
      summary: 'There is no group.',
      cost: 'free',
      monthlyUsd: 0,
      performedBy: 'administrator',
      actions: [
        {
          why: 'make the group developers',
          calls: [{ operation: 'iam:CreateGroup', input: { GroupName: 'developers' } }],
        },
        { why: 'wait until the owner has read the mail', calls: [] },
      ],
      permissions: ['iam:CreateGroup', 'iam:ListGroups'],
    },
  ],
};
