import { describe, expect, it } from 'vitest';
import { isSamePolicy, parsePolicyDocument } from '../../../src/aws/policies/document.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('a policy document', () => {
  it('is read the same as one statement and as a list of one', () => {
    expect(parsePolicyDocument(JSON.stringify({ Statement: statement }))).toEqual(
      parsePolicyDocument(policyOf(statement)),
    );
  });

  it('is read the same with one string and with a list of one', () => {
    expect(
      parsePolicyDocument(policyOf({ ...statement, Action: ['s3:GetObject'], Resource: ['*'] })),
    ).toEqual(parsePolicyDocument(policyOf(statement)));
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no statements', '{}'],
    ['an effect that does not exist', policyOf({ ...statement, Effect: 'allow' })],
    ['no action', policyOf({ Effect: 'Allow', Resource: '*' })],
    ['an action beside its opposite', policyOf({ ...statement, NotAction: 's3:*' })],
    ['an action that is an object', policyOf({ ...statement, Action: { s3: '*' } })],
    ['a condition that is a list', policyOf({ ...statement, Condition: [] })],
    ['a principal that is a text other than *', policyOf({ ...statement, Principal: 'me' })],
  ])('cannot be read with %s', (_, text) => {
    expect(parsePolicyDocument(text)).toBeUndefined();
  });

  it('has the values of its conditions as text, written with quotes or without', () => {
    const read = parsePolicyDocument(
      policyOf({ ...statement, Condition: { Bool: { 'aws:SecureTransport': true } } }),
    );
    expect(read?.[0]?.conditions).toEqual([
      { operator: 'Bool', key: 'aws:securetransport', values: ['true'] },
    ]);
  });

  it('reads a key named __proto__ as any other', () => {
    const text =
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"a":"b"}}}}';
    expect(parsePolicyDocument(text)?.[0]?.conditions).toEqual([
      { operator: '__proto__', key: 'a', values: ['b'] },
    ]);
  });
});

describe('two policies', () => {
  it('say the same in another order, with other white space, names and lists', () => {
    const one = policyOf({ Sid: 'A', ...statement }, { ...statement, Effect: 'Deny', Action: ['b', 'a'] });
    const other = JSON.stringify(
      {
        Statement: [
          { Resource: ['*'], Action: ['a', 'b'], Effect: 'Deny' },
          { Effect: 'Allow', Resource: '*', Action: 's3:GetObject' },
        ],
      },
      undefined,
      2,
    );
    expect(isSamePolicy(one, other)).toBe(true);
  });

  it.each([
    ['the effect', { ...statement, Effect: 'Deny' }],
    ['an action', { ...statement, Action: 's3:*' }],
    ['the opposite of an action', { Effect: 'Allow', NotAction: 's3:GetObject', Resource: '*' }],
    ['a resource', { ...statement, Resource: 'arn:aws:s3:::a/*' }],
    ['a principal', { ...statement, Principal: '*' }],
    ['a condition', { ...statement, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('do not say the same where %s differs', (_, changed) => {
    expect(isSamePolicy(policyOf(statement), policyOf(changed))).toBe(false);
  });

  it('that cannot be read are the same only letter by letter', () => {
    expect(isSamePolicy('{', '{')).toBe(true);
    expect(isSamePolicy('{', '{ ')).toBe(false);
  });
});
