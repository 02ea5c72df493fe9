import { allOf, anyOf, not, toCertainty, type Certainty } from './patterns.ts';

/** A message that a service of AWS publishes. It carries no message attributes. */
export type ServiceMessage = {
  /**
   * What is known of the JSON in the message: a key that is missing here may be in it. Undefined for a message that is
   * not JSON.
   */
  body: Readonly<Record<string, unknown>> | undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type ValueTest = (operand: unknown, value: unknown) => Certainty;

const testText =
  (test: (operand: string, value: string) => boolean): ValueTest =>
  (operand, value) =>
    [operand].flat().every((one) => typeof one === 'string')
      ? toCertainty(typeof value === 'string' && [operand].flat().some((one) => test(String(one), value)))
      : 'unknown';

/** `anything-but` takes values, or an object with one more matcher in it. */
const testAnythingBut: ValueTest = (operand, value) =>
  isRecord(operand)
    ? not(testMatcher(operand, value))
    : not(anyOf([operand].flat().map((one) => toCertainty(one === value))));

const valueTests: Readonly<Record<string, ValueTest>> = {
  prefix: testText((operand, value) => value.startsWith(operand)),
  suffix: testText((operand, value) => value.endsWith(operand)),
  'equals-ignore-case': testText((operand, value) => value.toLowerCase() === operand.toLowerCase()),
  'anything-but': testAnythingBut,
  exists: (operand) => toCertainty(operand === true),
};

/** Matchers of numbers, addresses and wildcards are not judged. Nobody filters alarms by them. */
const testMatcher = (matcher: Record<string, unknown>, value: unknown): Certainty =>
  allOf(
    Object.entries(matcher).map(([name, operand]) => {
      const test = Object.hasOwn(valueTests, name) ? valueTests[name] : undefined;
      return test ? test(operand, value) : 'unknown';
    }),
  );

/** A message has no such key: only `exists: false` lets it pass. */
const testMissing = (matchers: readonly unknown[]): Certainty =>
  toCertainty(matchers.some((one) => isRecord(one) && one['exists'] === false));

const testValue = (matchers: readonly unknown[], value: unknown): Certainty =>
  anyOf(matchers.map((one) => (isRecord(one) ? testMatcher(one, value) : toCertainty(one === value))));

type Keys = { has: (key: string) => Certainty; get: (key: string) => unknown };

const noKeys: Keys = { has: () => 'no', get: () => undefined };

const getKnownKeys = (body: Readonly<Record<string, unknown>>): Keys => ({
  has: (key) => (Object.hasOwn(body, key) ? 'yes' : 'unknown'),
  get: (key) => body[key],
});

const judgeKey = (key: string, wanted: unknown, keys: Keys): Certainty => {
  if (key === '$or')
    return Array.isArray(wanted)
      ? anyOf(wanted.map((one) => (isRecord(one) ? judgeFilter(one, keys) : 'unknown')))
      : 'unknown';
  const known = keys.has(key);
  if (known === 'unknown') return 'unknown';
  if (isRecord(wanted)) {
    const inner = keys.get(key);
    return judgeFilter(wanted, isRecord(inner) ? getKnownKeys(inner) : noKeys);
  }
  if (!Array.isArray(wanted)) return 'unknown';
  return known === 'no' ? testMissing(wanted) : testValue(wanted, keys.get(key));
};

const judgeFilter = (filter: Record<string, unknown>, keys: Keys): Certainty =>
  allOf(Object.entries(filter).map(([key, wanted]) => judgeKey(key, wanted, keys)));

/**
 * Whether a subscription's filter policy lets a message through (SNS Developer Guide, "Amazon SNS message filtering").
 * Without another word, the filter is about message attributes. One about the body blocks a message that is not JSON.
 */
export const judgeSubscriptionFilter = (
  { FilterPolicy, FilterPolicyScope }: { FilterPolicy?: string; FilterPolicyScope?: string },
  { body }: ServiceMessage,
): Certainty => {
  if (!FilterPolicy) return 'yes';
  try {
    const filter: unknown = JSON.parse(FilterPolicy);
    if (!isRecord(filter)) return 'unknown';
    if (Object.keys(filter).length === 0) return 'yes';
    if (FilterPolicyScope !== 'MessageBody') return judgeFilter(filter, noKeys);
    return body === undefined ? 'no' : judgeFilter(filter, getKnownKeys(body));
  } catch {
    return 'unknown';
  }
};
