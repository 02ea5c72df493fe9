import { checkSteps } from '../run/check.ts';
import type { Report } from '../report/report.ts';
import { toReportedAccount, type Session } from '../run/session.ts';
import { listControlStatuses } from '../core/control-status.ts';
import { stepForAccount, type AnyStep } from '../core/step.ts';

/** Checks every step and reports what is true of it now. Changes nothing. */
export const verifySteps = async (session: Session, steps: readonly AnyStep[]): Promise<Report> => {
  const { account, clock } = session;
  const available = steps.map((step) => stepForAccount(account.kind, step));
  const results = await checkSteps(available, session);
  return {
    account: toReportedAccount(session),
    generatedAt: clock.now(),
    steps: results.map(({ step, finding, evidence }) => ({
      id: step.id,
      title: step.title,
      category: step.category,
      status: finding.status,
      summary: finding.summary,
      remedy: finding.remedy,
      cost: step.cost,
      controls: step.controls,
      controlStatuses: listControlStatuses(step, finding),
      skipped: session.findSkip(step.id),
      evidence,
    })),
  };
};
