import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { getRequiredPermissions } from '../../src/aws/permissions.ts';
import { checkStep, checkSteps } from '../../src/run/check.ts';
import { isDone } from '../../src/core/status.ts';
import { HaltedError } from '../../src/practice/faults.ts';
import type { PlanLine } from '../../src/core/dialogue.ts';
import { isOwnQuestion, kebabCase } from '../../src/core/question-names.ts';
import { allSteps } from '../../src/steps/index.ts';
import { changingMoments, undemanding } from '../_support/beginnings.ts';
import {
  changesIn,
  essence,
  lookAt,
  play,
  rehearse,
  resumed,
  secretsOf,
  sessionOf,
  stepNamed,
  writtenIn,
  type Played,
} from '../_support/rehearse.ts';

const settled = ['met', 'attested', 'waiting'];

const plannedOperations = ({ dialogue }: Played): readonly string[] =>
  dialogue.transcript
    .flatMap((happening): readonly PlanLine[] =>
      happening.kind === 'message' && happening.message.kind === 'plan' ? happening.message.lines : [],
    )
    .flatMap((line) => line.operations);

describe.each(allSteps.map(({ id }) => id))('%s', (id) => {
  const step = stepNamed(id);
  const only = { steps: [step] };

  it('is to do in a new account, and looking changes nothing', async () => {
    const rehearsal = await rehearse();
    const before = rehearsal.practice.snapshot();
    const { finding } = await lookAt(step, rehearsal);
    expect(finding.status).toBe('unmet');
    expect(finding.remedy).toBeTruthy();
    expect(rehearsal.practice.snapshot()).toEqual(before);
    expect(changesIn(rehearsal)).toEqual([]);
  });

  it('names every question that it asks, and every read that it makes', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const session = await sessionOf(rehearsal);
    const { finding, evidence } = await checkStep(step, session);
    const atTheStart = Object.values(session.evidence).flat();
    expect(
      Object.keys(step.questions(finding.facts)).filter((name) => !step.questionNames.includes(name)),
    ).toEqual([]);
    const reads = evidence
      .filter((call) => !atTheStart.includes(call))
      .map(({ operation }) => operation)
      .filter((operation) => !undemanding.has(operation))
      .flatMap((operation) => getRequiredPermissions({ operation, input: {} }));
    expect(reads.filter((operation) => !step.readPermissions.includes(operation))).toEqual([]);
  });

  it('asks under names of its own, and none means two questions', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const { finding } = await lookAt(step, rehearsal);
    const { dialogue } = await play(rehearsal, only);
    const asked = dialogue.transcript.flatMap((one) =>
      one.kind === 'question' && !isOwnQuestion(one.name) ? [one] : [],
    );
    expect(asked.filter(({ name }) => !kebabCase.test(name))).toEqual([]);
    // An action that asks under the name of another question of its step would get that question's answer from a file.
    const messages = new Map(
      Object.entries(step.questions(finding.facts)).map(([name, { message }]) => [name, message]),
    );
    const confused = asked.filter(
      ({ name, question }) => (messages.get(name) ?? question.message) !== question.message,
    );
    expect(confused).toEqual([]);
  });

  it('is settled once taken, by exactly the calls that its plan showed', async () => {
    const rehearsal = await rehearse();
    const played = await play(rehearsal, only);
    const { finding } = await lookAt(step, rehearsal);
    expect(settled).toContain(finding.status);
    expect(changesIn(rehearsal).map(({ operation }) => operation)).toEqual(plannedOperations(played));
  });

  it('asks nothing and changes nothing when it is taken again', async () => {
    const first = await rehearse();
    await play(first, only);
    const again = await resumed(first);
    const played = await play(again, only);
    expect(played.dialogue.transcript.filter(({ kind }) => kind === 'question')).toEqual([]);
    expect(changesIn(again)).toEqual([]);
    expect(played.code).toBe(0);
  });

  it('has nothing left to plan, with the same answers, once it is done', async () => {
    const rehearsal = await rehearse();
    await play(rehearsal, only);
    const { progress } = await sessionOf(rehearsal);
    const { finding } = await lookAt(step, rehearsal);
    if (!isDone(finding.status)) return;
    const actions = step.plan(finding.facts, progress.getAnswers(id));
    expect(actions.flatMap((action) => action.calls)).toEqual([]);
  });

  it.each([1, 3, 5])('is settled although AWS shows each change only %i calls later', async (lag) => {
    const rehearsal = await rehearse({ faults: { lag } });
    await play(rehearsal, only);
    const { finding } = await lookAt(step, await resumed(rehearsal));
    expect(settled).toContain(finding.status);
  });

  it('leaves no secret in a file or in what it said', async () => {
    const rehearsal = await rehearse();
    const { said, dialogue } = await play(rehearsal, only);
    const { evidence, finding } = await lookAt(step, rehearsal);
    const traces = [
      await writtenIn(rehearsal),
      said,
      JSON.stringify([dialogue.transcript, evidence, finding]),
    ].join('\n');
    for (const secret of secretsOf(rehearsal)) expect(traces).not.toContain(secret);
  });
});

describe('the whole setup', () => {
  it('is done in one go, and has nothing left to ask or to change', async () => {
    const rehearsal = await rehearse();
    expect((await play(rehearsal)).code).toBe(0);
    const again = await resumed(rehearsal);
    const { code, dialogue } = await play(again);
    expect(code).toBe(0);
    expect(dialogue.transcript.filter(({ kind }) => kind === 'question')).toEqual([]);
    expect(changesIn(again)).toEqual([]);
  });

  it('comes to the same end wherever it is killed', async () => {
    const undisturbed = await rehearse();
    await play(undisturbed);
    for (const moment of changingMoments(undisturbed.practice.log)) {
      const killed = await rehearse({
        faults: {
          shouldHalt: (operation, nth, at) =>
            operation === moment.operation && nth === moment.nth && at === 'after',
        },
      });
      await expect(play(killed)).rejects.toBeInstanceOf(HaltedError);
      const again = await resumed(killed);
      expect((await play(again)).code).toBe(0);
      expect(essence(again), `${moment.operation} ${moment.nth}`).toEqual(essence(undisturbed));
    }
  });

  it('looks at everything with few calls: each read once', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const session = await sessionOf(rehearsal);
    const before = rehearsal.practice.log.length;
    await checkSteps(allSteps, session);
    const calls = rehearsal.practice.log.slice(before).filter(({ operation }) => isRead(operation));
    const keys = calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(keys.length).toBe(new Set(keys).size);
  });
});
