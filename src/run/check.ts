import type { Account } from '../aws/clients.ts';
import { explain } from '../aws/errors/explain.ts';
import { readOnly, recording, remembering, type Evidence } from '../aws/plugins.ts';
import type { Clock } from '../lib/clock.ts';
import { issuesUrl } from '../lib/project-links.ts';
import type { AnyStep, Finding, Status } from '../core/step.ts';
import type { Words } from '../core/attestation.ts';

/** What one look at one step gave: the finding and the calls that it rests on. */
export type Look = {
  step: AnyStep;
  finding: Finding<unknown>;
  evidence: readonly Evidence[];
  failed: boolean;
};

/** Whether nothing is left to do for anybody. */
export const isDone = (status: Status): boolean =>
  status === 'met' || status === 'attested' || status === 'not-applicable';

/** A look that failed is a result like any other: it says that we do not know. */
const unknown = (error: unknown): Finding<undefined> => {
  const problem = explain(error);
  if (!problem) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = `This is a mistake in aws-first-steps. Please report it at ${issuesUrl} with the version that --version prints.`;
    return { status: 'unknown', summary: `The look failed: ${what}`, facts: undefined, remedy };
  }
  const remedy = problem.next.join(' ');
  return { status: 'unknown', summary: problem.message, facts: undefined, ...(remedy && { remedy }) };
};

/** Looks at one step; changes nothing, and cannot: the calls go through the read-only plugin. */
export const examine = async (step: AnyStep, aws: Account, words: Words, clock: Clock): Promise<Look> => {
  const evidence: Evidence[] = [];
  const seen = aws.with(readOnly).with(recording(evidence, clock));
  try {
    return { step, finding: await step.check(seen, words, clock), evidence, failed: false };
  } catch (error) {
    return { step, finding: unknown(error), evidence, failed: true };
  }
};

/** Looks at all steps side by side; what two of them need is read once. */
export const examineAll = (
  steps: readonly AnyStep[],
  aws: Account,
  words: Words,
  clock: Clock,
): Promise<readonly Look[]> => {
  const shared = aws.with(remembering());
  return Promise.all(steps.map((step) => examine(step, shared, words, clock)));
};
