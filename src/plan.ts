import { permissionsFor } from './aws/permissions.ts';
import { examineAll, isDone, type Look } from './examine.ts';
import { withUnasked, type Given } from './interview.ts';
import { defaultOf, objection, type AnswerTo, type Question, type Questions } from './question.ts';
import type { PlannedStep, PlanReport } from './report/report.ts';
import { reportedAccount, type Session } from './session.ts';
import type { AnyStep } from './step.ts';

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

const planned = ({ step, finding, failed }: Look, given: Given): PlannedStep => {
  const actions = failed ? [] : step.plan(finding.facts, assumedAnswers(step.asks(finding.facts), given));
  const calls = actions.flatMap((action) => action.calls);
  return {
    id: step.id,
    title: step.title,
    cost: step.cost,
    status: finding.status,
    summary: finding.summary,
    actor: step.actor,
    actions: actions.map(({ why, calls: ofAction }) => ({ why, calls: ofAction })),
    permissions: [...new Set([...step.reads, ...calls.flatMap(permissionsFor)])].toSorted(),
  };
};

/** What a setup would still do, with the answers that it would be given by default. Changes nothing. */
export const plan = async (
  session: Session,
  steps: readonly AnyStep[],
  answersFor: (stepId: string) => Given,
): Promise<PlanReport> => {
  const { aws, progress, clock } = session;
  const looks = await examineAll(steps, aws, progress.words, clock);
  const open = looks.filter(({ step, finding }) => !isDone(finding.status) && !session.skipOf(step.id));
  return {
    account: reportedAccount(session),
    generatedAt: clock.now(),
    steps: open.map((look) =>
      planned(look, { ...progress.answersFor(look.step.id), ...answersFor(look.step.id) }),
    ),
  };
};
