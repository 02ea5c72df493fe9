/** A list of patterns, or everything but them (`NotAction`, `NotResource`, `NotPrincipal`). */
export type PatternList = { patterns: readonly string[]; negated: boolean };

/** One operator on one key: `BoolIfExists`, `aws:multifactorauthpresent`, `['false']`. Keys are in lower case. */
export type PolicyCondition = { operator: string; key: string; values: readonly string[] };

export type PolicyStatement = {
  effect: 'Allow' | 'Deny';
  /** Whom a resource policy means, as `Service:sns.amazonaws.com` or `AWS:*`. Policies of users have none. */
  principals: PatternList | undefined;
  actions: PatternList;
  resources: PatternList;
  conditions: readonly PolicyCondition[];
};

/** The statements of a policy. IAM accepts one statement or a list, and one string or a list; here all are lists. */
export type PolicyDocument = readonly PolicyStatement[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What cannot be read as a policy. It never leaves this file. */
class UnreadablePolicyError extends Error {}

/** An element that this program does not know may limit what the others say. */
const refuseOthers = (value: Record<string, unknown>, known: ReadonlySet<string>): void => {
  if (Object.keys(value).some((key) => !known.has(key))) throw new UnreadablePolicyError();
};

/** Variables of IAM have a meaning from version 2012-10-17 on. Before, `${` is a text like any other. */
type ReadText = (text: string) => string;

const keepVariables: ReadText = (text) => text;

const escapeVariables: ReadText = (text) => text.replaceAll('${', '${$}{');

const readStrings = (value: unknown, readText: ReadText): readonly string[] =>
  [value].flat().map((one) => {
    if (typeof one === 'string') return readText(one);
    throw new UnreadablePolicyError();
  });

/** Values of conditions may be written without quotes: true, 3600. */
const readValues = (value: unknown, readText: ReadText): readonly string[] =>
  [value].flat().map((one) => {
    if (typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number')
      return readText(String(one));
    throw new UnreadablePolicyError();
  });

/** `Action` or `NotAction`, and likewise for resources. Exactly one of the two must be there. */
const readPatternList = (
  statement: Record<string, unknown>,
  name: 'Action' | 'Resource',
  readText: ReadText,
): PatternList | undefined => {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new UnreadablePolicyError();
  if (plain !== undefined) return { patterns: readStrings(plain, readText), negated: false };
  return negated === undefined ? undefined : { patterns: readStrings(negated, readText), negated: true };
};

/** `"*"` means the same as `{"AWS": "*"}` (IAM User Guide, "AWS JSON policy elements: Principal"). */
const readPrincipalNames = (value: unknown): readonly string[] => {
  if (value === '*') return ['AWS:*'];
  if (!isRecord(value)) throw new UnreadablePolicyError();
  return Object.entries(value).flatMap(([kind, names]) =>
    readStrings(names, keepVariables).map((name) => `${kind}:${name}`),
  );
};

const readPrincipals = ({ Principal, NotPrincipal }: Record<string, unknown>): PatternList | undefined => {
  if (Principal !== undefined && NotPrincipal !== undefined) throw new UnreadablePolicyError();
  if (Principal !== undefined) return { patterns: readPrincipalNames(Principal), negated: false };
  return NotPrincipal === undefined
    ? undefined
    : { patterns: readPrincipalNames(NotPrincipal), negated: true };
};

const readConditions = (value: unknown, readText: ReadText): readonly PolicyCondition[] => {
  if (value === undefined) return [];
  if (!isRecord(value)) throw new UnreadablePolicyError();
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw new UnreadablePolicyError();
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: readValues(values, readText),
    }));
  });
};

const statementElements: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

const readStatement = (statement: unknown, readText: ReadText): PolicyStatement => {
  if (!isRecord(statement)) throw new UnreadablePolicyError();
  refuseOthers(statement, statementElements);
  const { Effect: effect, Condition } = statement;
  const actions = readPatternList(statement, 'Action', readText);
  if ((effect !== 'Allow' && effect !== 'Deny') || actions === undefined) throw new UnreadablePolicyError();
  return {
    effect,
    principals: readPrincipals(statement),
    actions,
    // A role's trust policy has no Resource: the role itself is meant.
    resources: readPatternList(statement, 'Resource', readText) ?? { patterns: ['*'], negated: false },
    conditions: readConditions(Condition, readText),
  };
};

const documentElements: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

/** Of a key that is there twice, `JSON.parse` keeps the last one and says nothing. */
const hasRepeatedKey = (json: string): boolean => {
  const open: Set<string>[] = [];
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) return true;
      keys?.add(key);
    }
  }
  return false;
};

const readDocument = (json: string): PolicyDocument => {
  const document: unknown = JSON.parse(json);
  if (!isRecord(document) || hasRepeatedKey(json)) throw new UnreadablePolicyError();
  refuseOthers(document, documentElements);
  // Without a version, AWS takes the first one.
  const { Version = '2008-10-17', Statement } = document;
  if (Version !== '2008-10-17' && Version !== '2012-10-17') throw new UnreadablePolicyError();
  const readText = Version === '2012-10-17' ? keepVariables : escapeVariables;
  return [Statement].flat().map((statement) => readStatement(statement, readText));
};

/** Reads the JSON of a policy. Undefined if it is no policy, or one with elements that this program does not know. */
export const parsePolicyDocument = (json: string): PolicyDocument | undefined => {
  try {
    return readDocument(json);
  } catch (error) {
    if (error instanceof UnreadablePolicyError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const sortStrings = (list: readonly string[]): readonly string[] => [...new Set(list)].toSorted();

const sortPatterns = (list: PatternList | undefined, simplify: (pattern: string) => string = (one) => one) =>
  list && { ...list, patterns: sortStrings(list.patterns.map(simplify)) };

/** AWS turns the number of an account into the ARN of its root user. */
const simplifyPrincipal = (name: string): string => {
  const account = /^AWS:(\d{12})$/.exec(name)?.[1];
  return account === undefined ? name : `AWS:arn:aws:iam::${account}:root`;
};

const toComparable = (document: PolicyDocument): readonly string[] =>
  sortStrings(
    document.map((statement) =>
      JSON.stringify([
        statement.effect,
        sortPatterns(statement.principals, simplifyPrincipal),
        sortPatterns(statement.actions, (action) => action.toLowerCase()),
        sortPatterns(statement.resources),
        sortStrings(
          statement.conditions.map(({ operator, key, values }) =>
            JSON.stringify([operator.toLowerCase(), key, sortStrings(values)]),
          ),
        ),
      ]),
    ),
  );

/**
 * A text that is the same for policies that say the same: white space, order, repetitions, names, the letters of actions
 * and lists of one don't count.
 */
export const normalizePolicy = (json: string): string => {
  const document = parsePolicyDocument(json);
  return document ? toComparable(document).join('\n') : json;
};

/** Whether two policies say the same, however they are written. */
export const isSamePolicy = (one: string, other: string): boolean =>
  normalizePolicy(one) === normalizePolicy(other);
