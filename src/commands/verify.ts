import { examineAll } from '../run/check.ts';
import type { Report } from '../report/report.ts';
import { reportedAccount, type Session } from '../run/session.ts';
import { stepIn, type AnyStep } from '../core/step.ts';

/** Looks at every step and says what is true of it now. Changes nothing. */
export const verify = async (session: Session, steps: readonly AnyStep[]): Promise<Report> => {
  const { account, aws, progress, clock } = session;
  const here = steps.map((step) => stepIn(account.standing, step));
  const looks = await examineAll(here, aws, progress.words, clock);
  return {
    account: reportedAccount(session),
    generatedAt: clock.now(),
    steps: looks.map(({ step, finding, evidence }) => ({
      id: step.id,
      title: step.title,
      chapter: step.chapter,
      status: finding.status,
      summary: finding.summary,
      remedy: finding.remedy,
      cost: step.cost,
      controls: step.controls,
      skipped: session.skipOf(step.id),
      evidence,
    })),
  };
};
