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

const longestSentence = 200;

/** The sentences of a text. An address in it, and a name with a dot, end none. */
const sentencesIn = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+(?=["\p{Lu}])/u);

describe.each(allSteps.map(({ id }) => id))('the step %s', (id) => {
  const step = findStep(id);
  const only = { steps: [step] };

  it('explains its words, what happens if it is skipped, how to undo it, and where AWS says more', () => {
    const { words, ifSkipped, undo, url } = step.help;
    expect(words.length).toBeGreaterThan(0);
    expect(new Set(words.map(({ word }) => word)).size).toBe(words.length);
    const texts = [ifSkipped, undo, ...words.map(({ meaning }) => meaning)];
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    expect(texts.flatMap(sentencesIn).filter(({ length }) => length > longestSentence)).toEqual([]);
    for (const { meaning } of words) expect(sentencesIn(meaning), meaning).toHaveLength(1);
    expect(url).toMatch(/^https:\/\/(?:docs\.aws|aws)\.amazon\.com\//u);
  });

  it('says how many minutes it takes', () => {
    expect(step.minutes).toBeGreaterThanOrEqual(1);
    expect(step.minutes).toBeLessThanOrEqual(10);
  });

  it('is unmet in a new account, and its check changes nothing', async () => {
    const practiceRun = await startPracticeRun();
    const before = practiceRun.practice.snapshot();
    const { finding } = await checkIn(step, practiceRun);
    expect(finding.status, reasonOf(finding)).toBe('unmet');
    expect(finding.remedy, reasonOf(finding)).toBeTruthy();
    expect(practiceRun.practice.snapshot()).toEqual(before);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('names every question that it asks, and every read that it makes', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'used' });
    const session = await openSession(practiceRun);
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

  it('uses question names of its own, and no name for two questions', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'used' });
    const { finding } = await checkIn(step, practiceRun);
    const { dialogue, said } = await runScripted(practiceRun, only);
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

  it('is settled by exactly the calls that its plan showed', async () => {
    const practiceRun = await startPracticeRun();
    const played = await runScripted(practiceRun, only);
    const { finding } = await checkIn(step, practiceRun);
    const why = reasonOf(finding, played.said);
    expect(settled, why).toContain(finding.status);
    expect(
      listChanges(practiceRun).map(({ operation }) => operation),
      why,
    ).toEqual(plannedOperations(played));
  });

  it('asks nothing and changes nothing when it runs again', async () => {
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
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, only);
    const { progress } = await openSession(practiceRun);
    const { finding } = await checkIn(step, practiceRun);
    if (!isDone(finding.status)) return;
    const actions = step.plan(finding.facts, progress.getAnswers(id));
    expect(
      actions.flatMap((action) => action.calls),
      reasonOf(finding),
    ).toEqual([]);
  });

  it.each([1, 3, 5])('is settled although AWS shows each change only %i calls later', async (lag) => {
    const practiceRun = await startPracticeRun({ faults: { lag } });
    const { said } = await runScripted(practiceRun, only);
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(settled, reasonOf(finding, said)).toContain(finding.status);
  });

  it('leaves no secret in a file or in a message', async () => {
    const practiceRun = await startPracticeRun();
    const { said, dialogue } = await runScripted(practiceRun, only);
    const { evidence, finding } = await checkIn(step, practiceRun);
    const traces = [
      await readWrittenFiles(practiceRun),
      said,
      JSON.stringify([dialogue.transcript, evidence, finding]),
    ].join('\n');
    for (const secret of listSecrets(practiceRun)) expect(traces).not.toContain(secret);
  });
});

describe('the whole setup', () => {
  it('is done in one run, and has nothing left to ask or to change', async () => {
    const practiceRun = await startPracticeRun();
    const first = await runScripted(practiceRun);
    expect(first.code, first.said).toBe(0);
    const again = await resumeRun(practiceRun);
    const { code, dialogue, said } = await runScripted(again);
    expect(code, said).toBe(0);
    expect(
      dialogue.transcript.filter(({ kind }) => kind === 'question'),
      said,
    ).toEqual([]);
    expect(listChanges(again), said).toEqual([]);
  });

  // Every other moment is tried for each step by itself, in every-change.test.ts.
  it('comes to the same end wherever it is killed', async () => {
    const undisturbed = await startPracticeRun();
    await runScripted(undisturbed);
    const changes = listChangingMoments(undisturbed.practice.log);
    const interval = Math.max(1, Math.floor(changes.length / allSteps.length));
    for (const moment of changes.filter((_, index) => index % interval === 0)) {
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

  it('checks everything with few calls: each read once', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'used' });
    const session = await openSession(practiceRun);
    const before = practiceRun.practice.log.length;
    await checkSteps(allSteps, session);
    const calls = practiceRun.practice.log.slice(before).filter(({ operation }) => isRead(operation));
    const keys = calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
