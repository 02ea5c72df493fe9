import { explainError } from '../aws/errors/explain.ts';
import {
  readOnlyPlugin,
  createRecordingPlugin,
  createReadCachePlugin,
  type Evidence,
} from '../aws/plugins.ts';
import type { Clock } from '../lib/clock.ts';
import { issuesUrl } from '../lib/project-links.ts';
import type { AnyStep, CheckContext, Finding } from '../core/step.ts';
import type { Attestations } from '../core/attestation.ts';

/** What checks need of a session. */
export type CheckSession = Pick<CheckContext, 'aws' | 'identity' | 'account'> & {
  /** The calls that told the session who is calling, and what the account is. */
  evidence: Readonly<Record<'identity' | 'account', readonly Evidence[]>>;
  clock: Clock;
  progress: { attestations: Attestations };
};

/** What one check of one step gave: the finding and the calls that it rests on. */
export type CheckResult = {
  step: AnyStep;
  finding: Finding<unknown>;
  evidence: readonly Evidence[];
  failed: boolean;
};

/** A check that failed is a result like any other: it says that we do not know. */
const createUnknownFinding = (error: unknown): Finding<undefined> => {
  const problem = explainError(error);
  if (!problem) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = `This is a bug in aws-first-steps. Please report it at ${issuesUrl} with the version that --version prints.`;
    return { status: 'unknown', summary: `The check failed: ${what}`, facts: undefined, remedy };
  }
  const remedy = problem.nextSteps.join(' ');
  return { status: 'unknown', summary: problem.message, facts: undefined, ...(remedy && { remedy }) };
};

/** The context of one check, and the evidence of it: its own calls, and those of the session that it makes use of. */
const createCheckContext = (session: CheckSession) => {
  const calls: Evidence[] = [];
  const used = new Set<keyof CheckSession['evidence']>();
  const context: CheckContext = {
    aws: session.aws.withPlugin(readOnlyPlugin).withPlugin(createRecordingPlugin(calls, session.clock)),
    get identity() {
      used.add('identity');
      return session.identity;
    },
    get account() {
      used.add('account');
      return session.account;
    },
    attestations: session.progress.attestations,
    now: session.clock.now(),
  };
  const listEvidence = () => [...[...used].flatMap((one) => session.evidence[one]), ...calls];
  return { context, listEvidence };
};

/** Checks one step; changes nothing, and cannot: the calls go through the read-only plugin. */
export const checkStep = async (step: AnyStep, session: CheckSession): Promise<CheckResult> => {
  const { context, listEvidence } = createCheckContext(session);
  try {
    return { step, finding: await step.check(context), evidence: listEvidence(), failed: false };
  } catch (error) {
    return { step, finding: createUnknownFinding(error), evidence: listEvidence(), failed: true };
  }
};

/** Checks all steps side by side; what two of them need is read once. */
export const checkSteps = (
  steps: readonly AnyStep[],
  session: CheckSession,
): Promise<readonly CheckResult[]> => {
  const shared = { ...session, aws: session.aws.withPlugin(createReadCachePlugin()) };
  return Promise.all(steps.map((step) => checkStep(step, shared)));
};
