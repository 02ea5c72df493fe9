import type { AwsClients } from '../aws/clients.ts';
import { explainError } from '../aws/errors/explain.ts';
import {
  readOnlyPlugin,
  createRecordingPlugin,
  createReadCachePlugin,
  type Evidence,
} from '../aws/plugins.ts';
import type { Clock } from '../lib/clock.ts';
import { issuesUrl } from '../lib/project-links.ts';
import type { AnyStep, Finding } from '../core/step.ts';
import type { Attestations } from '../core/attestation.ts';

/** What one look at one step gave: the finding and the calls that it rests on. */
export type CheckResult = {
  step: AnyStep;
  finding: Finding<unknown>;
  evidence: readonly Evidence[];
  failed: boolean;
};

/** A look that failed is a result like any other: it says that we do not know. */
const createUnknownFinding = (error: unknown): Finding<undefined> => {
  const problem = explainError(error);
  if (!problem) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = `This is a mistake in aws-first-steps. Please report it at ${issuesUrl} with the version that --version prints.`;
    return { status: 'unknown', summary: `The look failed: ${what}`, facts: undefined, remedy };
  }
  const remedy = problem.nextSteps.join(' ');
  return { status: 'unknown', summary: problem.message, facts: undefined, ...(remedy && { remedy }) };
};

/** Looks at one step; changes nothing, and cannot: the calls go through the read-only plugin. */
export const checkStep = async (
  step: AnyStep,
  aws: AwsClients,
  words: Attestations,
  clock: Clock,
): Promise<CheckResult> => {
  const evidence: Evidence[] = [];
  const seen = aws.withPlugin(readOnlyPlugin).withPlugin(createRecordingPlugin(evidence, clock));
  try {
    return { step, finding: await step.check(seen, words, clock), evidence, failed: false };
  } catch (error) {
    return { step, finding: createUnknownFinding(error), evidence, failed: true };
  }
};

/** Looks at all steps side by side; what two of them need is read once. */
export const checkSteps = (
  steps: readonly AnyStep[],
  aws: AwsClients,
  words: Attestations,
  clock: Clock,
): Promise<readonly CheckResult[]> => {
  const shared = aws.withPlugin(createReadCachePlugin());
  return Promise.all(steps.map((step) => checkStep(step, shared, words, clock)));
};
