import { getRequiredPermissions } from '../aws/permissions.ts';
import type { Action } from '../core/action.ts';
import { getPrice, type Price } from '../core/price.ts';
import { checkSteps, type CheckResult } from '../run/check.ts';
import { isDone } from '../core/status.ts';
import { selectReusableAnswers, mergeUnaskedAnswers } from '../run/interview.ts';
import type { GivenAnswers } from '../core/question.ts';
import {
  getDefault,
  getLeftOutAnswer,
  findObjection,
  normalizeAnswer,
  type AnswerTo,
  type Question,
  type Questions,
  type TextQuestion,
} from '../core/question.ts';
import type { PlannedStep, PlanReport } from '../report/report.ts';
import { toReportedAccount, type Session } from '../run/session.ts';
import { stepForAccount, type AnyStep } from '../core/step.ts';

/** The answers to the questions of one step, and whether they come from a file, which says something by leaving out. */
type PlanAnswers = { answers: GivenAnswers; fromFile: boolean };

/** The answer if nobody changes anything: an earlier one, what a file says by leaving it out, the default, or an example. */
const assumeAnswer = (
  question: Question,
  given: AnswerTo<Question> | undefined,
  fromFile: boolean,
): AnswerTo<Question> | undefined => {
  const value = normalizeAnswer(question, given);
  if (value !== undefined && findObjection(question, value) === undefined) return value;
  const leftOut = fromFile ? getLeftOutAnswer(question) : undefined;
  return (
    leftOut ?? getDefault(question) ?? (question.kind === 'text' ? createPlaceholder(question) : undefined)
  );
};

/** What stands in a plan for an answer that is not known yet. An example address would look like somebody's own. */
const createPlaceholder = ({ format, example }: TextQuestion): string =>
  format === 'email' ? '<the address you give>' : `<${example}>`;

/** A plan needs an answer to every question that is asked. */
const hasAllAnswers = (questions: Questions, answers: GivenAnswers): boolean =>
  Object.entries(questions).every(
    ([name, { when }]) => Object.hasOwn(answers, name) || (when && !when(answers)),
  );

const assumeAnswers = (questions: Questions, given: GivenAnswers, fromFile: boolean): GivenAnswers => {
  const answers: Record<string, AnswerTo<Question>> = {};
  for (const [name, question] of Object.entries(questions)) {
    const answer =
      !question.when || question.when(answers) ? assumeAnswer(question, given[name], fromFile) : undefined;
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
};

/**
 * What a setup would plan with these answers. Those of an interrupted run count, as they do there. Nothing is planned
 * where an answer is missing that only the owner can give.
 */
const listPlannedActions = (
  { step, finding }: CheckResult,
  { progress }: Session,
  { answers: given, fromFile }: PlanAnswers,
): readonly Action[] => {
  const { facts, status } = finding;
  const remembered = progress.getAnswers(step.id);
  const restored = step.restoreAnswers(facts, remembered);
  if (isDone(status)) return restored.complete ? step.plan(facts, restored.answers) : [];
  const questions = step.questions(facts);
  const answers = assumeAnswers(
    questions,
    { ...selectReusableAnswers(questions, remembered), ...given },
    fromFile,
  );
  if (!hasAllAnswers(questions, answers)) return [];
  return step.plan(
    facts,
    progress.isBegun(step.id) ? mergeUnaskedAnswers(questions, restored.answers, answers) : answers,
  );
};

const toPlannedStep = (result: CheckResult, session: Session, given: PlanAnswers): PlannedStep => {
  const { step, finding, failed } = result;
  const actions = failed ? [] : listPlannedActions(result, session, given);
  const calls = actions.flatMap((action) => action.calls);
  const price: Price = failed ? { text: step.cost } : getPrice(step, finding.facts, actions);
  const optional = actions.flatMap((action) => action.optionalPermissions ?? []);
  return {
    id: step.id,
    title: step.title,
    cost: price.text,
    monthlyUsd: price.monthlyUsd,
    costCondition: price.condition,
    status: finding.status,
    summary: finding.summary,
    performedBy: step.performedBy,
    actions: actions.map(({ why, calls: ofAction }) => ({ why, calls: ofAction })),
    permissions: [
      ...new Set([...step.readPermissions, ...calls.flatMap(getRequiredPermissions), ...optional]),
    ].toSorted(),
  };
};

/** What a setup would still do, with the answers that it would be given by default. Changes nothing. */
export const planSteps = async (
  session: Session,
  steps: readonly AnyStep[],
  givenFor: (stepId: string) => GivenAnswers,
  fromFile = false,
): Promise<PlanReport> => {
  const { account, progress, clock } = session;
  const available = steps.map((step) => stepForAccount(account.kind, step));
  const results = await checkSteps(available, session);
  const open = results
    .filter(
      ({ step, finding }) =>
        !session.findSkip(step.id) && (!isDone(finding.status) || progress.isBegun(step.id)),
    )
    .map((result) => ({
      result,
      planned: toPlannedStep(result, session, { answers: givenFor(result.step.id), fromFile }),
    }))
    .filter(({ result, planned }) => !isDone(result.finding.status) || planned.actions.length > 0);
  return {
    account: toReportedAccount(session),
    generatedAt: clock.now(),
    steps: open.map(({ planned }) => planned),
  };
};
