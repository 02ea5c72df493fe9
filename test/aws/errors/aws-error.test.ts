import { IAMServiceException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  applyFirstRule,
  redactTokens,
  toAwsError,
  type ErrorRule,
} from '../../../src/aws/errors/aws-error.ts';

const refusal = (message: string, name = 'ValidationErrorException') =>
  new IAMServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: 400 } });
const failure = (more: object) => Object.assign(new Error('connect'), more);

describe('the words of an error', () => {
  it.each([
    'password',
    'authenticationCode1',
    'secretAccessKey',
    'sessionToken',
    'base32StringSeed',
    'newPASSWORD',
  ])('do not have the value of %s, which AWS quotes', (field) => {
    const { message } = toAwsError(refusal(`Value 'h7!x' at '${field}' failed to satisfy a rule`), undefined);
    expect(message).toBe(`The value of '${field}' failed to satisfy a rule`);
  });

  it('have a value that is no secret', () => {
    const message = "Value 'maria!' at 'userName' failed to satisfy a rule";
    expect(toAwsError(refusal(message), undefined).message).toBe(message);
  });

  it('do not have what the SDK adds of an answer that it cannot read', () => {
    const message = 'Unexpected token\n  Deserialization error: to see the raw response\n<html>';
    expect(toAwsError(refusal(message), undefined).message).toBe('Unexpected token');
  });

  it('do not have what looks like a key or a token: 40 signs and more, with at least three digits', () => {
    expect(redactTokens(`is ${'a1/+'.repeat(10)}.`)).toBe('is (not shown).');
    expect(redactTokens(`is ${'a'.repeat(37)}123.`)).toBe('is (not shown).');
    expect(redactTokens(`is ${'a1/+'.repeat(9)}abc.`)).toContain('a1/+');
  });

  it('keep a long name, which has hardly a digit', () => {
    const name = `AuthenticationCode${'s'.repeat(30)}12`;
    expect(redactTokens(name)).toBe(name);
  });
});

describe('an error of AWS', () => {
  it('has a code without "Exception" at its end, and its status', () => {
    expect(toAwsError(refusal('No.', 'LimitExceededException'), 'iam:CreateUser')).toMatchObject({
      code: 'LimitExceeded',
      status: 400,
      operation: 'iam:CreateUser',
      isAwsResponse: true,
    });
    expect(toAwsError(refusal('No.', 'ExceptionalState'), undefined).code).toBe('ExceptionalState');
  });

  it('is told from one of the way there, which has the code of Node', () => {
    expect(toAwsError(failure({ code: 'ENOTFOUND' }), undefined)).toMatchObject({
      code: 'ENOTFOUND',
      operation: 'the call',
      isAwsResponse: false,
      status: undefined,
      proxy: undefined,
    });
    expect(toAwsError(new TypeError('odd'), undefined).code).toBe('TypeError');
  });
});

describe('the host of an error', () => {
  it.each([
    [
      'the name and the socket',
      { hostname: 'iam.example', address: '10.0.0.1', port: 443 },
      'iam.example (10.0.0.1:443)',
    ],
    ['the name', { hostname: 'iam.example' }, 'iam.example'],
    ['the name, when only a port is known besides', { hostname: 'iam.example', port: 443 }, 'iam.example'],
    ['the socket', { address: '10.0.0.1', port: '443' }, '10.0.0.1:443'],
    ['the address', { address: '10.0.0.1' }, '10.0.0.1'],
    ['AWS, when nothing is known', {}, 'AWS'],
    ['AWS, when what is there is no text', { hostname: { evil: true } }, 'AWS'],
  ])('is %s', (_what, more, host) => {
    expect(toAwsError(failure(more), undefined).host).toBe(host);
  });

  it('has nothing that a terminal would obey', () => {
    expect(toAwsError(failure({ hostname: 'iam\u001b[2J.example' }), undefined).host).not.toContain('\u001b');
  });
});

describe('the rule for an error', () => {
  const trouble = toAwsError(refusal('The user with name maria cannot be found.', 'NoSuchEntity'), undefined);
  const explain = (sentence: string) => (): [string, ...string[]] => [sentence, 'Do this.'];

  it('is the first whose codes and words both apply', () => {
    const rules: readonly ErrorRule[] = [
      { codes: ['Other'], explain: explain('of another code') },
      { codes: ['NoSuchEntity'], matches: /group/, explain: explain('of other words') },
      { signIn: ['sso'], explain: explain('of a sign-in that is not known') },
      { codes: ['Other', 'NoSuchEntity'], matches: /user/, explain: explain('right') },
      { explain: explain('too late') },
    ];
    expect(applyFirstRule(rules, trouble)).toMatchObject({ message: 'right', nextSteps: ['Do this.'] });
  });

  it('is given what its words matched', () => {
    const rules = [
      { matches: /name (\w+)/, explain: (_: unknown, match: RegExpExecArray): [string] => [match[1] ?? ''] },
    ];
    expect(applyFirstRule(rules, trouble)?.message).toBe('maria');
  });

  it('is none where none applies, and the error itself is never kept: it holds the signed request', () => {
    expect(applyFirstRule([{ codes: ['Other'], explain: explain('no') }], trouble)).toBeUndefined();
    expect(applyFirstRule([{ explain: explain('yes') }], trouble)?.cause).toBeUndefined();
  });
});
