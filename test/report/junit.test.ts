import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatReportAsJunit } from '../../src/report/junit.ts';
import { sanitize } from '../../src/lib/sanitize.ts';
import { hostileReport } from '../_support/report/hostile.ts';
import { fullReport } from '../_support/report/reports.ts';
import { parseXml, type Element } from '../_support/report/xml.ts';

const cases = (suites: Element) =>
  suites.children.flatMap((suite) => suite.children.filter(({ name }) => name === 'testcase'));

it('tells what is not done as a failure, what could not be told as an error, and the rest as passed or skipped', () => {
  const suites = parseXml(formatReportAsJunit(fullReport));
  expect(suites.children[0]?.attributes).toEqual({
    name: 'aws-first-steps',
    tests: '7',
    failures: '2',
    errors: '1',
    skipped: '2',
    timestamp: '2026-11-23T13:41:07.000Z',
  });
  expect(cases(suites).map(({ attributes, children }) => [attributes['name'], children[0]?.name])).toEqual([
    ['root-mfa: Root MFA', 'system-out'],
    ['billing-access: Billing access', 'system-out'],
    ['billing-alarm: Billing alarm', 'failure'],
    ['groups: Groups', 'failure'],
    ['root-email: Root e-mail', 'skipped'],
    ['admin-user: Daily administrator', 'error'],
    ['password-policy: Password policy', 'skipped'],
  ]);
});

it('gives the finding as the message and the remedy as the text of a failure', () => {
  const failure = cases(parseXml(formatReportAsJunit(fullReport)))[2]?.children[0];
  expect(failure?.attributes).toMatchObject({ type: 'waiting', message: fullReport.steps[2]?.summary });
  expect(failure?.text).toBe(fullReport.steps[2]?.remedy);
});

it('stays well-formed and says the same, whatever is in the account', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const [failure, skipped] = cases(parseXml(formatReportAsJunit(report)));
      expect(failure?.children[0]?.attributes['message']).toBe(
        sanitize(report.steps[0]?.summary ?? '', 2000),
      );
      expect(skipped?.children[0]?.name).toBe('skipped');
    }),
  );
});
