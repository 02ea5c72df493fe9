import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { getRequiredPermissions } from '../../src/aws/permissions.ts';
import { checkSteps } from '../../src/run/check.ts';
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
  reasonOf,
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
    expect(finding.status, reasonOf(finding)).toBe('unmet');
    expect(finding.remedy, reasonOf(finding)).toBeTruthy();
    expect(rehearsal.practice.snapshot()).toEqual(before);
    expect(changesIn(rehearsal)).toEqual([]);
  });

  it('names every question that it asks, and every read that it makes', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const { finding, evidence } = await lookAt(step, rehearsal);
    expect(
      Object.keys(step.questions(finding.facts)).filter((name) => !step.questionNames.includes(name)),
    ).toEqual([]);
    const reads = evidence
      .map(({ operation }) => operation)
      .filter((operation) => !undemanding.has(operation))
      .flatMap((operation) => getRequiredPermissions({ operation, input: {} }));
    expect(reads.filter((operation) => !step.readPermissions.includes(operation))).toEqual([]);
  });

  it('asks under names of its own, and none means two questions', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const { finding } = await lookAt(step, rehearsal);
    const { dialogue, said } = await play(rehearsal, only);
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
    const rehearsal = await rehearse();
    const played = await play(rehearsal, only);
    const { finding } = await lookAt(step, rehearsal);
    const why = reasonOf(finding, played.said);
    expect(settled, why).toContain(finding.status);
    expect(
      changesIn(rehearsal).map(({ operation }) => operation),
      why,
    ).toEqual(plannedOperations(played));
  });

  it('asks nothing and changes nothing when it is taken again', async () => {
    const first = await rehearse();
    await play(first, only);
    const again = await resumed(first);
    const played = await play(again, only);
    const { code, dialogue, said } = played;
    expect(
      dialogue.transcript.filter(({ kind }) => kind === 'question'),
      said,
    ).toEqual([]);
    expect(changesIn(again), said).toEqual([]);
    expect(code, said).toBe(0);
  });

  it('has nothing left to plan, with the same answers, once it is done', async () => {
    const rehearsal = await rehearse();
    await play(rehearsal, only);
    const { progress } = await sessionOf(rehearsal);
    const { finding } = await lookAt(step, rehearsal);
    if (!isDone(finding.status)) return;
    const actions = step.plan(finding.facts, progress.getAnswers(id));
    expect(
      actions.flatMap((action) => action.calls),
      reasonOf(finding),
    ).toEqual([]);
  });

  it.each([1, 3, 5])('is settled although AWS shows each change only %i calls later', async (lag) => {
    const rehearsal = await rehearse({ faults: { lag } });
    const { said } = await play(rehearsal, only);
    const { finding } = await lookAt(step, await resumed(rehearsal));
    expect(settled, reasonOf(finding, said)).toContain(finding.status);
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
    const first = await play(rehearsal);
    expect(first.code, first.said).toBe(0);
    const again = await resumed(rehearsal);
    const { code, dialogue, said } = await play(again);
    expect(code, said).toBe(0);
    expect(
      dialogue.transcript.filter(({ kind }) => kind === 'question'),
      said,
    ).toEqual([]);
    expect(changesIn(again), said).toEqual([]);
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
      const name = `killed after ${moment.operation} ${moment.nth}`;
      await expect(play(killed), name).rejects.toBeInstanceOf(HaltedError);
      const again = await resumed(killed);
      const { code, said } = await play(again);
      expect(code, `${name}\n${said}`).toBe(0);
      expect(essence(again), `${name}\n${said}`).toEqual(essence(undisturbed));
    }
  });

  it('looks at everything with few calls: each read once', async () => {
    const rehearsal = await rehearse({ scenario: 'used' });
    const { progress } = await sessionOf(rehearsal);
    const before = rehearsal.practice.log.length;
    await checkSteps(allSteps, rehearsal.aws, progress.attestations, rehearsal.clock);
    const calls = rehearsal.practice.log.slice(before).filter(({ operation }) => isRead(operation));
    const keys = calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
