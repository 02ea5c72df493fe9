import { afterAll, describe, expect, it } from 'vitest';
import { BackError, ExitError } from '../../src/core/dialogue.ts';
import { HaltedError } from '../../src/practice/faults.ts';
import { allSteps } from '../../src/steps/index.ts';
import { owner, type Owner, type Reply } from '../_support/scripted-owner.ts';
import {
  listChanges,
  runScripted,
  startPracticeRun,
  resumeRun,
  createScript,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { runStepByHand } from '../_support/practice-worlds.ts';
import { afterwards, sentBy, troublesWith, wordsOf } from './_support/secret-scenes.ts';
import { placesHolding, tallySearches, type Secrets, type Written } from './_support/secret-search.ts';
import { sampleOf } from './_support/try-all.ts';

afterAll(() => tallySearches('texts searched for secrets, in conversations'));

/** Whatever the rehearsals had to keep to themselves, those included that AWS refused. */
const secretsIn = (rehearsals: readonly PracticeRun[]): Secrets => {
  const sent = (name: RegExp) => sentBy(rehearsals, name);
  const seeds = rehearsals.flatMap(({ practice }) =>
    [...practice.snapshot().devices, ...practice.snapshot().phone].map(({ seed }) => seed),
  );
  return { whole: [...seeds, ...sent(/^Password$/)], codes: sent(/^AuthenticationCode\d$/) };
};

/** The steps up to the last one that shows a secret; what only mails hold has scenarios of its own. */
const withSecrets = allSteps.slice(0, allSteps.findIndex(({ id }) => id === 'admin-user') + 1);

/** Plays to the end, or to wherever a fault ends it; returns what was said until then, and the error. */
const said = async (rehearsal: PracticeRun): Promise<readonly Written[]> => {
  const script = createScript(rehearsal);
  const words = await runScripted(rehearsal, { steps: withSecrets, script }).then(
    () => [],
    (error: unknown) => wordsOf(error),
  );
  return [
    { where: 'the log', text: script.lines.join('\n') },
    { where: 'the transcript', text: JSON.stringify(script.dialogue.transcript) },
    ...words,
  ];
};

const changingOperations = async (): Promise<readonly string[]> => {
  const rehearsal = await startPracticeRun();
  await runScripted(rehearsal, { steps: withSecrets });
  return [...new Set(listChanges(rehearsal).map(({ operation }) => operation))];
};

describe('a secret of a run', () => {
  it('is in nothing that was written when all goes well', async () => {
    const rehearsal = await startPracticeRun();
    const texts = [...(await said(rehearsal)), ...(await afterwards(rehearsal))];
    const secrets = secretsIn([rehearsal]);
    expect([secrets.whole.length > 2, secrets.codes.length]).toEqual([true, 2]);
    expect(placesHolding(secrets, texts)).toEqual([]);
  });

  it(
    'is in nothing that was written when any change fails, is lost or kills the program, nor after going on',
    { timeout: 120_000 },
    async () => {
      const cases = (await changingOperations()).flatMap(troublesWith);
      const leaks: string[] = [];
      for (const { operation, how, faults } of sampleOf(cases, 5)) {
        let begun: PracticeRun | undefined;
        const inputs = () => begun?.practice.log.findLast((one) => one.operation === operation)?.input ?? {};
        const practiceFaults = faults(inputs);
        begun = await startPracticeRun(practiceFaults === undefined ? {} : { faults: practiceFaults });
        const first = await said(begun);
        const again = await resumeRun(begun);
        const second = await said(again);
        const texts = [...first, ...second, ...(await afterwards(again))];
        const places = placesHolding(secretsIn([begun, again]), texts);
        leaks.push(...places.map((place) => `${operation} ${how}: ${place}`));
      }
      expect(leaks).toEqual([]);
    },
  );
});

const wrongThenRight = (rehearsal: PracticeRun): Record<string, readonly Reply[]> => {
  const nth = (which: 0 | 1) => () => rehearsal.practice.desk.getConsecutiveCodes()[which];
  return {
    'code-1': ['111222', nth(0), nth(0)],
    'code-2': ['333444', nth(0), nth(1)],
    stored: [false, false, true],
  };
};

type Behaviour = { what: string; replies: (rehearsal: PracticeRun) => Record<string, readonly Reply[]> };

const codesFrom = (rehearsal: PracticeRun) => {
  const { 'code-1': first = [], 'code-2': second = [] } = wrongThenRight(rehearsal);
  return { 'code-1': first.slice(2), 'code-2': second.slice(2) };
};

const behaviours: readonly Behaviour[] = [
  { what: 'types wrong codes and does not take the first password', replies: wrongThenRight },
  { what: 'presses Ctrl-C before the code', replies: () => ({ 'code-1': [new ExitError()] }) },
  { what: 'goes back from the code', replies: () => ({ 'code-1': [new BackError()] }) },
  {
    what: 'presses Ctrl-C after the first code',
    replies: (one) => ({ ...codesFrom(one), 'code-2': [new ExitError()] }),
  },
  {
    what: 'presses Ctrl-C before the password',
    replies: (one) => ({ ...codesFrom(one), stored: [new ExitError()] }),
  },
  {
    what: 'goes back from the password',
    replies: (one) => ({ ...codesFrom(one), stored: [new BackError()] }),
  },
];

/** The practice phone must have scanned what is shown, as the owner's own would. */
const withPhone = (rehearsal: PracticeRun, who: Owner): Owner => ({
  ...who,
  showSecretWhile: async (note, work) => {
    if (note.kind === 'qr') await rehearsal.practice.desk.scanQrCode(note.uri);
    return who.showSecretWhile(note, work);
  },
});

const shownTo = ({ shown }: Owner): readonly string[] =>
  shown.map((note) => (note.kind === 'qr' ? note.secret : note.password));

describe('a secret shown to somebody', () => {
  it.each(behaviours)('who $what is nowhere else', async ({ replies }) => {
    const rehearsal = await startPracticeRun({ scenario: 'clean' });
    const who = owner({ name: ['maria'], ...replies(rehearsal) });
    const words = await runStepByHand('admin-user', rehearsal, withPhone(rehearsal, who)).then(
      () => [],
      (error: unknown) => wordsOf(error),
    );
    const shown = shownTo(who);
    expect(shown.length).toBeGreaterThan(0);
    const secrets = secretsIn([rehearsal]);
    const all = { whole: [...secrets.whole, ...shown], codes: [...secrets.codes, '111222', '333444'] };
    const told = { where: 'what was told', text: JSON.stringify([who.told, who.asked]) };
    const texts = [told, ...words, ...(await afterwards(rehearsal))];
    expect(placesHolding(all, texts)).toEqual([]);
  });

  it('dies with the program: what is resumed shows another one', async () => {
    const halt = (operation: string) => operation === 'iam:EnableMFADevice';
    const first = await startPracticeRun({ scenario: 'clean', faults: { shouldHalt: halt } });
    const before = withPhone(first, owner({ name: ['maria'], ...codesFrom(first) }));
    await expect(runStepByHand('admin-user', first, before)).rejects.toThrow(HaltedError);
    const again = await resumeRun(first);
    const after = withPhone(again, owner({ name: ['maria'], ...codesFrom(again) }));
    await runStepByHand('admin-user', again, after);
    const [old = '', fresh = ''] = [shownTo(before)[0], shownTo(after)[0]];
    expect([old.length, fresh.length, old === fresh]).toEqual([64, 64, false]);
    expect(again.practice.snapshot().devices.map(({ seed }) => seed)).not.toContain(old);
    const texts = await afterwards(again);
    expect(placesHolding({ whole: [old, fresh], codes: [] }, texts)).toEqual([]);
  });
});
