import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { getRequiredPermissions } from '../../src/aws/permissions.ts';
import { checkStep, checkSteps } from '../../src/run/check.ts';
import { isDone } from '../../src/core/status.ts';
import { HaltedError } from '../../src/practice/faults.ts';
import type { PlanLine } from '../../src/core/dialogue.ts';
import { isOwnQuestion, kebabCase } from '../../src/core/question-names.ts';
import { allSteps } from '../../src/steps/index.ts';
import { listChangingMoments, callsWithoutPermission } from '../_support/starting-accounts.ts';
import {
  listChanges,
  comparableAccount,
  checkIn,
  runScripted,
  reasonOf,
  startPracticeRun,
  resumeRun,
  listSecrets,
  openSession,
  findStep,
  readWrittenFiles,
  type ScriptedRun,
} from '../_support/practice-run.ts';

const settled = ['met', 'attested', 'waiting'];

const plannedOperations = ({ dialogue }: ScriptedRun): readonly string[] =>
  dialogue.transcript
    .flatMap((happening): readonly PlanLine[] =>
      happening.kind === 'message' && happening.message.kind === 'plan' ? happening.message.lines : [],
    )
    .flatMap((line) => line.operations);

describe.each(allSteps.map(({ id }) => id))('%s', (id) => {
  const step = findStep(id);
  const only = { steps: [step] };

  it('is to do in a new account, and looking changes nothing', async () => {
    const rehearsal = await startPracticeRun();
    const before = rehearsal.practice.snapshot();
    const { finding } = await checkIn(step, rehearsal);
    expect(finding.status, reasonOf(finding)).toBe('unmet');
    expect(finding.remedy, reasonOf(finding)).toBeTruthy();
    expect(rehearsal.practice.snapshot()).toEqual(before);
    expect(listChanges(rehearsal)).toEqual([]);
  });

  it('names every question that it asks, and every read that it makes', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'used' });
    const session = await openSession(rehearsal);
    const { finding, evidence } = await checkStep(step, session);
    const atTheStart = Object.values(session.evidence).flat();
    expect(
      Object.keys(step.questions(finding.facts)).filter((name) => !step.questionNames.includes(name)),
    ).toEqual([]);
    const reads = evidence
      .filter((call) => !atTheStart.includes(call))
      .map(({ operation }) => operation)
      .filter((operation) => !callsWithoutPermission.has(operation))
      .flatMap((operation) => getRequiredPermissions({ operation, input: {} }));
    expect(reads.filter((operation) => !step.readPermissions.includes(operation))).toEqual([]);
  });

  it('asks under names of its own, and none means two questions', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'used' });
    const { finding } = await checkIn(step, rehearsal);
    const { dialogue, said } = await runScripted(rehearsal, only);
    const asked = dialogue.transcript.flatMap((one) =>
      one.kind === 'question' && !isOwnQuestion(one.name) ? [one] : [],
    );
    expect(
      asked.filter(({ name }) => !kebabCase.test(name)),
      said,
    ).toEqual([]);
    // An action that asks under the name of another question of its step would get that question's answer from a file.
    const messages = new Map(
      Object.entries(step.questions(finding.facts)).map(([name, { message }]) => [name, message]),
    );
    const confused = asked.filter(
      ({ name, question }) => (messages.get(name) ?? question.message) !== question.message,
    );
    expect(confused, said).toEqual([]);
  });

  it('is settled once taken, by exactly the calls that its plan showed', async () => {
    const rehearsal = await startPracticeRun();
    const played = await runScripted(rehearsal, only);
    const { finding } = await checkIn(step, rehearsal);
    const why = reasonOf(finding, played.said);
    expect(settled, why).toContain(finding.status);
    expect(
      listChanges(rehearsal).map(({ operation }) => operation),
      why,
    ).toEqual(plannedOperations(played));
  });

  it('asks nothing and changes nothing when it is taken again', async () => {
    const first = await startPracticeRun();
    await runScripted(first, only);
    const again = await resumeRun(first);
    const played = await runScripted(again, only);
    const { code, dialogue, said } = played;
    expect(
      dialogue.transcript.filter(({ kind }) => kind === 'question'),
      said,
    ).toEqual([]);
    expect(listChanges(again), said).toEqual([]);
    expect(code, said).toBe(0);
  });

  it('has nothing left to plan, with the same answers, once it is done', async () => {
    const rehearsal = await startPracticeRun();
    await runScripted(rehearsal, only);
    const { progress } = await openSession(rehearsal);
    const { finding } = await checkIn(step, rehearsal);
    if (!isDone(finding.status)) return;
    const actions = step.plan(finding.facts, progress.getAnswers(id));
    expect(
      actions.flatMap((action) => action.calls),
      reasonOf(finding),
    ).toEqual([]);
  });

  it.each([1, 3, 5])('is settled although AWS shows each change only %i calls later', async (lag) => {
    const rehearsal = await startPracticeRun({ faults: { lag } });
    const { said } = await runScripted(rehearsal, only);
    const { finding } = await checkIn(step, await resumeRun(rehearsal));
    expect(settled, reasonOf(finding, said)).toContain(finding.status);
  });

  it('leaves no secret in a file or in what it said', async () => {
    const rehearsal = await startPracticeRun();
    const { said, dialogue } = await runScripted(rehearsal, only);
    const { evidence, finding } = await checkIn(step, rehearsal);
    const traces = [
      await readWrittenFiles(rehearsal),
      said,
      JSON.stringify([dialogue.transcript, evidence, finding]),
    ].join('\n');
    for (const secret of listSecrets(rehearsal)) expect(traces).not.toContain(secret);
  });
});

describe('the whole setup', () => {
  it('is done in one go, and has nothing left to ask or to change', async () => {
    const rehearsal = await startPracticeRun();
    const first = await runScripted(rehearsal);
    expect(first.code, first.said).toBe(0);
    const again = await resumeRun(rehearsal);
    const { code, dialogue, said } = await runScripted(again);
    expect(code, said).toBe(0);
    expect(
      dialogue.transcript.filter(({ kind }) => kind === 'question'),
      said,
    ).toEqual([]);
    expect(listChanges(again), said).toEqual([]);
  });

  it('comes to the same end wherever it is killed', async () => {
    const undisturbed = await startPracticeRun();
    await runScripted(undisturbed);
    for (const moment of listChangingMoments(undisturbed.practice.log)) {
      const killed = await startPracticeRun({
        faults: {
          shouldHalt: (operation, nth, at) =>
            operation === moment.operation && nth === moment.nth && at === 'after',
        },
      });
      const name = `killed after ${moment.operation} ${moment.nth}`;
      await expect(runScripted(killed), name).rejects.toBeInstanceOf(HaltedError);
      const again = await resumeRun(killed);
      const { code, said } = await runScripted(again);
      expect(code, `${name}\n${said}`).toBe(0);
      expect(comparableAccount(again), `${name}\n${said}`).toEqual(comparableAccount(undisturbed));
    }
  });

  it('looks at everything with few calls: each read once', async () => {
    const rehearsal = await startPracticeRun({ scenario: 'used' });
    const session = await openSession(rehearsal);
    const before = rehearsal.practice.log.length;
    await checkSteps(allSteps, session);
    const calls = rehearsal.practice.log.slice(before).filter(({ operation }) => isRead(operation));
    const keys = calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
