import type { PolicyCondition } from './document.ts';
import { allOf, anyOf, matchesPattern, not, toCertainty, type Certainty } from './patterns.ts';

/**
 * What is known of a request, by condition key in lower case: its values, or an empty list if the request does not have
 * the key. Nothing is known of a key that is missing here.
 */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

type Comparison = (expected: string, actual: string) => Certainty;

const splitArn = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** An ARN is compared part by part, so that `*` does not reach beyond a colon. The last part has all that is left. */
const compareArns: Comparison = (expected, actual) => {
  const texts = splitArn(actual);
  if (expected.split(':').length < 6) return 'no';
  return allOf(splitArn(expected).map((pattern, index) => matchesPattern(pattern, texts[index] ?? '')));
};

const isSame: Comparison = (expected, actual) =>
  expected.includes('${') ? matchesPattern(expected, actual) : toCertainty(expected === actual);

const isSameIgnoringCase: Comparison = (expected, actual) =>
  isSame(expected.toLowerCase(), actual.toLowerCase());

/** Operators that compare text, and whether they hold where the values differ. Numbers, dates and addresses are unknown. */
const comparisons: Readonly<Record<string, { compare: Comparison; negated: boolean }>> = {
  stringequals: { compare: isSame, negated: false },
  stringnotequals: { compare: isSame, negated: true },
  stringequalsignorecase: { compare: isSameIgnoringCase, negated: false },
  stringnotequalsignorecase: { compare: isSameIgnoringCase, negated: true },
  stringlike: { compare: matchesPattern, negated: false },
  stringnotlike: { compare: matchesPattern, negated: true },
  arnequals: { compare: compareArns, negated: false },
  arnlike: { compare: compareArns, negated: false },
  arnnotequals: { compare: compareArns, negated: true },
  arnnotlike: { compare: compareArns, negated: true },
  bool: { compare: isSameIgnoringCase, negated: false },
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
  if (name === 'null')
    return anyOf(values.map((value) => toCertainty((value === 'true') === (actual.length === 0))));
  if (actual.length === 0 && (ifExists !== undefined || set === 'forallvalues')) return 'yes';
  const known = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (known === undefined) return 'unknown';
  const { compare, negated } = known;
  if (actual.length === 0) return toCertainty(negated && set === undefined);
  const judged = actual.map((one) => {
    const equal = anyOf(values.map((value) => compare(value, one)));
    return negated ? not(equal) : equal;
  });
  if (set === 'forallvalues') return allOf(judged);
  return negated && set === undefined ? allOf(judged) : anyOf(judged);
};
