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

const readStrings = (value: unknown): readonly string[] =>
  [value].flat().map((one) => {
    // Values of conditions may be written without quotes: true, 3600.
    if (typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number') return String(one);
    throw new UnreadablePolicyError();
  });

/** `Action` or `NotAction`, and likewise for resources. Exactly one of the two must be there. */
const readPatternList = (statement: Record<string, unknown>, name: string): PatternList | undefined => {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new UnreadablePolicyError();
  if (plain !== undefined) return { patterns: readStrings(plain), negated: false };
  return negated === undefined ? undefined : { patterns: readStrings(negated), negated: true };
};

/** `"*"` means the same as `{"AWS": "*"}` (IAM User Guide, "AWS JSON policy elements: Principal"). */
const readPrincipalNames = (value: unknown): readonly string[] => {
  if (value === '*') return ['AWS:*'];
  if (!isRecord(value)) throw new UnreadablePolicyError();
  return Object.entries(value).flatMap(([kind, names]) =>
    readStrings(names).map((name) => `${kind}:${name}`),
  );
};

const readPrincipals = ({ Principal, NotPrincipal }: Record<string, unknown>): PatternList | undefined => {
  if (Principal !== undefined && NotPrincipal !== undefined) throw new UnreadablePolicyError();
  if (Principal !== undefined) return { patterns: readPrincipalNames(Principal), negated: false };
  return NotPrincipal === undefined
    ? undefined
    : { patterns: readPrincipalNames(NotPrincipal), negated: true };
};

const readConditions = (value: unknown): readonly PolicyCondition[] => {
  if (value === undefined) return [];
  if (!isRecord(value)) throw new UnreadablePolicyError();
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw new UnreadablePolicyError();
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: readStrings(values),
    }));
  });
};

const readStatement = (statement: unknown): PolicyStatement => {
  if (!isRecord(statement)) throw new UnreadablePolicyError();
  const { Effect: effect, Condition } = statement;
  const actions = readPatternList(statement, 'Action');
  if ((effect !== 'Allow' && effect !== 'Deny') || actions === undefined) throw new UnreadablePolicyError();
  return {
    effect,
    principals: readPrincipals(statement),
    actions,
    // A role's trust policy has no Resource: the role itself is meant.
    resources: readPatternList(statement, 'Resource') ?? { patterns: ['*'], negated: false },
    conditions: readConditions(Condition),
  };
};

/** Reads the JSON of a policy. Undefined if it is no policy, or one with elements that this program does not know. */
export const parsePolicyDocument = (json: string): PolicyDocument | undefined => {
  try {
    const document: unknown = JSON.parse(json);
    if (!isRecord(document) || document['Statement'] === undefined) return undefined;
    return [document['Statement']].flat().map(readStatement);
  } catch (error) {
    if (error instanceof UnreadablePolicyError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const sortStrings = (list: PatternList | undefined) =>
  list && { ...list, patterns: list.patterns.toSorted() };

const toComparable = (document: PolicyDocument): readonly string[] =>
  document
    .map((statement) =>
      JSON.stringify([
        statement.effect,
        sortStrings(statement.principals),
        sortStrings(statement.actions),
        sortStrings(statement.resources),
        statement.conditions
          .map(({ operator, key, values }) => JSON.stringify([operator, key, values.toSorted()]))
          .toSorted(),
      ]),
    )
    .toSorted();

/** A text that is the same for policies that say the same: white space, order, names and lists of one don't count. */
export const normalizePolicy = (json: string): string => {
  const document = parsePolicyDocument(json);
  return document ? toComparable(document).join('\n') : json;
};

/** Whether two policies say the same, however they are written. */
export const isSamePolicy = (one: string, other: string): boolean =>
  normalizePolicy(one) === normalizePolicy(other);
