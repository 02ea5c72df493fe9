import * as fc from 'fast-check';
import { anyText } from '../any-text.ts';
import type { Report } from '../../../src/report/report.ts';
import { fullReport, stepReport } from './reports.ts';

const pieces = [
  '|',
  '`',
  '```',
  '<script>',
  '</testcase>',
  ']]>',
  '&',
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u0007',
  '\u001B[31m',
  '\u001B]8;;http://example.com\u0007',
  '\u009B2J',
  '\u202E',
  '\uFFFE',
  '\uD800',
  '[a](b)',
  '![',
  '# ',
  '- ',
  '1. ',
  '<!--',
  '漢字',
  '👩‍👩‍👧',
  'word ',
  ' ',
  'averyveryverylongwordwithoutanyplacetobreakitfortheeyes',
];

/** Text as somebody would write it who wants to break a report, or the terminal that shows it. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), anyText({ maxLength: 12 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** A report in which everything that comes from AWS or the owner is hostile. */
export const hostileReport: fc.Arbitrary<Report> = fc
  .record({
    title: hostileText,
    summary: hostileText,
    remedy: hostileText,
    reason: hostileText,
    alias: hostileText,
  })
  .map(({ title, summary, remedy, reason, alias }) => ({
    account: {
      ...fullReport.account,
      alias,
      identity: `user ${alias}`,
      plan: { type: title, status: summary, credits: { amount: 1, unit: remedy } },
    },
    generatedAt: fullReport.generatedAt,
    steps: [
      stepReport({ title, summary, remedy, status: 'unmet' }),
      stepReport({ title, summary, remedy, skipped: { reason, on: fullReport.generatedAt } }),
    ],
  }));
