import { describe, expect, it } from 'vitest';
import { UnansweredError } from '../../src/core/dialogue.ts';
import type { StepStatus } from '../../src/core/status.ts';
import { runStep } from '../../src/run/run-step.ts';
import { change, contextFor, madeUpStep, reminder } from '../_support/made-up-step.ts';
import { owner, type Reply } from '../_support/scripted-owner.ts';

const run = async (
  statuses: readonly StepStatus[],
  replies: Readonly<Record<string, readonly Reply[]>>,
  { chosen = true, actions = [reminder()] }: { chosen?: boolean; actions?: ReturnType<typeof change>[] } = {},
) => {
  const { step } = madeUpStep(statuses, { revoke: () => actions, plan: () => [change()] });
  const context = await contextFor(owner(replies));
  const result = await runStep(step, context, chosen);
  return { result, context, names: context.dialogue.names(), status: result.checkResult.finding.status };
};

const findings = ({ dialogue }: Awaited<ReturnType<typeof contextFor>>) =>
  dialogue.told.flatMap((note) => (note.kind === 'finding' ? [note.status] : []));

describe("a step that rests on the owner's word", () => {
  it('is left alone when the owner did not choose it', async () => {
    const { names, result } = await run(['attested'], {}, { chosen: false });
    expect(names).toEqual([]);
    expect(result.acted).toBe(false);
  });

  it('is not asked about when the word cannot be taken back', async () => {
    const { names } = await run(['attested'], { 'wizard/word': ['take-back'] }, { actions: [] });
    expect(names).toEqual([]);
  });

  it('stays as it is while the word holds', async () => {
    const performed: string[] = [];
    const actions = [reminder(async () => void performed.push('taken back'))];
    const { names, result, status } = await run(['attested'], { 'wizard/word': ['holds'] }, { actions });
    expect(names).toEqual(['wizard/word']);
    expect(performed).toEqual([]);
    expect({ status, acted: result.acted }).toEqual({ status: 'attested', acted: false });
  });

  it('is run as if the word had never been given, once it is taken back', async () => {
    const { names, context, status } = await run(['attested', 'unmet', 'met'], {
      'wizard/word': ['take-back'],
    });
    expect(names).toEqual(['wizard/word', 'wizard/go-ahead']);
    expect(findings(context)).toEqual(['attested', 'unmet', 'met']);
    expect(status).toBe('met');
  });

  it('is asked about no further when AWS shows it done after that', async () => {
    const { names, status } = await run(['attested', 'met'], { 'wizard/word': ['take-back'] });
    expect(names).toEqual(['wizard/word']);
    expect(status).toBe('met');
  });

  it('keeps the word when the owner does not consent to the change that takes it back', async () => {
    const { names, result } = await run(
      ['attested'],
      { 'wizard/word': ['take-back'], 'wizard/go-ahead': ['not-now'] },
      { actions: [change()] },
    );
    expect(names).toEqual(['wizard/word', 'wizard/go-ahead']);
    expect(result.acted).toBe(false);
  });

  it('is checked until AWS no longer shows the word that was taken back', async () => {
    const { context } = await run(
      ['attested', 'attested', 'unmet', 'met'],
      { 'wizard/word': ['take-back'] },
      { actions: [change()] },
    );
    expect(findings(context)).toEqual(['attested', 'unmet', 'met']);
  });
});

describe('a step that is done', () => {
  it('is not asked about, though the owner chose it and it has a way back', async () => {
    expect((await run(['met'], {})).names).toEqual([]);
  });

  it('offers no change when no run was interrupted in it', async () => {
    const { step } = madeUpStep(['met'], { plan: () => [change()] });
    const context = await contextFor();
    await runStep(step, context);
    expect(context.dialogue.names()).toEqual([]);
  });

  it('is no longer begun when nothing is missing', async () => {
    const { step } = madeUpStep(['met']);
    const context = await contextFor();
    await context.progress.begin(step.id);
    await runStep(step, context);
    expect(context.progress.isBegun(step.id)).toBe(false);
  });
});

describe('what is shown of a step', () => {
  const remedies = (context: Awaited<ReturnType<typeof contextFor>>) =>
    context.dialogue.told.flatMap((note) => (note.kind === 'finding' ? [note.remedy] : []));

  it('is the remedy only after it has run, since the step itself is the remedy', async () => {
    const check = async () =>
      ({ status: 'unmet', summary: 'Open.', remedy: 'Run it.', facts: undefined }) as const;
    const { step } = madeUpStep([], { check, plan: () => [] });
    const context = await contextFor();
    await runStep(step, context);
    expect(remedies(context)).toEqual([undefined, 'Run it.']);
  });

  it('is no second finding when it was skipped', async () => {
    const { step } = madeUpStep(['unmet'], { plan: () => [change()] });
    const context = await contextFor(owner({ 'wizard/go-ahead': ['skip'] }));
    expect((await runStep(step, context)).skipped).toBe(true);
    expect(findings(context)).toEqual(['unmet']);
  });

  it('is that it failed, with something to read, and it is over if AWS shows it done all the same', async () => {
    const { step } = madeUpStep(['unmet', 'met'], {
      plan: (facts) =>
        (facts as { checks: number }).checks > 1
          ? []
          : [
              change(async () => {
                throw new UnansweredError('code');
              }),
            ],
    });
    const context = await contextFor();
    const { acted, checkResult } = await runStep(step, context);
    expect({ acted, status: checkResult.finding.status }).toEqual({ acted: true, status: 'met' });
    expect(context.dialogue.sentences()).toContain('Not done: made-up needs an answer to "code".');
    expect(context.progress.isBegun(step.id)).toBe(false);
  });
});
