import { getRequiredPermissions } from '../aws/permissions.ts';
import { checkSteps, type CheckResult } from '../run/check.ts';
import { isDone } from '../core/status.ts';
import { selectReusableAnswers, mergeUnaskedAnswers } from '../run/interview.ts';
import type { GivenAnswers } from '../core/question.ts';
import { getDefault, findObjection, type AnswerTo, type Question, type Questions } from '../core/question.ts';
import type { PlannedStep, PlanReport } from '../report/report.ts';
import { toReportedAccount, type Session } from '../run/session.ts';
import { stepForAccount, type AnyStep } from '../core/step.ts';

/** What would be answered if nobody changed anything: an earlier answer, the default, or an example of one. */
const assumeAnswer = (
  question: Question,
  given: AnswerTo<Question> | undefined,
): AnswerTo<Question> | undefined => {
  if (given !== undefined && findObjection(question, given) === undefined) return given;
  return getDefault(question) ?? (question.kind === 'text' ? `<${question.example}>` : undefined);
};

const assumeAnswers = (questions: Questions, given: GivenAnswers): GivenAnswers => {
  const answers: Record<string, AnswerTo<Question>> = {};
  for (const [name, question] of Object.entries(questions)) {
    const answer = !question.when || question.when(answers) ? assumeAnswer(question, given[name]) : undefined;
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
};

/** The answers that a setup would plan with: what an interrupted run was told counts, as it does there. */
const collectPlanAnswers = (
  { step, finding }: CheckResult,
  { progress }: Session,
  given: GivenAnswers,
): GivenAnswers => {
  const remembered = progress.getAnswers(step.id);
  if (isDone(finding.status)) return remembered;
  const questions = step.questions(finding.facts);
  const answers = assumeAnswers(questions, { ...selectReusableAnswers(questions, remembered), ...given });
  return progress.isBegun(step.id) ? mergeUnaskedAnswers(questions, remembered, answers) : answers;
};

const toPlannedStep = (look: CheckResult, session: Session, given: GivenAnswers): PlannedStep => {
  const { step, finding, failed } = look;
  const actions = failed ? [] : step.plan(finding.facts, collectPlanAnswers(look, session, given));
  const calls = actions.flatMap((action) => action.calls);
  const onRequest = actions.flatMap((action) => action.optionalPermissions ?? []);
  return {
    id: step.id,
    title: step.title,
    cost: step.cost,
    status: finding.status,
    summary: finding.summary,
    performedBy: step.performedBy,
    actions: actions.map(({ why, calls: ofAction }) => ({ why, calls: ofAction })),
    permissions: [
      ...new Set([...step.readPermissions, ...calls.flatMap(getRequiredPermissions), ...onRequest]),
    ].toSorted(),
  };
};

/** What a setup would still do, with the answers that it would be given by default. Changes nothing. */
export const planSteps = async (
  session: Session,
  steps: readonly AnyStep[],
  givenFor: (stepId: string) => GivenAnswers,
): Promise<PlanReport> => {
  const { account, progress, clock } = session;
  const here = steps.map((step) => stepForAccount(account.kind, step));
  const looks = await checkSteps(here, session);
  const open = looks
    .filter(
      ({ step, finding }) =>
        !session.findSkip(step.id) && (!isDone(finding.status) || progress.isBegun(step.id)),
    )
    .map((look) => ({ look, step: toPlannedStep(look, session, givenFor(look.step.id)) }))
    .filter(({ look, step }) => !isDone(look.finding.status) || step.actions.length > 0);
  return {
    account: toReportedAccount(session),
    generatedAt: clock.now(),
    steps: open.map(({ step }) => step),
  };
};
