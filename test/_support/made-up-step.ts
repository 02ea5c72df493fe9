import { CreateGroupCommand } from '@aws-sdk/client-iam';
import { call, type Action } from '../../src/core/action.ts';
import type { StepStatus } from '../../src/core/status.ts';
import type { AnyStep, StepHelp } from '../../src/core/step.ts';
import { checkStep, type CheckResult } from '../../src/run/check.ts';
import type { StepContext } from '../../src/run/step-result.ts';
import { openSession, startPracticeRun } from './practice-run.ts';
import { owner, type Owner } from './scripted-owner.ts';

/** What a made-up step says to those who ask for help. */
export const madeUpHelp: StepHelp = {
  words: [{ word: 'made up', meaning: 'It exists in tests only.' }],
  ifSkipped: 'Nothing happens.',
  undo: 'There is nothing to undo.',
  url: 'https://docs.aws.amazon.com/',
};

/** A step whose checks find these states, one after the other, and then the last one for good. */
export const madeUpStep = (
  statuses: readonly StepStatus[],
  more: Partial<AnyStep> = {},
): { step: AnyStep; countChecks: () => number } => {
  let checks = 0;
  const step: AnyStep = {
    id: 'made-up',
    title: 'Made up',
    why: ['Because.'],
    category: 'further',
    performedBy: 'administrator',
    cost: 'free',
    minutes: 1,
    help: madeUpHelp,
    controls: { cis5: [], cis7: [], ssb: [], securityHub: [], prowler: [] },
    readPermissions: [],
    questionNames: [],
    check: async () => {
      const status = statuses[Math.min(checks, statuses.length - 1)] ?? 'unknown';
      checks += 1;
      return { status, summary: `It is ${status}.`, facts: { checks } };
    },
    questions: () => ({}),
    restoreAnswers: (_facts, answers) => ({ answers: { ...answers }, complete: true }) as never,
    plan: () => [],
    ...more,
  };
  return { step, countChecks: () => checks };
};

/** An action that shows one change, and does what a test wants of it. */
export const change = (
  perform: () => Promise<void> = async () => undefined,
  more: Partial<Action> = {},
): Action => ({
  ...call('iam', new CreateGroupCommand({ GroupName: 'developers' }), 'Make the group'),
  perform,
  ...more,
});

/** An action that changes nothing in the account. */
export const reminder = (perform: () => Promise<void> = async () => undefined): Action => ({
  why: 'Write it down',
  calls: [],
  perform,
});

/** A sign-in in which a step can run, with an owner who answers; how long was waited is kept. */
export const contextFor = async (
  who: Owner = owner(),
): Promise<StepContext & { dialogue: Owner; waits: readonly number[] }> => {
  const session = await openSession(await startPracticeRun());
  const waits: number[] = [];
  const clock = { now: () => session.clock.now(), sleep: async (ms: number) => void waits.push(ms) };
  return { ...session, clock, dialogue: who, waits };
};

/** What a check of the step says now. */
export const look = (step: AnyStep, context: StepContext): Promise<CheckResult> => checkStep(step, context);
