import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { formatPlanAsTable, formatReportAsTable } from '../../src/report/table.ts';
import { hostileReport } from '../_support/report/hostile.ts';
import { fullReport, plan } from '../_support/report/reports.ts';

it('says of every step how it stands, what was found and what helps', () => {
  expect(formatReportAsTable(fullReport, { columns: 80, color: false }))
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

7 steps: 1 done, 1 you said so, 1 waiting, 1 to do, 1 not needed, 1 not known, 1
skipped
`);
});

it('shows what would still be done', () => {
  expect(formatPlanAsTable(plan, { columns: 60, color: false }))
    .toBe(`AWS account 431209876655 (acme), seen as user maria ·
practice
2026-11-23 13:41 UTC

○ to do        Groups
               There is no group.
               Carried out by: administrator. Cost: free.
               1 make the group developers [iam:CreateGroup]
               2 wait until the owner has read the mail
               Permissions: iam:CreateGroup, iam:ListGroups
`);
});

it('says so when nothing is left to do', () => {
  expect(formatPlanAsTable({ ...plan, steps: [] }, { columns: 80, color: false })).toMatch(
    /\nNothing is left to do\.\n$/,
  );
});

it('has colours only when asked, and the same words with them', () => {
  const plain = formatReportAsTable(fullReport, { columns: 80, color: false });
  const colourful = formatReportAsTable(fullReport, { columns: 80, color: true });
  expect(colourful).toContain('\u001B[32m✔ done');
  expect(plain).not.toContain('\u001B');
  expect(stripVTControlCharacters(colourful)).toBe(plain);
});

it('fits the terminal and writes no control characters, whatever is in the account', () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 20, max: 120 }), (report, columns) => {
      const table = formatReportAsTable(report, { columns, color: false });
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
  for (let columns = 20; columns < 40; columns += 1) {
    const lines = formatReportAsTable(report, { columns, color: false }).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
  }
});
