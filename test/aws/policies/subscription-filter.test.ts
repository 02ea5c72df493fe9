import { describe, expect, it } from 'vitest';
import { judgeSubscriptionFilter } from '../../../src/aws/policies/subscription-filter.ts';

const alarmMessage = {
  body: {
    AlarmName: 'billing-10-usd',
    NewStateValue: 'ALARM',
    Trigger: { Namespace: 'AWS/Billing', Threshold: 10, Dimensions: [{ name: 'Currency', value: 'USD' }] },
    Empty: '',
    None: null,
    Names: ['a', 'b'],
    Nested: [['x']],
    Digits: '5',
    Pairs: [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ],
  },
};

const judgeAttributes = (filter: object) =>
  judgeSubscriptionFilter({ FilterPolicy: JSON.stringify(filter) }, alarmMessage);
const judgeBody = (filter: object, message: { body: Record<string, unknown> | undefined } = alarmMessage) =>
  judgeSubscriptionFilter(
    { FilterPolicy: JSON.stringify(filter), FilterPolicyScope: 'MessageBody' },
    message,
  );

describe('a filter policy on message attributes', () => {
  it('lets an alarm through where it is empty', () => {
    expect(judgeAttributes({})).toBe('yes');
  });

  it.each<[string, object]>([
    ['an attribute must have a value', { severity: ['high'] }],
    ['an attribute must be there', { severity: [{ exists: true }] }],
    ['an attribute must have another value', { severity: [{ 'anything-but': ['low'] }] }],
    ['an attribute must not be there', { severity: [{ exists: false }] }],
    ['one of two filters asks for nothing', { $or: [{ severity: ['high'] }, { team: [{ exists: false }] }] }],
    ['one of two attributes is asked for', { severity: ['high'], team: [{ exists: false }] }],
  ])('blocks an alarm, which has no attributes, where %s', (_, filter) => {
    expect(judgeAttributes(filter)).toBe('no');
  });

  it('lets everything through where it is missing', () => {
    expect(judgeSubscriptionFilter({}, alarmMessage)).toBe('yes');
    expect(judgeSubscriptionFilter({ FilterPolicy: '' }, alarmMessage)).toBe('yes');
  });

  it('is unknown where it cannot be read', () => {
    for (const FilterPolicy of ['{', '[]', '"x"', 'null'])
      expect(judgeSubscriptionFilter({ FilterPolicy }, alarmMessage)).toBe('unknown');
  });
});

describe('a filter policy on the body', () => {
  it.each<[string, object]>([
    ['a value is the same', { NewStateValue: ['OK', 'ALARM'] }],
    ['a value begins so', { AlarmName: [{ prefix: 'billing-' }] }],
    ['a value ends so', { AlarmName: [{ suffix: '-usd' }] }],
    ['a value is anything else', { NewStateValue: [{ 'anything-but': 'OK' }] }],
    ['a value does not begin so', { AlarmName: [{ 'anything-but': { prefix: 'cpu-' } }] }],
    ['a value is the same but for its letters', { NewStateValue: [{ 'equals-ignore-case': 'alarm' }] }],
    ['a value within another is the same', { Trigger: { Namespace: ['AWS/Billing'] } }],
    ['a number is within bounds', { Trigger: { Threshold: [{ numeric: ['>', 0, '<=', 10] }] } }],
    ['a number is the same', { Trigger: { Threshold: [{ numeric: ['=', 10] }, 11] } }],
    ['a value in a list within is the same', { Trigger: { Dimensions: { value: ['USD'] } } }],
    ['one of several values is the same', { Names: ['b'] }],
    ['a value is neither of two', { NewStateValue: [{ 'anything-but': ['OK', 'INSUFFICIENT_DATA'] }] }],
    [
      'a value begins with neither of two',
      { AlarmName: [{ 'anything-but': { prefix: ['cpu-', 'disk-'] } }] },
    ],
    ['nothing is meant by nothing', { None: [null] }],
    ['empty text need not be there', { Empty: [{ exists: false }] }],
    ['nothing need not be there', { None: [{ exists: false }] }],
    ['a number is at its upper bound', { Trigger: { Threshold: [{ numeric: ['<=', 10] }] } }],
    ['a number is at its lower bound', { Trigger: { Threshold: [{ numeric: ['>=', 10] }] } }],
    ['a number is below a bound', { Trigger: { Threshold: [{ numeric: ['<', 11] }] } }],
    ['a list has none of the values', { Names: [{ 'anything-but': ['c', 'd'] }] }],
    ['a list in a list has the value', { Nested: ['x'] }],
    ['both values are in the same entry of a list', { Pairs: { name: ['a'], value: ['1'] } }],
    ['what is within a text need not be there', { AlarmName: { first: ['b', { exists: false }] } }],
    ['one of two holds, and the other cannot be judged', { $or: ['x', { NewStateValue: ['ALARM'] }] }],
    ['one of two holds', { $or: [{ NewStateValue: ['OK'] }, { AlarmName: [{ exists: true }] }] }],
  ])('lets an alarm through where %s', (_, filter) => {
    expect(judgeBody(filter)).toBe('yes');
  });

  it.each<[string, object]>([
    ['the state must be another', { NewStateValue: ['OK'] }],
    ['another alarm is meant', { AlarmName: [{ prefix: 'cpu-' }] }],
    ['one of two does not hold', { NewStateValue: ['ALARM'], AlarmName: ['other'] }],
    ['a value within another differs', { Trigger: { Namespace: ['AWS/EC2'] } }],
    ['a value must not be there', { AlarmName: [{ exists: false }] }],
    ['a number is out of bounds', { Trigger: { Threshold: [{ numeric: ['>', 0, '<', 10] }] } }],
    ['a text is no number', { AlarmName: [{ numeric: ['>', 0] }] }],
    ['a number is no text', { Trigger: { Threshold: ['10', { prefix: '1' }] } }],
    ['empty text is not there', { Empty: [{ exists: true }] }],
    ['nothing is not there', { None: [{ exists: true }] }],
    ['a value in a list within differs', { Trigger: { Dimensions: { value: ['INR'] } } }],
    ['what is within a text is asked for', { AlarmName: { first: ['b'] } }],
    ['letters differ', { NewStateValue: ['alarm'] }],
    ['no value is accepted', { NewStateValue: [] }],
    ['a number is at a bound that it must pass', { Trigger: { Threshold: [{ numeric: ['>', 10] }] } }],
    ['a number is at a bound that it must not reach', { Trigger: { Threshold: [{ numeric: ['<', 10] }] } }],
    ['a number is beyond its upper bound', { Trigger: { Threshold: [{ numeric: ['<=', 9] }] } }],
    ['a number is below its lower bound', { Trigger: { Threshold: [{ numeric: ['>=', 11] }] } }],
    ['a number is another', { Trigger: { Threshold: [{ numeric: ['=', 11] }] } }],
    ['a text of digits is no number', { Digits: [{ numeric: ['>', 0] }] }],
    ['a list has only values that are excluded', { Names: [{ 'anything-but': ['a', 'b'] }] }],
    ['what is within a text must be there', { AlarmName: { first: [{ exists: true }, null] } }],
    ['no entry of a list has the value', { Pairs: { name: ['c'] } }],
    ['neither of two holds', { $or: [{ NewStateValue: ['OK'] }, { AlarmName: ['other'] }] }],
    [
      'a value begins with one of two that are excluded',
      { AlarmName: [{ 'anything-but': { prefix: ['x', 'b'] } }] },
    ],
  ])('blocks an alarm where %s', (_, filter) => {
    expect(judgeBody(filter)).toBe('no');
  });

  it('is unknown for a key that this program does not know, and for addresses', () => {
    expect(judgeBody({ Note: ['x'] })).toBe('unknown');
    expect(judgeBody({ AlarmName: [{ cidr: '10.0.0.0/24' }] })).toBe('unknown');
    expect(judgeBody({ constructor: ['x'] })).toBe('unknown');
    expect(judgeBody({ AlarmName: [{ toString: 'x' }] })).toBe('unknown');
    expect(judgeBody({ Trigger: { Unit: [{ exists: false }] } })).toBe('unknown');
  });

  it.each<[string, object]>([
    ['a matcher that does not exist', { AlarmName: [{ resembles: 'x' }] }],
    ['two matchers in one', { AlarmName: [{ prefix: 'b', suffix: 'd' }] }],
    ['half a comparison', { Trigger: { Threshold: [{ numeric: ['>'] }] } }],
    ['no comparison', { Trigger: { Threshold: [{ numeric: [] }] } }],
    ['a bound that is no number', { Trigger: { Threshold: [{ numeric: ['=', '10'] }] } }],
    ['a comparison that only JavaScript knows', { Trigger: { Threshold: [{ numeric: ['toString', 10] }] } }],
    ['a beginning that is no text', { AlarmName: [{ prefix: 5 }] }],
    ['values in two entries of a list', { Pairs: { name: ['a'], value: ['2'] } }],
    ['an alternative that is no filter', { $or: ['x'] }],
    ['a comparison that does not exist', { Trigger: { Threshold: [{ numeric: ['~', 10] }] } }],
    ['a value without a list', { NewStateValue: 'ALARM' }],
    ['a list of which a part is excluded', { Names: [{ 'anything-but': ['a'] }] }],
    ['alternatives that are no list', { $or: { NewStateValue: ['ALARM'] } }],
    ['a value where an object is', { Trigger: [{ 'anything-but': 'x' }] }],
  ])('is unknown with %s', (_, filter) => {
    expect(judgeBody(filter)).toBe('unknown');
  });

  it('is unknown with a scope that does not exist', () => {
    expect(
      judgeSubscriptionFilter({ FilterPolicy: '{"a":["b"]}', FilterPolicyScope: 'Subject' }, alarmMessage),
    ).toBe('unknown');
  });

  it('blocks a message that is not JSON, as those of AWS Budgets', () => {
    expect(judgeBody({ NewStateValue: ['ALARM'] }, { body: undefined })).toBe('no');
  });
});
