import { afterAll, describe, expect, it } from 'vitest';
import type { PracticeOptions } from '../../src/practice/account.ts';
import { owner, type Owner } from '../_support/scripted-owner.ts';
import {
  listChanges,
  runScripted,
  startPracticeRun,
  resumeRun,
  readWrittenFiles,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { accountWith, publishCharges, runStepByHand } from '../_support/practice-worlds.ts';
import { afterwards, sentBy, troublesWith, wordsOf } from './_support/secret-scenes.ts';
import { placesHolding, tallySearches, type Secrets, type Written } from './_support/secret-search.ts';

afterAll(() => tallySearches('texts searched for secrets, of mails'));

const inMail = (rehearsal: PracticeRun, wanted: RegExp): string =>
  rehearsal.practice.desk
    .listMails()
    .flatMap(({ text }) => wanted.exec(text)?.[0] ?? [])
    .at(-1) ?? '';

const drillWords = /(?<=The words to type are: )[a-z]+ [a-z]+ \d\d/;

/** What the mailbox of the practice account holds for its owner alone, and what was to be sent there and never was. */
const mailedIn = (rehearsals: readonly PracticeRun[]): Required<Secrets> => {
  const worlds = rehearsals.map(({ practice }) => practice.snapshot());
  const mails = worlds.flatMap((world) => world.mails.map(({ text }) => text));
  const tokens = [
    ...worlds.flatMap(({ subscriptions }) => subscriptions.map(({ token }) => token)),
    ...mails.flatMap((text) => /(?<=Token=)[0-9a-f]+/.exec(text)?.[0] ?? []),
    ...sentBy(rehearsals, /^Token$/),
  ];
  const reasons = [...mails, ...sentBy(rehearsals, /^StateReason$/)];
  const words = reasons.flatMap((text) => drillWords.exec(text)?.[0] ?? []);
  return { whole: [...new Set(tokens)], codes: [], words: [...new Set(words)] };
};

const withMailLeft = (): PracticeOptions => ({ scenario: accountWith(publishCharges) });

/** Pastes the link of the mail, types wrong words first, has the mail sent again, and types the right ones. */
const readingMail = (rehearsal: PracticeRun): Owner =>
  owner({
    email: ['maria@example.com'],
    'wait-for-mail': ['paste'],
    'confirmation-link': [() => inMail(rehearsal, /https:\S+confirmation\.html\S+/)],
    drill: ['words', 'missing', 'words', 'later'],
    'drill-missing': ['again'],
    'drill-words': ['no such 23', () => inMail(rehearsal, drillWords)],
  });

/** Sets up the billing alarm, drill and all, or as far as a fault lets it; returns what the program said. */
const drilled = async (rehearsal: PracticeRun): Promise<readonly Written[]> => {
  const who = readingMail(rehearsal);
  const words = await runStepByHand('billing-alarm', rehearsal, who).then(
    () => [],
    (error: unknown) => wordsOf(error),
  );
  return [{ where: 'what was told', text: JSON.stringify([who.told, who.asked]) }, ...words];
};

const operationsOfTheDrill = async (): Promise<readonly string[]> => {
  const rehearsal = await startPracticeRun(withMailLeft());
  await drilled(rehearsal);
  return [...new Set(listChanges(rehearsal).map(({ operation }) => operation))];
};

describe('what only a mail may tell', () => {
  it('is in nothing that was written when link and words are used as they should be', async () => {
    const rehearsal = await startPracticeRun(withMailLeft());
    const texts = [...(await drilled(rehearsal)), ...(await afterwards(rehearsal))];
    const secrets = mailedIn([rehearsal]);
    expect([secrets.whole.length, secrets.words.length]).toEqual([1, 1]);
    expect(await operationsOfTheDrill()).toEqual(
      expect.arrayContaining(['sns:ConfirmSubscription', 'cloudwatch:SetAlarmState']),
    );
    expect(await readWrittenFiles(rehearsal)).toContain('SetAlarmState');
    expect(placesHolding(secrets, texts)).toEqual([]);
  });

  it(
    'is in nothing that was written when any change fails, is lost or kills the program, nor after going on',
    { timeout: 120_000 },
    async () => {
      const leaks: string[] = [];
      const cases = (await operationsOfTheDrill()).flatMap(troublesWith);
      expect(cases.length).toBeGreaterThan(20);
      for (const { operation, how, faults } of cases) {
        let begun: PracticeRun | undefined;
        const inputs = () => begun?.practice.log.findLast((one) => one.operation === operation)?.input ?? {};
        const practiceFaults = faults(inputs);
        begun = await startPracticeRun({
          ...withMailLeft(),
          ...(practiceFaults && { faults: practiceFaults }),
        });
        const first = await drilled(begun);
        const again = await resumeRun(begun);
        const texts = [...first, ...(await drilled(again)), ...(await afterwards(again))];
        const secrets = mailedIn([begun, again]);
        expect(secrets.words.length, `${operation} ${how}`).toBeGreaterThan(0);
        const places = placesHolding(secrets, texts);
        leaks.push(...places.map((place) => `${operation} ${how}: ${place}`));
      }
      expect(leaks).toEqual([]);
    },
  );

  it('is in nothing that a whole setup wrote, but in the answers of whoever read the mail', async () => {
    const rehearsal = await startPracticeRun();
    const { dialogue } = await runScripted(rehearsal);
    const heard = dialogue.transcript.map((one) => (one.kind === 'question' ? one.question : one));
    const texts = [
      { where: 'the transcript', text: JSON.stringify(heard) },
      ...(await afterwards(rehearsal)),
    ];
    const secrets = mailedIn([rehearsal]);
    expect([secrets.whole.length, secrets.words.length]).toEqual([1, 1]);
    expect(placesHolding(secrets, texts)).toEqual([]);
  });
});
