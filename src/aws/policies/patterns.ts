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

/** One sign, `?`, `*`, or a variable whose value is not known. */
type Token = string | typeof anySign | typeof anyText | typeof unknownText;

const anySign = Symbol('?');
const anyText = Symbol('*');
const unknownText = Symbol('variable');

const wildcards: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['*', anyText],
  ['?', anySign],
]);

/** Text in which nothing has a meaning of its own. */
const toSigns = (text: string): readonly Token[] => Array.from(text);

export type MatchOptions = {
  ignoreCase?: boolean;
  /** The values of IAM's variables, by name in lower case. One that is not there stands for any text. */
  variables?: Readonly<Record<string, string>>;
  /** For operators such as `StringEquals`, which fill in variables but take `*` and `?` as they are. */
  isLiteral?: boolean;
};

/** `${*}`, `${?}` and `${$}` mean the sign itself (IAM User Guide, "IAM policy elements: Variables and tags"). */
const literalVariables: ReadonlySet<string> = new Set(['*', '?', '$']);

const readVariable = (name: string, variables: Readonly<Record<string, string>>): readonly Token[] => {
  if (literalVariables.has(name)) return [name];
  const key = name.toLowerCase();
  const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
  return value === undefined ? [unknownText] : toSigns(value);
};

const readPlain = (text: string, isLiteral: boolean): readonly Token[] =>
  isLiteral ? toSigns(text) : Array.from(text, (sign) => wildcards.get(sign) ?? sign);

/** Every other part is a variable: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`. */
const variablePattern = /\$\{([^}]*)\}/;

const readPattern = (
  pattern: string,
  { variables = {}, isLiteral = false }: MatchOptions,
): readonly Token[] =>
  pattern
    .split(variablePattern)
    .flatMap((part, index) => (index % 2 === 1 ? readVariable(part, variables) : readPlain(part, isLiteral)));

/** Thousands of users have the same policies, so each pattern without variables is read once. */
const readPatterns = new Map<string, readonly Token[]>();

const readOnce = (pattern: string, options: MatchOptions): readonly Token[] => {
  if (pattern.includes('${')) return readPattern(pattern, options);
  const key = `${options.isLiteral === true} ${pattern}`;
  const tokens = readPatterns.get(key) ?? readPattern(pattern, options);
  readPatterns.set(key, tokens);
  return tokens;
};

const isOpen = (token: Token | undefined): boolean => token === anyText || token === unknownText;

/** Goes back to the last `*` only, so that a policy with many of them cannot hold up the program. */
const matchesTokens = (tokens: readonly Token[], signs: readonly string[]): boolean => {
  let token = 0;
  let star = -1;
  let retry = 0;
  for (let sign = 0; sign < signs.length;) {
    if (isOpen(tokens[token])) {
      star = token;
      token += 1;
      retry = sign;
    } else if (tokens[token] === anySign || tokens[token] === signs[sign]) {
      token += 1;
      sign += 1;
    } else if (star >= 0) {
      token = star + 1;
      retry += 1;
      sign = retry;
    } else return false;
  }
  return tokens.slice(token).every(isOpen);
};

/**
 * Whether a pattern with `*` and `?` matches a text. Variables are filled in from `variables`; one that is not there
 * makes it unknown.
 */
export const matchesPattern = (pattern: string, text: string, options: MatchOptions = {}): Certainty => {
  if (pattern === '*' && options.isLiteral !== true) return 'yes';
  const lower = options.ignoreCase === true;
  const tokens = readOnce(lower ? pattern.toLowerCase() : pattern, options);
  const matches = matchesTokens(tokens, Array.from(lower ? text.toLowerCase() : text));
  // With anything in place of an unknown variable it does not match: then it does not, whatever the value.
  return matches && tokens.includes(unknownText) ? 'unknown' : toCertainty(matches);
};
