import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { formatPlanAsTable, formatReportAsTable } from '../../src/report/table.ts';
import { hostileReport } from '../_support/report/hostile.ts';
import { fullReport, plan, reportContext, stepReport } from '../_support/report/reports.ts';

it('says of every step how it stands, what was found and what helps', () => {
  expect(formatReportAsTable(fullReport, { columns: 80, color: false }, reportContext))
    .toBe(`AWS account 431209876655 (acme), seen as user maria · practice
2026-11-23 13:41 UTC

✔ done         Root MFA
               The root user has a second factor.
☑ you said so  Billing access
               You said so.
… waiting      Billing alarm
               Alarms at 5 and 20 USD; maria@example.com has not confirmed the
               subscription yet.
               → Open the mail "AWS Notification - Subscription Confirmation"
               and choose Confirm subscription.
○ to do        Groups
               There is no group.
– not needed   Root e-mail
               A member account has none.
? not known    Daily administrator
               AWS refused the look.
– skipped      Password policy
               There is none.
               Skipped since 2026-11-20: single sign-on is coming (otherwise: to
               do)

1 done, 1 you said so, 1 waiting, 1 to do, 1 not needed, 1 not known, 1 skipped.
Next: npx aws-first-steps
`);
});

it('has one line for each step in a window of 120 columns', () => {
  expect(formatReportAsTable(fullReport, { columns: 120, color: false }, reportContext))
    .toBe(`AWS account 431209876655 (acme), seen as user maria · practice · 2026-11-23 13:41 UTC

✔ done         Root MFA             The root user has a second factor.
☑ you said so  Billing access       You said so.
… waiting      Billing alarm        Alarms at 5 and 20 USD; maria@example.com has not confirmed the subscription yet.
                                    → Open the mail "AWS Notification - Subscription Confirmation" and choose Confirm
                                    subscription.
○ to do        Groups               There is no group.
– not needed   Root e-mail          A member account has none.
? not known    Daily administrator  AWS refused the look.
– skipped      Password policy      There is none.
                                    Skipped since 2026-11-20: single sign-on is coming (otherwise: to do)

1 done, 1 you said so, 1 waiting, 1 to do, 1 not needed, 1 not known, 1 skipped. Next: npx aws-first-steps
`);
});

it('leaves the right of a very wide window empty, because long lines are hard to read', () => {
  const render = (columns: number) =>
    formatReportAsTable(fullReport, { columns, color: false }, reportContext);
  expect(render(400)).toBe(render(130));
});

it('tells to run the setup once, at the end, and keeps every other advice', () => {
  const remedy = 'Run the setup: it takes the filter off. Delete the key of carol. Run the setup: it asks.';
  const report = { ...fullReport, steps: [stepReport({ status: 'unmet', remedy })] };
  const table = formatReportAsTable(report, { columns: 80, color: false }, reportContext);
  expect(table).toContain('→ Delete the key of carol.\n');
  expect(table).not.toContain('Run the setup');
});

it('shows what would still be done, what it costs, and how to do it', () => {
  expect(formatPlanAsTable(plan, { columns: 60, color: false }, reportContext))
    .toBe(`AWS account 431209876655 (acme), seen as user maria ·
practice
2026-11-23 13:41 UTC

○ to do        Groups
               There is no group.
               As an administrator · free
               1 make the group developers [iam:CreateGroup]
               2 wait until the owner has read the mail

In all: 0 USD a month. 1 change, none made yet.
To do it: npx aws-first-steps
`);
});

it('lists the permissions that a plan needs only if asked to', () => {
  const render = (permissions: boolean) =>
    formatPlanAsTable(plan, { columns: 80, color: false }, { ...reportContext, permissions });
  expect(render(true)).toContain('Permissions: iam:CreateGroup, iam:ListGroups');
  expect(render(false)).not.toContain('Permissions');
});

it('says so when nothing is left to do', () => {
  const empty = { ...plan, steps: [] };
  const render = (isPartial: boolean) =>
    formatPlanAsTable(empty, { columns: 100, color: false }, { ...reportContext, isPartial });
  expect(render(false)).toMatch(/\nNothing is left to do\.\n$/);
  expect(render(true)).toMatch(
    /\nNothing is left to do in these steps\. Check all steps: npx aws-first-steps verify\n$/,
  );
});

it('keeps a long command whole, so that it can be copied', () => {
  const setup = `npx aws-first-steps --practice --home ${'/long'.repeat(30)}`;
  const table = formatReportAsTable(fullReport, { columns: 80, color: false }, { ...reportContext, setup });
  expect(table.split('\n').at(-2)).toBe(`Next: ${setup}`);
});

it('has colours only when asked, and the same words with them', () => {
  const plain = formatReportAsTable(fullReport, { columns: 80, color: false }, reportContext);
  const colourful = formatReportAsTable(fullReport, { columns: 80, color: true }, reportContext);
  expect(colourful).toContain('\u001B[32m✔ done');
  expect(plain).not.toContain('\u001B');
  expect(stripVTControlCharacters(colourful)).toBe(plain);
});

it('fits the terminal and writes no control characters, whatever is in the account', () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 30, max: 150 }), (report, columns) => {
      const table = formatReportAsTable(report, { columns, color: false }, reportContext);
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202E]/u);
      for (const line of table.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

it('fits the terminal also where syllables are put together from parts', () => {
  const syllables = '\u1100\uAC001. \u{20000}'.repeat(20);
  const [first] = fullReport.steps;
  if (!first) throw new Error('the report has no step');
  const report = { ...fullReport, steps: [{ ...first, summary: syllables }] };
  for (let columns = 30; columns < 50; columns += 1) {
    const lines = formatReportAsTable(report, { columns, color: false }, reportContext).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
  }
});
