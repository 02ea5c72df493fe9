import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import { BackError, ExitError } from '../../../src/core/dialogue.ts';
import { watchTask, type WatchedTask } from '../../../src/steps/shared/watch.ts';
import { startPracticeRun, openSession } from '../../_support/practice-run.ts';
import { owner, saysNothing, type Owner } from '../../_support/scripted-owner.ts';

/** Watches something that each check gets one of `answers` about; the last one is repeated. */
const watched = async (
  who: Owner,
  answers: readonly (boolean | Error)[],
  options: NonNullable<WatchedTask['ifMissing']>['options'] = [],
): Promise<number> => {
  const { aws, clock, progress } = await openSession(await startPracticeRun());
  let looks = 0;
  const done = async () => {
    const answer = answers[Math.min(looks, answers.length - 1)];
    looks += 1;
    if (answer instanceof Error) throw answer;
    return answer ?? false;
  };
  const action = watchTask({
    why: 'something happens elsewhere',
    manualTask: 'root-mfa',
    instructions: ['Go there.'],
    message: 'Waiting',
    questionName: 'wait',
    isDone: done,
    ...(options.length > 0 && {
      ifMissing: { label: 'It did not come', questionName: 'missing', help: 'Look in spam.', options },
    }),
  });
  expect(action.calls).toEqual([]);
  await action.perform({ aws, dialogue: who, clock, attestations: progress.attestations });
  return looks;
};

/** What AWS answers to a check that it does not allow, as the SDK throws it. */
const denied = async (): Promise<Error> => {
  const { aws } = await startPracticeRun({
    faults: { getError: (operation) => createAccessDeniedError(operation) },
  });
  return openSession({ ...(await startPracticeRun()), aws }).then(
    () => new Error('it was allowed'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
};

describe('waiting for a change that happens elsewhere', () => {
  it('sends the owner nowhere when it has happened already', async () => {
    const who = owner();
    await watched(who, [true]);
    expect(who.told).toEqual([]);
    expect(who.names()).toEqual([]);
  });

  it('says where to go, and ends as soon as AWS shows the change', async () => {
    const who = owner({ wait: [saysNothing] });
    expect(await watched(who, [false, false, false, true])).toBe(4);
    expect(who.told).toEqual([
      { kind: 'manual-task', id: 'root-mfa', doneQuestion: 'wait', instructions: ['Go there.'] },
    ]);
  });

  it('continues when the owner goes back from another choice', async () => {
    const who = owner({ wait: ['missing', 'missing', 'later'], missing: ['other', new BackError()] });
    const act = () => Promise.reject(new BackError());
    await watched(who, [false], [{ value: 'other', label: 'Use another address', perform: act }]);
    expect(who.names()).toEqual(['wait', 'missing', 'wait', 'missing', 'wait']);
  });

  it('can be left for later', async () => {
    const who = owner({ wait: ['later'] });
    expect(await watched(who, [false])).toBe(1);
  });

  it('checks at once when the owner asks for it, and says when the change is not there yet', async () => {
    const who = owner({ wait: ['check', 'check'] });
    await watched(who, [false, false, true]);
    expect(who.sentences()).toBe('AWS does not show it yet. This can take a minute.');
    expect(who.names()).toEqual(['wait', 'wait']);
  });

  it('runs the other choices that it offers, and continues', async () => {
    const acts: string[] = [];
    const act = async () => void acts.push('again');
    const who = owner({
      wait: ['missing', 'missing', 'missing', 'later'],
      missing: ['again', 'back', 'again'],
    });
    await watched(who, [false], [{ value: 'again', label: 'Send it again', perform: act }]);
    expect(acts).toEqual(['again', 'again']);
  });

  it('offers three things at most, and what helps when nothing comes in a second choice', async () => {
    const who = owner({ wait: ['missing', 'later'], missing: ['back'] });
    const act = async () => undefined;
    await watched(
      who,
      [false],
      [
        { value: 'again', label: 'Send it again', perform: act },
        { value: 'other', label: 'Use another address', perform: act },
      ],
    );
    const offered = who.asked.map(({ question }) =>
      question.kind === 'choice' ? question.options.map(({ value }) => value) : [],
    );
    expect(offered).toEqual([
      ['check', 'missing', 'later'],
      ['again', 'other', 'back'],
      ['check', 'missing', 'later'],
    ]);
  });

  it('survives two failures in a row, but does not hide a third', async () => {
    const error = await denied();
    await watched(owner({ wait: [saysNothing] }), [false, error, error, false, error, error, true]);
    const hidden = watched(owner({ wait: [saysNothing] }), [false, error, error, error, true]);
    await expect(hidden).rejects.toBe(error);
  });

  it('reports what goes wrong with a check that the owner asked for, and continues', async () => {
    const who = owner({ wait: ['check', 'later'] });
    await watched(who, [false, await denied()]);
    expect(who.sentences()).toContain('You are not allowed to call sts:GetCallerIdentity.');
  });

  it('does not swallow a mistake in this program, or a request to leave', async () => {
    const mistake = new TypeError('ours');
    await expect(watched(owner({ wait: ['check'] }), [false, mistake])).rejects.toBe(mistake);
    const leave = new ExitError();
    await expect(watched(owner({ wait: [leave] }), [false])).rejects.toBe(leave);
  });
});
