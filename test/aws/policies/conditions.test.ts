import { describe, expect, it } from 'vitest';
import {
  createTimeContext,
  judgeCondition,
  type RequestContext,
} from '../../../src/aws/policies/conditions.ts';

/* eslint-disable no-template-curly-in-string -- variables of IAM */

const context: RequestContext = {
  'aws:username': ['maria'],
  'aws:principalaccount': ['123456789012'],
  'aws:multifactorauthpresent': ['false'],
  'aws:multifactorauthage': ['3600'],
  'aws:tagkeys': ['team', 'cost'],
  'aws:sourcearn': ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a:b'],
  'aws:sourceowner': [],
  'aws:currenttime': ['2026-11-27T12:00:00Z'],
  'aws:sourceip': ['192.0.2.1'],
};

const judge = (operator: string, key: string, ...values: readonly string[]) =>
  judgeCondition({ operator, key, values }, context);

describe('a condition on a key that the request has', () => {
  it.each([
    ['StringEquals', 'aws:username', ['bob', 'maria'], 'yes'],
    ['stringequals', 'aws:username', ['maria'], 'yes'],
    ['StringEquals', 'aws:username', ['Maria'], 'no'],
    ['StringEquals', 'aws:username', ['m*'], 'no'],
    ['StringEquals', 'aws:username', [], 'no'],
    ['StringEqualsIgnoreCase', 'aws:username', ['MARIA'], 'yes'],
    ['StringNotEquals', 'aws:username', ['bob', 'maria'], 'no'],
    ['StringNotEquals', 'aws:username', ['bob'], 'yes'],
    ['StringNotEqualsIgnoreCase', 'aws:username', ['MARIA'], 'no'],
    ['StringLike', 'aws:username', ['m?ri*'], 'yes'],
    ['StringNotLike', 'aws:username', ['m*', 'x*'], 'no'],
    ['StringEquals', 'aws:username', ['${aws:username}'], 'yes'],
    ['StringEquals', 'aws:username', ['${aws:PrincipalTag/name}'], 'unknown'],
    ['Bool', 'aws:multifactorauthpresent', ['False'], 'yes'],
    ['BoolIfExists', 'aws:multifactorauthpresent', ['true'], 'no'],
    ['Null', 'aws:multifactorauthpresent', ['false'], 'yes'],
    ['Null', 'aws:multifactorauthpresent', ['True'], 'no'],
    ['NumericLessThan', 'aws:multifactorauthage', ['3601'], 'yes'],
    ['NumericLessThan', 'aws:multifactorauthage', ['3600'], 'no'],
    ['NumericLessThanEquals', 'aws:multifactorauthage', ['3600'], 'yes'],
    ['NumericGreaterThan', 'aws:multifactorauthage', ['3599'], 'yes'],
    ['NumericGreaterThanEquals', 'aws:multifactorauthage', ['3601'], 'no'],
    ['NumericNotEquals', 'aws:multifactorauthage', ['3600.0'], 'no'],
    ['NumericEquals', 'aws:multifactorauthage', ['an hour'], 'unknown'],
    ['NumericEquals', 'aws:multifactorauthage', [''], 'unknown'],
    ['DateGreaterThan', 'aws:currenttime', ['2026-01-01'], 'yes'],
    ['DateLessThan', 'aws:currenttime', ['2026-11-27T13:00:00+02:00'], 'no'],
    ['DateGreaterThanEquals', 'aws:currenttime', ['2026-11-27T12:00:00Z'], 'yes'],
    ['DateLessThanEquals', 'aws:currenttime', ['1795780800'], 'yes'],
    ['DateNotEquals', 'aws:currenttime', ['2026-11-27T12:00:00Z'], 'no'],
    ['DateLessThan', 'aws:currenttime', ['tomorrow'], 'unknown'],
    ['StringResembles', 'aws:username', ['maria'], 'unknown'],
    ['constructor', 'aws:username', ['maria'], 'unknown'],
    ['ForAnyValue:StringEquals', 'aws:tagkeys', ['cost'], 'yes'],
    ['ForAllValues:StringEquals', 'aws:tagkeys', ['cost'], 'no'],
    ['ForAllValues:StringEquals', 'aws:tagkeys', ['cost', 'team'], 'yes'],
    ['ForAnyValue:StringNotEquals', 'aws:tagkeys', ['cost'], 'yes'],
    ['StringNotEquals', 'aws:tagkeys', ['cost'], 'no'],
    ['ForAllValues:StringNotEquals', 'aws:tagkeys', ['cost'], 'no'],
    ['ForAllValues:StringNotEquals', 'aws:tagkeys', ['other'], 'yes'],
    ['ForAnyValue:StringEquals', 'aws:tagkeys', ['other'], 'no'],
    ['StringEquals', 'aws:username', ['${aws:SourceOwner}'], 'unknown'],
    ['NumericEquals', 'aws:multifactorauthage', [' '], 'unknown'],
    ['NumericEquals', 'aws:username', ['3600'], 'unknown'],
    ['DateEquals', 'aws:username', ['2026-11-27'], 'unknown'],
    ['DateLessThan', 'aws:currenttime', ['2027'], 'yes'],
    ['DateGreaterThan', 'aws:currenttime', ['2027'], 'no'],
    ['DateGreaterThan', 'aws:currenttime', ['86400'], 'yes'],
    ['IpAddress', 'aws:sourceip', ['192.0.2.0/24'], 'unknown'],
    ['NotIpAddress', 'aws:sourceip', ['192.0.2.0/24'], 'unknown'],
    ['BinaryEquals', 'aws:username', ['bWFyaWE='], 'unknown'],
  ] as const)('%s %s %j is %s %s', (operator, key, values, expected) => {
    expect(judge(operator, key, ...values)).toBe(expected);
  });
});

describe('an operator that compares', () => {
  it.each([
    ['Equals', 'no', 'yes', 'no'],
    ['NotEquals', 'yes', 'no', 'yes'],
    ['LessThan', 'no', 'no', 'yes'],
    ['LessThanEquals', 'no', 'yes', 'yes'],
    ['GreaterThan', 'yes', 'no', 'no'],
    ['GreaterThanEquals', 'yes', 'yes', 'no'],
  ] as const)('%s holds for numbers and dates: %s below, %s at, %s above', (name, below, at, above) => {
    const judgeAge = (value: string) => judge(`Numeric${name}`, 'aws:multifactorauthage', value);
    expect(['3599', '3600', '3601'].map(judgeAge)).toEqual([below, at, above]);
    const judgeTime = (value: string) => judge(`Date${name}`, 'aws:currenttime', value);
    const minutes = ['11:59', '12:00', '12:01'].map((time) => `2026-11-27T${time}:00Z`);
    expect(minutes.map(judgeTime)).toEqual([below, at, above]);
  });
});

describe('the time of a request', () => {
  it('is the same moment as a date and in seconds', () => {
    const { 'aws:currenttime': [date = ''] = [], 'aws:epochtime': seconds } = createTimeContext();
    expect(seconds).toEqual([String(Math.floor(Date.parse(date) / 1000))]);
  });
});

describe('a condition on an ARN', () => {
  it.each([
    ['the whole ARN is the same', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a:b', 'yes'],
    ['stars stand within the parts', 'arn:*:cloudwatch:*:123456789012:alarm:*', 'yes'],
    ['a star would have to reach beyond a part', 'arn:aws:*:alarm:a:b', 'no'],
    ['the account is filled in', 'arn:aws:cloudwatch:*:${aws:PrincipalAccount}:alarm:*', 'yes'],
    ['another value is filled in', 'arn:aws:cloudwatch:*:${aws:username}:alarm:*', 'no'],
    ['a variable is not known', 'arn:aws:cloudwatch:${aws:RequestedRegion}:*:alarm:*', 'unknown'],
    [
      'a star in the last part stands for colons too',
      'arn:aws:cloudwatch:us-east-1:123456789012:al*b',
      'yes',
    ],
    ['parts are missing', 'arn:aws:cloudwatch:*', 'unknown'],
    ['parts are missing and those there differ', 'arn:aws:budgets:*', 'no'],
  ] as const)('holds as documented where %s', (_, pattern, expected) => {
    expect(judge('ArnLike', 'aws:sourcearn', pattern)).toBe(expected);
    expect(judge('ArnEquals', 'aws:sourcearn', pattern)).toBe(expected);
  });
});

describe('a condition on a key that the request does not have', () => {
  it.each([
    ['StringEquals', 'no'],
    ['StringLike', 'no'],
    ['ArnLike', 'no'],
    ['Bool', 'no'],
    ['NumericLessThan', 'no'],
    ['DateLessThan', 'no'],
    ['IpAddress', 'no'],
    ['StringNotEquals', 'yes'],
    ['NotIpAddress', 'yes'],
    ['DateNotEquals', 'yes'],
    ['StringEqualsIfExists', 'yes'],
    ['NumericGreaterThanIfExists', 'yes'],
    ['StringNotEqualsIfExists', 'yes'],
    ['ForAllValues:StringNotEquals', 'yes'],
    ['ForAnyValue:StringEqualsIfExists', 'yes'],
    ['ForAllValues:StringEquals', 'yes'],
    ['ForAnyValue:StringEquals', 'no'],
    ['ForAnyValue:StringNotEquals', 'no'],
    ['StringResemblesIfExists', 'unknown'],
  ] as const)('is judged by %s alone: %s', (operator, expected) => {
    expect(judge(operator, 'aws:sourceowner', '*')).toBe(expected);
  });

  it('is what Null asks for', () => {
    expect(judge('Null', 'aws:sourceowner', 'true')).toBe('yes');
    expect(judge('Null', 'aws:sourceowner', 'false')).toBe('no');
  });
});

describe('a condition on a key of which nothing is known', () => {
  it.each(['StringEquals', 'StringNotLike', 'BoolIfExists', 'Null', 'IpAddress', 'ForAllValues:StringLike'])(
    'is unknown with %s',
    (operator) => {
      expect(judge(operator, 'aws:principaltag/team', 'true')).toBe('unknown');
      expect(judge(operator, 'constructor', 'true')).toBe('unknown');
      expect(judge(operator, '__proto__', 'true')).toBe('unknown');
    },
  );
});
