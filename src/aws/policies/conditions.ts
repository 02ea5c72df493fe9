import { systemClock } from '../../lib/clock.ts';
import type { PolicyCondition } from './document.ts';
import {
  allOf,
  anyOf,
  matchesPattern,
  not,
  toCertainty,
  type Certainty,
  type MatchOptions,
} from './patterns.ts';

/**
 * What is known of a request, by condition key in lower case: its values, or an empty list if the request does not have
 * the key. Nothing is known of a key that is missing here.
 */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** A request that is made now: many policies let somebody in until a day that has passed. */
export const createTimeContext = (): RequestContext => {
  const now = systemClock.now();
  return {
    'aws:currenttime': [now.toISOString()],
    'aws:epochtime': [String(Math.floor(now.getTime() / 1000))],
  };
};

/** Many statements are asked about the same request. */
const knownVariables = new WeakMap<RequestContext, Readonly<Record<string, string>>>();

/** The values of the keys that policies may use as variables. */
export const getVariables = (context: RequestContext): Readonly<Record<string, string>> => {
  const variables =
    knownVariables.get(context) ??
    Object.fromEntries(
      Object.entries(context).flatMap(([key, [value]]) => (value === undefined ? [] : [[key, value]])),
    );
  knownVariables.set(context, variables);
  return variables;
};

type Comparison = (expected: string, actual: string, options: MatchOptions) => Certainty;

/** The six parts of an ARN. A variable has colons of its own: `${aws:PrincipalAccount}`. */
const arnPattern = /^((?:\$\{[^}]*\}|[^:$]|\$(?!\{))*)(?::|$)/;

const splitArn = (arn: string): readonly string[] => {
  const parts: string[] = [];
  let rest = arn;
  while (parts.length < 5) {
    const [found = '', part = ''] = arnPattern.exec(rest) ?? [];
    if (!found.endsWith(':')) break;
    parts.push(part);
    rest = rest.slice(found.length);
  }
  return [...parts, rest];
};

/**
 * An ARN is compared part by part, so that `*` does not reach beyond a colon. The last part has all that is left. What
 * AWS does with fewer parts is not documented: at best it takes them for a text.
 */
const compareArns: Comparison = (expected, actual, options) => {
  const [patterns, texts] = [splitArn(expected), splitArn(actual)];
  if (patterns.length < 6) return allOf(['unknown', matchesPattern(expected, actual, options)]);
  return allOf(patterns.map((pattern, index) => matchesPattern(pattern, texts[index] ?? '', options)));
};

const isSame: Comparison = (expected, actual, options) =>
  matchesPattern(expected, actual, { ...options, isLiteral: true });

const isSameIgnoringCase: Comparison = (expected, actual, options) =>
  isSame(expected, actual, { ...options, ignoreCase: true });

const compareNumbers =
  (test: (actual: number, expected: number) => boolean): Comparison =>
  (expected, actual) => {
    const numbers = [actual, expected].map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
    const [left = Number.NaN, right = Number.NaN] = numbers;
    return numbers.some(Number.isNaN) ? 'unknown' : toCertainty(test(left, right));
  };

/** A date as ISO 8601 writes it, or in seconds since 1970. */
const parseDate = (text: string): number =>
  /^\d+$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text);

const compareDates =
  (test: (actual: number, expected: number) => boolean): Comparison =>
  (expected, actual) => {
    const [left, right] = [parseDate(actual), parseDate(expected)];
    return Number.isNaN(left) || Number.isNaN(right) ? 'unknown' : toCertainty(test(left, right));
  };

/** Addresses and binary values: only what a missing key means is known. */
const isNotJudged: Comparison = () => 'unknown';

/** Operators by name in lower case. The negation of each (`StringNotEquals`, `NotIpAddress`) is found by `findOperator`. */
const comparisons: Readonly<Record<string, Comparison>> = {
  stringequals: isSame,
  stringequalsignorecase: isSameIgnoringCase,
  stringlike: matchesPattern,
  arnequals: compareArns,
  arnlike: compareArns,
  bool: isSameIgnoringCase,
  numericequals: compareNumbers((actual, expected) => actual === expected),
  numericlessthan: compareNumbers((actual, expected) => actual < expected),
  numericlessthanequals: compareNumbers((actual, expected) => actual <= expected),
  numericgreaterthan: compareNumbers((actual, expected) => actual > expected),
  numericgreaterthanequals: compareNumbers((actual, expected) => actual >= expected),
  dateequals: compareDates((actual, expected) => actual === expected),
  datelessthan: compareDates((actual, expected) => actual < expected),
  datelessthanequals: compareDates((actual, expected) => actual <= expected),
  dategreaterthan: compareDates((actual, expected) => actual > expected),
  dategreaterthanequals: compareDates((actual, expected) => actual >= expected),
  ipaddress: isNotJudged,
  binaryequals: isNotJudged,
};

const negations: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
};

const findOperator = (name: string): { compare: Comparison; negated: boolean } | undefined => {
  const plain = Object.hasOwn(negations, name) ? negations[name] : undefined;
  const compare = Object.hasOwn(comparisons, plain ?? name) ? comparisons[plain ?? name] : undefined;
  return compare && { compare, negated: plain !== undefined };
};

const operatorPattern = /^(?:(?<set>forallvalues|foranyvalue):)?(?<name>.*?)(?<ifExists>ifexists)?$/;

/**
 * Whether a condition holds. Where the request lacks the key, a comparison does not hold, its negation does, and
 * `IfExists` and `ForAllValues` do (IAM User Guide, "IAM JSON policy elements: Condition operators").
 */
export const judgeCondition = (
  { operator, key, values }: PolicyCondition,
  context: RequestContext,
): Certainty => {
  const { set, name = '', ifExists } = operatorPattern.exec(operator.toLowerCase())?.groups ?? {};
  const actual = Object.hasOwn(context, key) ? context[key] : undefined;
  if (actual === undefined) return 'unknown';
  if (name === 'null') {
    const isMissing = String(actual.length === 0);
    return anyOf(values.map((value) => toCertainty(value.toLowerCase() === isMissing)));
  }
  const known = findOperator(name);
  if (known === undefined) return 'unknown';
  const { compare, negated } = known;
  if (actual.length === 0) {
    if (ifExists !== undefined || set === 'forallvalues') return 'yes';
    return toCertainty(negated && set === undefined);
  }
  const variables = getVariables(context);
  const judged = actual.map((one) => {
    const equal = anyOf(values.map((value) => compare(value, one, { variables })));
    return negated ? not(equal) : equal;
  });
  if (set === 'forallvalues') return allOf(judged);
  return negated && set === undefined ? allOf(judged) : anyOf(judged);
};
