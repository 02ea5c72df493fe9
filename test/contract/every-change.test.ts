import { describe, expect, it } from 'vitest';
import { isDone } from '../../src/core/status.ts';
import {
  createAccessDeniedError,
  HaltedError,
  createThrottlingError,
  type Faults,
} from '../../src/practice/faults.ts';
import { allSteps } from '../../src/steps/index.ts';
import {
  startingAccountNames,
  startIn,
  listChangingMoments,
  listMoments,
  runStepsIn,
  callsWithoutPermission,
  type StartingAccountName,
  type Moment,
} from '../_support/starting-accounts.ts';
import {
  comparableAccount,
  checkIn,
  reasonOf,
  resumeRun,
  findStep,
  type PracticeRun,
} from '../_support/practice-run.ts';

const runUndisturbed = async (begins: StartingAccountName, id: string) => {
  const practiceRun = await startIn(begins);
  const { code, said } = await runStepsIn(begins, practiceRun, [id]);
  expect(code, said).toBe(0);
  const { log } = practiceRun.practice;
  return {
    log,
    operations: [...new Set(log.map(({ operation }) => operation))],
    end: comparableAccount(practiceRun),
  };
};

type UndisturbedRun = Awaited<ReturnType<typeof runUndisturbed>>;
const undisturbedRuns = new Map<string, Promise<UndisturbedRun>>();

/** An undisturbed run of one step: what it sent, and the account that it leaves. */
const wholeRun = (begins: StartingAccountName, id: string): Promise<UndisturbedRun> => {
  const key = `${id} in ${begins}`;
  const run = undisturbedRuns.get(key) ?? runUndisturbed(begins, id);
  undisturbedRuns.set(key, run);
  return run;
};

/** The operations of a step that no step before it sends. */
const listOwnOperations = async (begins: StartingAccountName, id: string): Promise<readonly string[]> => {
  const before = allSteps.slice(
    0,
    allSteps.findIndex((step) => step.id === id),
  );
  const earlier = await Promise.all(before.map((step) => wholeRun(begins, step.id)));
  const { operations } = await wholeRun(begins, id);
  return operations.filter((operation) => earlier.every((run) => !run.operations.includes(operation)));
};

const disturbances = startingAccountNames.flatMap((begins) => allSteps.map(({ id }) => ({ begins, id })));

describe.each(disturbances)('the step $id, starting in $begins,', ({ begins, id }) => {
  const isAt = (moment: Moment) => (operation: string, nth: number) =>
    operation === moment.operation && nth === moment.nth;

  /** A run of the step in which something goes wrong. */
  const disturbed = async (faults: Faults) => {
    const practiceRun = await startIn(begins, { faults });
    const played = await runStepsIn(begins, practiceRun, [id]);
    return { ...played, end: comparableAccount(practiceRun), practiceRun };
  };

  /** What the account contains after another run, in which nothing goes wrong. */
  const goneOn = async (practiceRun: PracticeRun) => {
    const again = await resumeRun(practiceRun);
    const { code, said } = await runStepsIn(begins, again, [id]);
    expect(code, said).toBe(0);
    return { end: comparableAccount(again), said };
  };

  it('comes to the same end when it is killed before or after any of its changes, and run again', async () => {
    const { log, end } = await wholeRun(begins, id);
    for (const moment of listChangingMoments(log)) {
      for (const when of ['before', 'after'] as const) {
        const name = `killed ${when} ${moment.operation} ${moment.nth}`;
        const halt: Faults['shouldHalt'] = (operation, nth, at) =>
          at === when && isAt(moment)(operation, nth);
        const killed = await startIn(begins, { faults: { shouldHalt: halt } });
        await expect(runStepsIn(begins, killed, [id]), name).rejects.toBeInstanceOf(HaltedError);
        const again = await goneOn(killed);
        expect(again.end, `${name}\n${again.said}`).toEqual(end);
      }
    }
  });

  it('comes to the same end although the answer to any of its changes is lost', async () => {
    const { log, end } = await wholeRun(begins, id);
    for (const moment of listChangingMoments(log)) {
      const name = `lost ${moment.operation} ${moment.nth}`;
      const ended = await disturbed({ shouldLoseResponse: isAt(moment) });
      expect(ended.code, `${name}\n${ended.said}`).toBe(0);
      expect(ended.end, `${name}\n${ended.said}`).toEqual(end);
    }
  });

  // A throttled call is tried again in one place for all steps, so each operation is throttled once.
  it('comes to the same end although the first call of any operation is throttled', async () => {
    const { log, end } = await wholeRun(begins, id);
    const own = await listOwnOperations(begins, id);
    const moments = listMoments(log).filter(({ operation, nth }) => nth === 1 && own.includes(operation));
    for (const moment of moments) {
      const name = `throttled ${moment.operation} ${moment.nth}`;
      const answer: Faults['getError'] = (operation, nth) =>
        isAt(moment)(operation, nth) ? createThrottlingError() : undefined;
      const ended = await disturbed({ getError: answer });
      expect(ended.code, `${name}\n${ended.said}`).toBe(0);
      expect(ended.end, `${name}\n${ended.said}`).toEqual(end);
    }
  });

  it('never claims to be done where AWS forbids a call, says what is missing, and is done once AWS allows it', async () => {
    const { operations, end } = await wholeRun(begins, id);
    for (const denied of operations.filter((operation) => !callsWithoutPermission.has(operation))) {
      const answer = (operation: string) =>
        operation === denied ? createAccessDeniedError(denied) : undefined;
      const { code, said, practiceRun } = await disturbed({ getError: answer });
      const { finding } = await checkIn(findStep(id), await resumeRun(practiceRun));
      const why = `without ${denied}\n${reasonOf(finding, said)}`;
      if (!isDone(finding.status)) expect(code, why).not.toBe(0);
      if (code !== 0) expect(said, why).toContain(denied);
      expect(said, why).not.toMatch(/\bat \w+ \(|mistake in aws-first-steps/);
      // A step that succeeds without a call does not need it: an offer is only made when something could be read, for example.
      // Neither does one that was only not known without it.
      if (code === 0 || isDone(finding.status)) continue;
      const again = await goneOn(practiceRun);
      expect(again.end, `${why}\nand once it may:\n${again.said}`).toEqual(end);
    }
  });
});
