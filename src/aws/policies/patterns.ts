/** What can be told: `unknown` where it depends on something that this program does not know. */
export type Certainty = 'yes' | 'no' | 'unknown';

const both = (one: Certainty, other: Certainty): Certainty => {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'unknown' || other === 'unknown' ? 'unknown' : 'yes';
};

const either = (one: Certainty, other: Certainty): Certainty => not(both(not(one), not(other)));

export const not = (one: Certainty): Certainty => {
  if (one === 'unknown') return 'unknown';
  return one === 'yes' ? 'no' : 'yes';
};

export const toCertainty = (known: boolean): Certainty => (known ? 'yes' : 'no');

export const anyOf = (all: readonly Certainty[]): Certainty => all.reduce(either, 'no');

export const allOf = (all: readonly Certainty[]): Certainty => all.reduce(both, 'yes');

/** A variable of IAM in a pattern: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`. */
const variablePattern = /\$\{([^}]*)\}/g;

/** Literal `*`, `?` and `$` are written as variables (IAM User Guide, "IAM policy elements: Variables and tags"). */
const literalVariables: Readonly<Record<string, string>> = { '*': '\\*', '?': '\\?', $: '\\$' };

const escapePattern = (text: string): string =>
  text
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');

/** Thousands of users have the same policies, so each pattern is compiled once. */
const compiled = new Map<string, RegExp>();

const compilePattern = (source: string, ignoreCase: boolean): RegExp => {
  const key = `${ignoreCase ? 'i' : ''} ${source}`;
  const pattern = compiled.get(key) ?? new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u');
  compiled.set(key, pattern);
  return pattern;
};

const escapeLiteral = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A pattern with its variables filled in, and whether all of them are known: one that is not stands for any text. */
const fillVariables = (
  pattern: string,
  variables: Readonly<Record<string, string>>,
): { source: string; isKnown: boolean } => {
  let source = '';
  let end = 0;
  let isKnown = true;
  for (const { 0: whole, 1: name = '', index } of pattern.matchAll(variablePattern)) {
    const key = name.toLowerCase();
    const literal = Object.hasOwn(literalVariables, name) ? literalVariables[name] : undefined;
    const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
    source += escapePattern(pattern.slice(end, index));
    source += literal ?? (value === undefined ? '[^]*' : escapeLiteral(value));
    end = index + whole.length;
    isKnown &&= literal !== undefined || value !== undefined;
  }
  return { source: source + escapePattern(pattern.slice(end)), isKnown };
};

/**
 * Whether a pattern with `*` and `?` matches a text. Variables are filled in from `variables` (names in lower case); one
 * that is not there makes it unknown.
 */
export const matchesPattern = (
  pattern: string,
  text: string,
  { ignoreCase = false, variables = {} }: MatchOptions = {},
): Certainty => {
  if (pattern === '*') return 'yes';
  if (!pattern.includes('${'))
    return toCertainty(compilePattern(escapePattern(pattern), ignoreCase).test(text));
  const { source, isKnown } = fillVariables(pattern, variables);
  const matches = new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u').test(text);
  // With anything in place of an unknown variable it does not match: then it does not, whatever the value.
  return matches && !isKnown ? 'unknown' : toCertainty(matches);
};

export type MatchOptions = { ignoreCase?: boolean; variables?: Readonly<Record<string, string>> };
