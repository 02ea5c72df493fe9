import { getVariables, judgeCondition, type RequestContext } from './conditions.ts';
import type { PatternList, PolicyDocument, PolicyStatement } from './document.ts';
import {
  allOf,
  judgeAll,
  judgeAny,
  matchesPattern,
  not,
  type Certainty,
  type MatchOptions,
} from './patterns.ts';

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
  const found = judgeAny(patterns, (pattern) => matchesPattern(pattern, text, options));
  return negated ? not(found) : found;
};

/** Thousands of users have the same documents, and most statements are about something else. */
const statementsByAction = new WeakMap<PolicyDocument, Map<string, readonly PolicyStatement[]>>();

/** The statements that may be about an action. */
const findStatements = (document: PolicyDocument, action: string): readonly PolicyStatement[] => {
  const found = statementsByAction.get(document) ?? new Map<string, readonly PolicyStatement[]>();
  statementsByAction.set(document, found);
  const statements =
    found.get(action) ??
    document.filter(({ actions }) => matchesList(actions, action, { ignoreCase: true }) !== 'no');
  found.set(action, statements);
  return statements;
};

/** Whether a statement is about a request. `isPrincipal` judges the principals of a resource policy. */
const judgeStatement = (
  statement: PolicyStatement,
  { action, resource, context }: PolicyRequest,
  isPrincipal: (principals: PatternList | undefined) => Certainty = () => 'yes',
): Certainty =>
  judgeAll(
    [
      () => matchesList(statement.actions, action, { ignoreCase: true }),
      () => isPrincipal(statement.principals),
      () => matchesList(statement.resources, resource, { variables: getVariables(context) }),
      () => judgeAll(statement.conditions, (condition) => judgeCondition(condition, context)),
    ],
    (part) => part(),
  );

/** Whether a statement of `documents` with an effect is about the request. One in a document that is not read may be. */
const judgeEffect = (
  documents: readonly MaybeDocument[],
  effect: PolicyStatement['effect'],
  action: string,
  judge: (statement: PolicyStatement) => Certainty,
): Certainty =>
  judgeAny(documents, (document) =>
    document === undefined
      ? 'unknown'
      : judgeAny(
          findStatements(document, action).filter((statement) => statement.effect === effect),
          judge,
        ),
  );

/** Whether policies let a request through: something allows it, and nothing denies it. */
export const judgeRequest = (
  documents: readonly MaybeDocument[],
  request: PolicyRequest,
  isPrincipal?: (principals: PatternList | undefined) => Certainty,
): Certainty => {
  const judge = (statement: PolicyStatement) => judgeStatement(statement, request, isPrincipal);
  const allowed = judgeEffect(documents, 'Allow', request.action, judge);
  return allowed === 'no'
    ? 'no'
    : allOf([allowed, not(judgeEffect(documents, 'Deny', request.action, judge))]);
};

/** Whether a policy denies a request, whatever else allows it. */
export const judgeDenial = (documents: readonly MaybeDocument[], request: PolicyRequest): Certainty =>
  judgeEffect(documents, 'Deny', request.action, (statement) => judgeStatement(statement, request));
