import { describe, expect, it } from 'vitest';
import { createHelpPage } from '../../../src/commands/setup/help.ts';
import { freePlanWarning } from '../../../src/core/account-plan.ts';
import { allSteps } from '../../../src/steps/index.ts';
import { madeUpHelp, madeUpStep } from '../../_support/made-up-step.ts';

describe('the help page of a step', () => {
  it('says what it costs, how long it takes, what happens if it is skipped, and how to undo it', () => {
    const { step } = madeUpStep(['unmet'], { cost: '0.50 USD a month', minutes: 4 });
    expect(createHelpPage(step)).toEqual({
      title: 'Help: Made up',
      paragraphs: [
        'Cost: 0.50 USD a month. Time: about 4 minutes.',
        `If you skip it: ${madeUpHelp.ifSkipped}`,
        `To undo it: ${madeUpHelp.undo}`,
      ],
      words: madeUpHelp.words,
      url: madeUpHelp.url,
    });
  });

  it('speaks of one minute in the singular', () => {
    const { step } = madeUpStep(['unmet'], { minutes: 1 });
    expect(createHelpPage(step).paragraphs[0]).toBe('Cost: free. Time: about a minute.');
  });

  it.each(allSteps.map((step) => [step.id, step] as const))('is its own for %s', (_id, step) => {
    expect(createHelpPage(step)).toMatchObject({
      title: `Help: ${step.title}`,
      words: step.help.words,
      url: step.help.url,
    });
  });
});

describe('the help page outside of a step', () => {
  const { title, paragraphs, words, url } = createHelpPage(undefined);

  it('says that nothing changes before a yes, and how to stop and come back', () => {
    expect(title).toBe('Help');
    expect(paragraphs).toContainEqual(expect.stringContaining('Nothing changes before you say yes.'));
    expect(paragraphs).toContainEqual(expect.stringMatching(/To stop, press Ctrl-C.*To come back, run/u));
  });

  it('says what would end the Free plan', () => {
    expect(paragraphs).toContain(freePlanWarning);
  });

  it('explains the words that everything rests on', () => {
    expect(words.map(({ word }) => word)).toEqual(['account', 'root user', 'Region', 'IAM']);
    expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//u);
  });
});
