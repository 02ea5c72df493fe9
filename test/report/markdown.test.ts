import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatPlanAsMarkdown, formatReportAsMarkdown } from '../../src/report/markdown.ts';
import { hostileReport } from '../_support/report/hostile.ts';
import { fullReport, plan, stepReport } from '../_support/report/reports.ts';

it('is a page with one row for every step', () => {
  expect(formatReportAsMarkdown(fullReport)).toBe(`# AWS First Steps

AWS account 431209876655 (acme), a practice account, seen as user maria on 2026-11-23 13:41 UTC.

| State | Step | Finding |
| --- | --- | --- |
| ✔ done | Root MFA | The root user has a second factor. |
| ☑ you said so | Billing access | You said so. |
| … waiting | Billing alarm | Alarms at 5 and 20 USD; maria@example.com has not confirmed the subscription yet.<br>Open the mail "AWS Notification - Subscription Confirmation" and choose Confirm subscription. |
| ○ to do | Groups | There is no group. |
| – not needed | Root e-mail | A member account has none. |
| ? not known | Daily administrator | AWS refused the look. |
| – skipped | Password policy | There is none.<br>Skipped since 2026-11-20: single sign-on is coming (otherwise: to do) |

7 steps: 1 done, 1 you said so, 1 waiting, 1 to do, 1 not needed, 1 not known, 1 skipped.
`);
});

it('shows what would still be done', () => {
  expect(formatPlanAsMarkdown(plan)).toBe(`# AWS First Steps: what is still to do

AWS account 431209876655 (acme), a practice account, seen as user maria on 2026-11-23 13:41 UTC.

## Groups

○ to do: There is no group.

Carried out by: administrator. Cost: free.

1. make the group developers: \`iam:CreateGroup\`
2. wait until the owner has read the mail

Permissions: \`iam:CreateGroup\`, \`iam:ListGroups\`

In all: 0 USD a month. 1 change, none made yet.
`);
});

it('says so when nothing is left to do', () => {
  expect(formatPlanAsMarkdown({ ...plan, steps: [] })).toMatch(/\nNothing is left to do\.\n$/);
});

it('takes no formatting from the account', () => {
  const summary = '`rm` | <b>bold</b> [link](https://example.com) *a* _b_ ![image](x) \\|';
  const report = { ...fullReport, steps: [stepReport({ summary })] };
  expect(formatReportAsMarkdown(report)).toContain(
    String.raw`| \`rm\` \| &lt;b&gt;bold&lt;/b&gt; \[link\](https://example.com) \*a\* \_b\_ \!\[image\](x) \\\| |`,
  );
});

it('keeps its rows whatever is in the account', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const markdown = formatReportAsMarkdown(report);
      const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
      expect(rows).toHaveLength(4);
      for (const row of rows) expect(row.replaceAll(/\\./gu, '').split('|')).toHaveLength(5);
      expect(markdown.replaceAll('<br>', '')).not.toMatch(/<|[^\P{Cc}\n]/u);
    }),
  );
});
