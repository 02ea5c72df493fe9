import { permissionsFor } from '../aws/permissions.ts';
import { examineAll, isDone, type Look } from '../run/check.ts';
import { unspent, withUnasked, type Given } from '../run/interview.ts';
import { defaultOf, objection, type AnswerTo, type Question, type Questions } from '../core/question.ts';
import type { PlannedStep, PlanReport } from '../report/report.ts';
import { reportedAccount, type Session } from '../run/session.ts';
import { stepIn, type AnyStep } from '../core/step.ts';

/** What would be answered if nobody changed anything: an earlier answer, the default, or an example of one. */
const assumed = (
  question: Question,
  given: AnswerTo<Question> | undefined,
): AnswerTo<Question> | undefined => {
  if (given !== undefined && objection(question, given) === undefined) return given;
  return defaultOf(question) ?? (question.kind === 'text' ? `<${question.example}>` : undefined);
};

const assumedAnswers = (questions: Questions, given: Given): Given => {
  const answers: Record<string, AnswerTo<Question>> = {};
  for (const [name, question] of Object.entries(questions)) {
    const answer = !question.when || question.when(answers) ? assumed(question, given[name]) : undefined;
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
};

/** The answers that a setup would plan with: what an interrupted run was told counts, as it does there. */
const answersFor = ({ step, finding }: Look, { progress }: Session, given: Given): Given => {
  const remembered = progress.answersFor(step.id);
  if (isDone(finding.status)) return remembered;
  const questions = step.asks(finding.facts);
  const answers = assumedAnswers(questions, { ...unspent(questions, remembered), ...given });
  return progress.isBegun(step.id) ? withUnasked(questions, remembered, answers) : answers;
};

const planned = (look: Look, session: Session, given: Given): PlannedStep => {
  const { step, finding, failed } = look;
  const actions = failed ? [] : step.plan(finding.facts, answersFor(look, session, given));
  const calls = actions.flatMap((action) => action.calls);
  const onRequest = actions.flatMap((action) => action.onRequest ?? []);
  return {
    id: step.id,
    title: step.title,
    cost: step.cost,
    status: finding.status,
    summary: finding.summary,
    actor: step.actor,
    actions: actions.map(({ why, calls: ofAction }) => ({ why, calls: ofAction })),
    permissions: [...new Set([...step.reads, ...calls.flatMap(permissionsFor), ...onRequest])].toSorted(),
  };
};

/** What a setup would still do, with the answers that it would be given by default. Changes nothing. */
export const plan = async (
  session: Session,
  steps: readonly AnyStep[],
  givenFor: (stepId: string) => Given,
): Promise<PlanReport> => {
  const { account, aws, progress, clock } = session;
  const here = steps.map((step) => stepIn(account.standing, step));
  const looks = await examineAll(here, aws, progress.words, clock);
  const open = looks
    .filter(
      ({ step, finding }) =>
        !session.skipOf(step.id) && (!isDone(finding.status) || progress.isBegun(step.id)),
    )
    .map((look) => ({ look, step: planned(look, session, givenFor(look.step.id)) }))
    .filter(({ look, step }) => !isDone(look.finding.status) || step.actions.length > 0);
  return {
    account: reportedAccount(session),
    generatedAt: clock.now(),
    steps: open.map(({ step }) => step),
  };
};
