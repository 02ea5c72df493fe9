import { getVariables, judgeCondition, type RequestContext } from './conditions.ts';
import type { PatternList, PolicyDocument, PolicyStatement } from './document.ts';
import { allOf, anyOf, matchesPattern, not, type Certainty, type MatchOptions } from './patterns.ts';

/** A call that a policy allows or denies. */
export type PolicyRequest = {
  /** As policies name it: `sns:Publish`. */
  action: string;
  resource: string;
  context: RequestContext;
};

/** A policy, or undefined for one that exists and could not be read. */
export type MaybeDocument = PolicyDocument | undefined;

/** Whether a list of patterns, or everything but it, includes a text. */
export const matchesList = (
  { patterns, negated }: PatternList,
  text: string,
  options: MatchOptions,
): Certainty => {
  const found = anyOf(patterns.map((pattern) => matchesPattern(pattern, text, options)));
  return negated ? not(found) : found;
};

/** Whether a statement is about a request. `isPrincipal` judges the principals of a resource policy. */
const judgeStatement = (
  statement: PolicyStatement,
  { action, resource, context }: PolicyRequest,
  isPrincipal: (principals: PatternList | undefined) => Certainty = () => 'yes',
): Certainty => {
  const isAction = matchesList(statement.actions, action, { ignoreCase: true });
  // Most statements are about something else.
  if (isAction === 'no') return 'no';
  const variables = getVariables(context);
  return allOf([
    isAction,
    isPrincipal(statement.principals),
    // Something may be any resource: `*` asks for one that nothing is known of.
    matchesList(statement.resources, resource, { variables }),
    ...statement.conditions.map((condition) => judgeCondition(condition, context)),
  ]);
};

/** The statements of `documents` with an effect, and whether one of them is about the request. Unread ones may be. */
const judgeEffect = (
  documents: readonly MaybeDocument[],
  effect: PolicyStatement['effect'],
  judge: (statement: PolicyStatement) => Certainty,
): Certainty =>
  anyOf(
    documents.flatMap((document) =>
      document === undefined
        ? ['unknown' as const]
        : document.filter((statement) => statement.effect === effect).map(judge),
    ),
  );

/** Whether policies let a request through: something allows it, and nothing denies it. */
export const judgeRequest = (
  documents: readonly MaybeDocument[],
  request: PolicyRequest,
  isPrincipal?: (principals: PatternList | undefined) => Certainty,
): Certainty => {
  const judge = (statement: PolicyStatement) => judgeStatement(statement, request, isPrincipal);
  const allowed = judgeEffect(documents, 'Allow', judge);
  return allowed === 'no' ? 'no' : allOf([allowed, not(judgeEffect(documents, 'Deny', judge))]);
};

/** Whether a policy denies a request, whatever else allows it. */
export const judgeDenial = (documents: readonly MaybeDocument[], request: PolicyRequest): Certainty =>
  judgeEffect(documents, 'Deny', (statement) => judgeStatement(statement, request));
