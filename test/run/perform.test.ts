import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/core/action.ts';
import type { StepStatus } from '../../src/core/status.ts';
import { performAction, performDecision } from '../../src/run/perform.ts';
import { change, contextFor, look, madeUpStep, reminder } from '../_support/made-up-step.ts';
import { owner } from '../_support/scripted-owner.ts';

const performed = async (
  statuses: readonly StepStatus[],
  actions: readonly Action[],
  { decision = 'yes', who = owner() }: { decision?: 'yes' | 'not-now'; who?: ReturnType<typeof owner> } = {},
) => {
  const { step, countChecks } = madeUpStep(['unmet', ...statuses]);
  const context = await contextFor(who);
  const first = await look(step, context);
  const result = await performDecision(first, { actions, decision }, context);
  return { result, first, checks: countChecks() - 1, context, status: result.checkResult.finding.status };
};

describe('after its changes, a step', () => {
  it.each(['unmet', 'unknown'] as const)(
    'is checked until AWS shows them: "%s" is not the last word',
    async (before) => {
      const { status, checks } = await performed([before, before, 'met'], [change()]);
      expect({ status, checks }).toEqual({ status: 'met', checks: 3 });
    },
  );

  it('is checked no longer when something waits for somebody', async () => {
    const { status, checks } = await performed(['waiting', 'met'], [change()]);
    expect({ status, checks }).toEqual({ status: 'waiting', checks: 1 });
  });

  it('is checked once when nothing in the account was changed', async () => {
    expect((await performed(['unmet', 'met'], [reminder()])).checks).toBe(1);
  });

  it('is no longer begun', async () => {
    const { context, result } = await performed(['met'], [change()]);
    expect(context.progress.isBegun('made-up')).toBe(false);
    expect(result).toMatchObject({ acted: true, skipped: false, deferred: [] });
  });
});

describe('an action that waits for the end', () => {
  it('is handed over instead of being performed, and its change is not waited for', async () => {
    const done: string[] = [];
    const note = (name: string) => async () => void done.push(name);
    const last = change(note('last'), { deferred: true });
    const { result, checks } = await performed(['unmet', 'met'], [last, change(note('first'))]);
    expect(done).toEqual(['first']);
    expect(result.deferred).toEqual([last]);
    expect(checks).toBe(1);
  });
});

describe('a plan that needs a person', () => {
  const plan = (done: string[]) => [
    change(async () => void done.push('user')),
    change(async () => void done.push('phone'), { requiresPerson: true }),
  ];

  it('is not begun where nobody is there', async () => {
    const done: string[] = [];
    const { result, context } = await performed(['met'], plan(done), { who: owner({}, { attended: false }) });
    expect(done).toEqual([]);
    expect(result.acted).toBe(false);
    expect(context.dialogue.sentences()).toContain('Run the setup in a terminal');
  });

  it('is performed where somebody is there', async () => {
    const done: string[] = [];
    await performed(['met'], plan(done));
    expect(done).toEqual(['user', 'phone']);
  });

  it('is not needed for a plan without such an action', async () => {
    const { status } = await performed(['met'], [change()], { who: owner({}, { attended: false }) });
    expect(status).toBe('met');
  });
});

describe('"not now"', () => {
  it('says that the step stays open when there was nothing to do', async () => {
    const { result, first, context } = await performed(['met'], [], { decision: 'not-now' });
    expect(result).toMatchObject({ checkResult: first, acted: true, skipped: false });
    expect(context.dialogue.sentences()).toBe(
      'Nothing was chosen, so nothing is changed. The step stays open.',
    );
  });

  it('says nothing about a plan that was refused, and changes nothing', async () => {
    const done: string[] = [];
    const actions = [change(async () => void done.push('changed'))];
    const { result, context } = await performed(['met'], actions, { decision: 'not-now' });
    expect(result.acted).toBe(false);
    expect(context.dialogue.told).toEqual([]);
    expect(done).toEqual([]);
  });
});

describe('the progress of an action', () => {
  it.each([
    ['is shown', change(), ['Make the group']],
    ['is not drawn over the questions that it asks', change(undefined, { usesDialogue: true }), []],
  ])('%s', async (_what, action, expected) => {
    const labels: string[] = [];
    const context = await contextFor();
    await performAction(action, {
      ...context,
      dialogue: {
        ...context.dialogue,
        runWithProgress: (label, work) => {
          labels.push(label);
          return work();
        },
      },
    });
    expect(labels).toEqual(expected);
  });
});
