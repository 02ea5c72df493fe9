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
    typeof operand === 'string' ? toCertainty(typeof value === 'string' && test(operand, value)) : 'unknown';

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Pairs of a comparison and a number, all of which must hold: `[">", 0, "<=", 150]`. */
const testNumber: ValueTest = (operand, value) => {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) return 'unknown';
  const operands: readonly unknown[] = operand;
  return allOf(
    operands.flatMap((name, index) => {
      if (index % 2 === 1) return [];
      const limit = operands[index + 1];
      const compare =
        typeof name === 'string' && Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
      if (compare === undefined || typeof limit !== 'number') return ['unknown' as const];
      return [toCertainty(typeof value === 'number' && compare(value, limit))];
    }),
  );
};

/** `anything-but` takes values, or an object with one more matcher in it, which may have several operands. */
const testAnythingBut: ValueTest = (operand, value) => {
  if (!isRecord(operand)) return not(anyOf([operand].flat().map((one) => toCertainty(one === value))));
  return not(
    anyOf(
      Object.entries(operand).flatMap(([name, inner]) =>
        [inner].flat().map((one) => testMatcher({ [name]: one }, value)),
      ),
    ),
  );
};

const valueTests: Readonly<Record<string, ValueTest>> = {
  prefix: testText((operand, value) => value.startsWith(operand)),
  suffix: testText((operand, value) => value.endsWith(operand)),
  'equals-ignore-case': testText((operand, value) => value.toLowerCase() === operand.toLowerCase()),
  'anything-but': testAnythingBut,
  numeric: testNumber,
  // Nothing and empty text do not count as being there (SNS Developer Guide, "Key matching").
  exists: (operand, value) => toCertainty(operand === (value !== null && value !== '')),
};

/** Matchers of addresses and wildcards are not judged. Nobody filters alarms by them. */
const testMatcher = (matcher: Record<string, unknown>, value: unknown): Certainty => {
  const [first, ...others] = Object.entries(matcher);
  if (first === undefined || others.length > 0) return 'unknown';
  const [name, operand] = first;
  const test = Object.hasOwn(valueTests, name) ? valueTests[name] : undefined;
  return test ? test(operand, value) : 'unknown';
};

/** A message has no such key: only `exists: false` lets it pass. */
const testMissing = (matchers: readonly unknown[]): Certainty =>
  toCertainty(matchers.some((one) => isRecord(one) && one['exists'] === false));

const testValue = (matchers: readonly unknown[], value: unknown): Certainty =>
  anyOf(matchers.map((one) => (isRecord(one) ? testMatcher(one, value) : toCertainty(one === value))));

/** Of a list, one value that matches is enough. What `anything-but` makes of a list is not documented. */
const testValues = (matchers: readonly unknown[], value: unknown): Certainty => {
  if (!Array.isArray(value)) return isRecord(value) ? 'unknown' : testValue(matchers, value);
  const judged = value.flat(Infinity).map((one) => testValue(matchers, one));
  return new Set(judged).size > 1 && JSON.stringify(matchers).includes('anything-but')
    ? 'unknown'
    : anyOf(judged);
};

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
    const inner = [keys.get(key)].flat(Infinity).filter(isRecord);
    if (inner.length === 0) return judgeFilter(wanted, noKeys);
    // Whether all that is asked for must be in the same entry of a list is not documented.
    const judged = inner.map((one) => judgeFilter(wanted, getKnownKeys(one)));
    return judged.length > 1 && !judged.includes('yes') && Object.keys(wanted).length > 1
      ? 'unknown'
      : anyOf(judged);
  }
  if (!Array.isArray(wanted)) return 'unknown';
  return known === 'no' ? testMissing(wanted) : testValues(wanted, keys.get(key));
};

const judgeFilter = (filter: Record<string, unknown>, keys: Keys): Certainty =>
  allOf(Object.entries(filter).map(([key, wanted]) => judgeKey(key, wanted, keys)));

/**
 * Whether a subscription's filter policy lets a message through (SNS Developer Guide, "Amazon SNS message filtering").
 * Without another word, the filter is about message attributes. One about the body blocks a message that is not JSON.
 */
export const judgeSubscriptionFilter = (
  {
    FilterPolicy,
    FilterPolicyScope = 'MessageAttributes',
  }: { FilterPolicy?: string; FilterPolicyScope?: string },
  { body }: ServiceMessage,
): Certainty => {
  if (!FilterPolicy) return 'yes';
  try {
    const filter: unknown = JSON.parse(FilterPolicy);
    if (!isRecord(filter)) return 'unknown';
    if (Object.keys(filter).length === 0) return 'yes';
    // Even `exists: false` needs one attribute, whichever (SNS Developer Guide, "Key matching").
    if (FilterPolicyScope === 'MessageAttributes') return 'no';
    if (FilterPolicyScope !== 'MessageBody') return 'unknown';
    return body === undefined ? 'no' : judgeFilter(filter, getKnownKeys(body));
  } catch {
    return 'unknown';
  }
};
