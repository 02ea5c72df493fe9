import { describe, expect, it } from 'vitest';
import { isSamePolicy, parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import { matchesPattern } from '../../../src/aws/policies/patterns.ts';

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
    ['a principal beside its opposite', policyOf({ ...statement, Principal: '*', NotPrincipal: '*' })],
    ['a resource beside its opposite', policyOf({ ...statement, NotResource: '*' })],
    ['an action that is a number', policyOf({ ...statement, Action: 1 })],
    ['an action that is nothing', policyOf({ ...statement, Action: null })],
    ['a list in a list', policyOf({ ...statement, Action: [['s3:*']] })],
    ['a statement that is a text', '{"Statement":["x"]}'],
    ['a statement that is nothing', '{"Statement":null}'],
    ['a value of a condition that is an object', policyOf({ ...statement, Condition: { Bool: { a: {} } } })],
    ['an element in other letters', policyOf({ ...statement, condition: {} })],
    ['an element that AWS does not have', policyOf({ ...statement, Unless: 'x' })],
    ['an element that AWS does not have beside the statements', '{"Statement":[],"Exceptions":[]}'],
    ['a version that AWS does not have', JSON.stringify({ Version: '2012-10-18', Statement: statement })],
    [
      'a key that is there twice',
      '{"Statement":{"Effect":"Allow","Action":"a","Resource":"*","Effect":"Deny"}}',
    ],
    ['a key that is there twice, once escaped', '{"Statement":[],"State\\u006dent":[]}'],
    ['an element named as what every object has', '{"Statement":[],"constructor":{}}'],
    ['a __proto__ with statements', '{"__proto__":{"Statement":[]}}'],
    ['nothing', ''],
  ])('cannot be read with %s', (_, text) => {
    expect(parsePolicyDocument(text)).toBeUndefined();
  });

  it('may have the same key in several objects, and braces in its texts', () => {
    const text = policyOf({ ...statement, Sid: '{"Sid":"a"}{' }, { ...statement, Sid: '\\"Sid":' });
    expect(parsePolicyDocument(text)).toHaveLength(2);
  });

  it('may be without statements', () => {
    expect(parsePolicyDocument('{"Version":"2012-10-17","Statement":[]}')).toEqual([]);
  });

  it('has no variables before 2012-10-17', () => {
    // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
    const Resource = 'arn:aws:iam::*:user/${aws:username}';
    const isOwn = (Version: string | undefined) => {
      const [read] =
        parsePolicyDocument(JSON.stringify({ Version, Statement: { ...statement, Resource } })) ?? [];
      return matchesPattern(read?.resources.patterns[0] ?? '', 'arn:aws:iam::1:user/maria', {
        variables: { 'aws:username': 'maria' },
      });
    };
    expect(isOwn('2012-10-17')).toBe('yes');
    expect(isOwn('2008-10-17')).toBe('no');
    expect(isOwn(undefined)).toBe('no');
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
    ['an action is repeated', { ...statement, Action: ['s3:GetObject', 's3:GetObject'] }],
    ['an action is in other letters', { ...statement, Action: 'S3:getobject' }],
    [
      'a condition is in other letters',
      { ...statement, Condition: { bool: { 'AWS:SecureTransport': true } } },
    ],
  ])('say the same where %s', (_, written) => {
    const plain =
      'Condition' in written
        ? { ...statement, Condition: { Bool: { 'aws:SecureTransport': ['true'] } } }
        : statement;
    expect(isSamePolicy(policyOf(plain), policyOf(written))).toBe(true);
  });

  it('say the same with an account and its root user as principal', () => {
    const of = (AWS: string) => policyOf({ ...statement, Principal: { AWS } });
    expect(isSamePolicy(of('123456789012'), of('arn:aws:iam::123456789012:root'))).toBe(true);
    expect(isSamePolicy(of('123456789012'), of('arn:aws:iam::123456789012:user/root'))).toBe(false);
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
