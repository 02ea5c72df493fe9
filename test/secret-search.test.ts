import { describe, expect, it } from 'vitest';
import { formatPlan, formatReport } from '../src/report/formats.ts';
import { foundIn } from './faults/_support/secret-search.ts';
import { fullReport, plan, reportContext } from './_support/report/reports.ts';

const seed = 'ABCDEFGH'.repeat(4) + 'IJKLMNOP'.repeat(4);
const password = 'aB3!@#%^*()_+-=[]{}Z';
const secrets = { whole: [seed, password, 'a<b&c'], codes: ['123456'] };

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

describe('the search for secrets', () => {
  it.each([
    ['a seed in fours', seed.replaceAll(/(.{4})/g, '$1 ')],
    ['a seed in a link', `otpauth://totp/x?secret=${seed}`],
    ['half of a seed', `${seed.slice(0, 32)}...`],
    ['the other half of a seed', seed.slice(32)],
    ['a password', `Password: ${password}`],
    ['half of a password', `Password: ${password.slice(0, 10)}...`],
    ['the other half of a password', `...${password.slice(10)}`],
    ['a password in XML', '<Password>a&lt;b&amp;c</Password>'],
    ['a password in a URL', `Action=CreateLoginProfile&Password=${encodeURIComponent(password)}`],
    ['a secret in JSON in JSON', JSON.stringify(JSON.stringify({ Password: password }))],
    ['a password that Markdown escapes', password.replaceAll(/[\\`*_[\]|~#!]/g, String.raw`\$&`)],
    ['bytes as JSON writes them', JSON.stringify({ Base32StringSeed: bytesOf(seed) })],
    ['bytes of a buffer', JSON.stringify({ Base32StringSeed: Buffer.from(seed) })],
    ['bytes as a list', JSON.stringify([...bytesOf(seed)], null, 2)],
    ['bytes in hex', Buffer.from(seed).toString('hex')],
  ])('finds %s', (_, text) => {
    expect(foundIn(text, secrets)).toHaveLength(1);
  });

  it.each([0, 1, 2, 3, 4])('finds what stands behind %i letters in base64, whole and by halves', (before) => {
    for (const secret of [seed, password, password.slice(10), seed.slice(0, 32)]) {
      const text = Buffer.from(`${'x'.repeat(before)}${secret} and more`);
      expect(foundIn(text.toString('base64'), secrets), secret).toHaveLength(1);
      expect(foundIn(text.toString('base64url'), secrets), secret).toHaveLength(1);
    }
  });

  it.each([
    '123456',
    'The code is 123456.',
    '123456, please',
    'code-123456',
    '123 456.',
    '"123-456"',
    '123\u00A0456',
  ])('finds a code in: %s', (text) => {
    expect(foundIn(text, secrets)).toEqual(['123456']);
  });

  it.each(['431234560987', '0.123456', '123456.5', '2026-123456', '1234567', '123  456'])(
    'takes no other number for a code: %s',
    (text) => {
      expect(foundIn(text, secrets)).toEqual([]);
    },
  );

  it('finds a ninth of a token, and the words of a drill in any case and with anything between them', () => {
    const token = '0123456789abcdef'.repeat(18);
    const mailed = { whole: [token], codes: [], words: ['amber apple 22'] };
    for (const text of [
      `Token=${token.slice(0, 40)}...`,
      'The words to type are: amber apple 22',
      '"Amber  Apple"',
      'reason=amber%20apple%2022',
      'amber\napple',
    ]) {
      expect(foundIn(text, mailed), text).toHaveLength(1);
    }
    expect(foundIn('amber and apple, amber apples, 22', mailed)).toEqual([]);
  });

  const summary = `The password is ${password}, the secret ${seed}, and the code 123456.`;
  const page = { isTTY: false, columns: 100 };

  it.each(['table', 'json', 'markdown', 'junit'] as const)('is not blind to a report in %s', (format) => {
    const [step] = fullReport.steps;
    if (!step) throw new Error('there is no step');
    const report = { ...fullReport, steps: [{ ...step, summary }] };
    expect(foundIn(formatReport(format, report, page, reportContext), secrets)).toEqual([
      seed,
      password,
      '123456',
    ]);
  });

  it.each(['table', 'json', 'markdown'] as const)('is not blind to a plan in %s', (format) => {
    const [step] = plan.steps;
    if (!step) throw new Error('there is no step');
    const report = { ...plan, steps: [{ ...step, summary }] };
    expect(foundIn(formatPlan(format, report, page, reportContext), secrets)).toEqual([
      seed,
      password,
      '123456',
    ]);
  });
});
