import { checkSteps } from '../run/check.ts';
import type { Report } from '../report/report.ts';
import { toReportedAccount, type Session } from '../run/session.ts';
import { stepForAccount, type AnyStep } from '../core/step.ts';

/** Looks at every step and says what is true of it now. Changes nothing. */
export const verifySteps = async (session: Session, steps: readonly AnyStep[]): Promise<Report> => {
  const { account, clock } = session;
  const here = steps.map((step) => stepForAccount(account.kind, step));
  const looks = await checkSteps(here, session);
  return {
    account: toReportedAccount(session),
    generatedAt: clock.now(),
    steps: looks.map(({ step, finding, evidence }) => ({
      id: step.id,
      title: step.title,
      category: step.category,
      status: finding.status,
      summary: finding.summary,
      remedy: finding.remedy,
      cost: step.cost,
      controls: step.controls,
      skipped: session.findSkip(step.id),
      evidence,
    })),
  };
};
