import { EntityAlreadyExistsException } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { attempt, finishIfDone, listMissingActions } from '../../src/run/attempt.ts';
import { change, contextFor, look, madeUpStep, reminder } from '../_support/made-up-step.ts';
import { owner } from '../_support/scripted-owner.ts';

const fails = async () => {
  throw new EntityAlreadyExistsException({ message: 'It exists.', $metadata: {} });
};

describe('what an interrupted run has left to do', () => {
  it('is what still changes the account', async () => {
    const missing = change();
    const { step } = madeUpStep(['met'], { plan: () => [reminder(), missing] });
    const context = await contextFor();
    expect(listMissingActions(await look(step, context), context.progress)).toEqual([missing]);
  });

  it('is nothing when its answers no longer suffice, and no plan is made of them', async () => {
    const { step } = madeUpStep(['met'], {
      restoreAnswers: () => ({ answers: {}, complete: false }),
      plan: () => {
        throw new Error('planned with answers that are missing');
      },
    });
    const context = await contextFor();
    expect(listMissingActions(await look(step, context), context.progress)).toEqual([]);
  });

  it.each([
    ['is over when the step is met and nothing is missing', 'met', [], true],
    ['is not over when the step is met and a change is missing', 'met', [change()], false],
    ['is not over when the step is not met, though nothing is missing', 'unmet', [], false],
    ['is not over when AWS could not be asked', 'unknown', [], false],
  ] as const)('%s', async (_what, status, actions, over) => {
    const { step } = madeUpStep([status], { plan: () => actions });
    const context = await contextFor();
    await context.progress.begin(step.id);
    expect(await finishIfDone(await look(step, context), context.progress)).toBe(over);
    expect(context.progress.isBegun(step.id)).toBe(!over);
  });
});

describe('a plan for an account that changes meanwhile', () => {
  it('is made three times, with longer and longer waits, each with consent, and then given up', async () => {
    const { step } = madeUpStep(['unmet'], { plan: () => [change(fails)] });
    const context = await contextFor();
    await expect(attempt(await look(step, context), context)).rejects.toThrow('keeps changing');
    expect(context.dialogue.names()).toEqual(Array(3).fill('wizard/go-ahead'));
    expect(context.waits).toEqual([2000, 4000, 8000]);
  });

  it('is made of what the newest check found', async () => {
    const seen: unknown[] = [];
    const { step } = madeUpStep(['unmet'], {
      plan: (facts) => {
        seen.push(facts);
        return [change(seen.length === 1 ? fails : undefined)];
      },
    });
    const context = await contextFor();
    await attempt(await look(step, context), context);
    expect(seen).toEqual([{ checks: 1 }, { checks: 2 }]);
  });

  it('is not made again when somebody else has done all of it', async () => {
    let plans = 0;
    const { step } = madeUpStep(['unmet', 'met'], {
      plan: () => {
        plans += 1;
        return plans === 1 ? [change(fails)] : [];
      },
    });
    const context = await contextFor();
    const { checkResult, acted } = await attempt(await look(step, context), context);
    expect({ status: checkResult.finding.status, acted }).toEqual({ status: 'met', acted: false });
    expect(context.dialogue.names()).toEqual(['wizard/go-ahead']);
    expect(context.progress.isBegun(step.id)).toBe(false);
  });

  it('is not made again after any other error', async () => {
    const broken = new Error('broken');
    const { step } = madeUpStep(['unmet'], {
      plan: () => [
        change(async () => {
          throw broken;
        }),
      ],
    });
    const context = await contextFor();
    await expect(attempt(await look(step, context), context)).rejects.toBe(broken);
    expect(context.dialogue.names()).toEqual(['wizard/go-ahead']);
  });
});

describe('the answers of an earlier run that are not asked for again', () => {
  const planned = async (begun: boolean) => {
    const plans: unknown[] = [];
    const { step } = madeUpStep(['unmet', 'met'], {
      plan: (_facts, answers) => {
        plans.push(answers);
        return [];
      },
    });
    const context = await contextFor();
    await context.progress.rememberAnswers(step.id, { email: 'maria@example.com' });
    if (begun) await context.progress.begin(step.id);
    await attempt(await look(step, context), context);
    return { plans, kept: context.progress.getAnswers(step.id) };
  };

  it('hold on where that run was interrupted', async () => {
    const answers = { email: 'maria@example.com' };
    expect(await planned(true)).toEqual({ plans: [answers], kept: answers });
  });

  it('are dropped where it was not', async () => {
    expect(await planned(false)).toEqual({ plans: [{}], kept: {} });
  });
});

describe('what the owner has to do elsewhere', () => {
  it('is shown before the first question', async () => {
    const task = {
      kind: 'manual-task',
      id: 'sign-in',
      doneQuestion: 'done',
      instructions: ['Sign in.'],
    } as const;
    const { step } = madeUpStep(['unmet'], { manualTask: () => task, plan: () => [change()] });
    const context = await contextFor(owner({ 'wizard/go-ahead': ['not-now'] }));
    await attempt(await look(step, context), context);
    expect(context.dialogue.told.map(({ kind }) => kind)).toEqual(['manual-task', 'plan']);
  });
});
