import { afterAll, describe, expect, it } from 'vitest';
import { Back, Leave } from '../../src/dialogue.ts';
import { explain } from '../../src/aws/explain.ts';
import { bugInWords, problemInWords } from '../../src/last-words.ts';
import { plan } from '../../src/plan.ts';
import { Halted } from '../../src/practice/faults.ts';
import type { PracticeOptions } from '../../src/practice/index.ts';
import { Refusal } from '../../src/practice/refusal.ts';
import { planAs, reportAs } from '../../src/report/formats.ts';
import { steps } from '../../src/steps/index.ts';
import { verify } from '../../src/verify.ts';
import { owner, type Owner, type Reply } from '../owner.ts';
import { changesIn, play, rehearse, resumed, sessionOf, writtenIn, type Rehearsal } from '../rehearse.ts';
import { accountWith, publishCharges, takeByHand } from '../worlds.ts';
import { foundIn, placesHolding, tallySearches, type Secrets, type Written } from './secret-search.ts';
import { sampleOf } from './try-all.ts';

afterAll(() => tallySearches('texts searched for secrets, in conversations'));

const page = { isTTY: false, columns: 80 } as NodeJS.WriteStream;

const sentBy = (rehearsals: readonly Rehearsal[], name: RegExp): readonly string[] =>
  rehearsals.flatMap(({ practice }) =>
    practice.log.flatMap(({ input }) =>
      Object.entries(input).flatMap(([key, value]) => (name.test(key) ? [String(value)] : [])),
    ),
  );

/** Whatever the rehearsals had to keep to themselves, those included that AWS refused. */
const secretsIn = (rehearsals: readonly Rehearsal[]): Secrets => {
  const sent = (name: RegExp) => sentBy(rehearsals, name);
  const seeds = rehearsals.flatMap(({ practice }) =>
    [...practice.snapshot().devices, ...practice.snapshot().phone].map(({ seed }) => seed),
  );
  return { whole: [...seeds, ...sent(/^Password$/)], codes: sent(/^AuthenticationCode\d$/) };
};

const reportsOf = async (rehearsal: Rehearsal): Promise<readonly Written[]> => {
  const session = await sessionOf(rehearsal);
  const report = await verify(session, steps);
  const planned = await plan(session, steps, () => ({}));
  return [
    ...(['table', 'json', 'markdown', 'junit'] as const).map((format) => ({
      where: `verify ${format}`,
      text: reportAs(format, report, page),
    })),
    ...(['table', 'json', 'markdown'] as const).map((format) => ({
      where: `plan ${format}`,
      text: planAs(format, planned, page),
    })),
  ];
};

/** All that an error could be written as: its words, its stack, and whatever hangs on it, as a log would show it. */
const wordsOf = (error: unknown): readonly Written[] => {
  const problem = explain(error);
  return [
    { where: 'the last words', text: problem ? problemInWords(problem) : bugInWords(error) },
    { where: 'the error', text: `${String(error)} ${JSON.stringify(problem ?? {})}` },
  ];
};

/** The steps up to the last one that shows a secret; what only mails hold has scenarios of its own below. */
const withSecrets = steps.slice(0, steps.findIndex(({ id }) => id === 'admin-user') + 1);

/** Plays to the end, or to wherever a fault ends it; returns what was said. */
const said = async (rehearsal: Rehearsal): Promise<readonly Written[]> => {
  try {
    const { said: text, dialogue } = await play(rehearsal, { steps: withSecrets });
    return [
      { where: 'the log', text },
      { where: 'the transcript', text: JSON.stringify(dialogue.transcript) },
    ];
  } catch (error) {
    return wordsOf(error);
  }
};

/** What was kept, and all reports, of an account in which something was done. */
const afterwards = async (rehearsal: Rehearsal): Promise<readonly Written[]> => [
  { where: 'the kept files', text: await writtenIn(rehearsal) },
  ...(await reportsOf(rehearsal)),
];

/** A refusal that repeats what it refuses, in one of the ways in which AWS quotes. */
const echo = (input: object, quote: (name: string, value: string) => string): string =>
  Object.entries(input)
    .map(([name, value]) => quote(name, String(value)))
    .join('; ');

const quotes: readonly ((name: string, value: string) => string)[] = [
  (name, value) =>
    `Value '${value}' at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint`,
  (name, value) => `${name}=${value} is not valid`,
  (_, value) => `The value "${value}" was refused`,
];

type Trouble = {
  operation: string;
  how: string;
  faults: (inputs: () => object) => PracticeOptions['faults'];
};

const refusing = (
  operation: string,
  quote: (typeof quotes)[number],
  inputs: () => object,
): PracticeOptions['faults'] => ({
  answer: (name) =>
    name === operation
      ? new Refusal('ValidationError', 400, `1 validation error detected: ${echo(inputs(), quote)}`)
      : undefined,
});

const troublesWith = (operation: string): readonly Trouble[] => [
  {
    operation,
    how: 'killed before',
    faults: () => ({ halt: (name, _, when) => name === operation && when === 'before' }),
  },
  {
    operation,
    how: 'killed after',
    faults: () => ({ halt: (name, _, when) => name === operation && when === 'after' }),
  },
  { operation, how: 'answered into the void', faults: () => ({ lose: (name) => name === operation }) },
  ...quotes.map((quote, index) => ({
    operation,
    how: `refused with an echo (${index + 1})`,
    faults: (inputs: () => object) => refusing(operation, quote, inputs),
  })),
];

const changingOperations = async (): Promise<readonly string[]> => {
  const rehearsal = await rehearse();
  await play(rehearsal, { steps: withSecrets });
  return [...new Set(changesIn(rehearsal).map(({ operation }) => operation))];
};

describe('the search itself', () => {
  it('finds a seed in fours, a half of it, a password in XML, and a code with a gap', () => {
    const seed = 'ABCDEFGH'.repeat(8);
    const secrets = { whole: [seed, 'a<b&c'], codes: ['123456'] };
    for (const text of [
      seed.replaceAll(/(.{4})/g, '$1 '),
      `otpauth://totp/x?secret=${seed}`,
      seed.slice(0, 32),
      'a&lt;b&amp;c',
      'code: 123 456.',
      '"123456"',
    ]) {
      expect(foundIn(text.replace(/\.$/, ''), secrets), text).toHaveLength(1);
    }
    expect(foundIn('431234560987 2026-11-23', secrets)).toEqual([]);
  });

  it('finds a ninth of a token, and the words of a drill in any case and with anything between them', () => {
    const token = '0123456789abcdef'.repeat(18);
    const secrets = { whole: [token], codes: [], words: ['amber apple 22'] };
    for (const text of [
      `Token=${token.slice(0, 40)}...`,
      'The words to type are: amber apple 22',
      '"Amber  Apple"',
      'reason=amber%20apple%2022',
      'amber\napple',
    ]) {
      expect(foundIn(text, secrets), text).toHaveLength(1);
    }
    expect(foundIn('amber and apple, amber apples, 22', secrets)).toEqual([]);
  });
});

describe('a secret of a run', () => {
  it('is in nothing that was written when all goes well', async () => {
    const rehearsal = await rehearse();
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
        let begun: Rehearsal | undefined;
        const inputs = () => begun?.practice.log.findLast((one) => one.operation === operation)?.input ?? {};
        const practiceFaults = faults(inputs);
        begun = await rehearse(practiceFaults === undefined ? {} : { faults: practiceFaults });
        const first = await said(begun);
        const again = await resumed(begun);
        const second = await said(again);
        const texts = [...first, ...second, ...(await afterwards(again))];
        const places = placesHolding(secretsIn([begun, again]), texts);
        leaks.push(...places.map((place) => `${operation} ${how}: ${place}`));
      }
      expect(leaks).toEqual([]);
    },
  );
});

const wrongThenRight = (rehearsal: Rehearsal): Record<string, readonly Reply[]> => {
  const nth = (which: 0 | 1) => () => rehearsal.practice.desk.consecutiveCodes()[which];
  return {
    'code-1': ['111222', nth(0), nth(0)],
    'code-2': ['333444', nth(0), nth(1)],
    stored: [false, false, true],
  };
};

type Behaviour = { what: string; replies: (rehearsal: Rehearsal) => Record<string, readonly Reply[]> };

const codesFrom = (rehearsal: Rehearsal) => {
  const { 'code-1': first = [], 'code-2': second = [] } = wrongThenRight(rehearsal);
  return { 'code-1': first.slice(2), 'code-2': second.slice(2) };
};

const behaviours: readonly Behaviour[] = [
  { what: 'types wrong codes and does not take the first password', replies: wrongThenRight },
  { what: 'presses Ctrl-C before the code', replies: () => ({ 'code-1': [new Leave()] }) },
  { what: 'goes back from the code', replies: () => ({ 'code-1': [new Back()] }) },
  {
    what: 'presses Ctrl-C after the first code',
    replies: (one) => ({ ...codesFrom(one), 'code-2': [new Leave()] }),
  },
  {
    what: 'presses Ctrl-C before the password',
    replies: (one) => ({ ...codesFrom(one), stored: [new Leave()] }),
  },
  { what: 'goes back from the password', replies: (one) => ({ ...codesFrom(one), stored: [new Back()] }) },
];

/** The practice phone must have scanned what is shown, as the owner's own would. */
const withPhone = (rehearsal: Rehearsal, who: Owner): Owner => ({
  ...who,
  showing: async (note, work) => {
    if (note.kind === 'qr') await rehearsal.practice.desk.scan(note.uri);
    return who.showing(note, work);
  },
});

const shownTo = ({ shown }: Owner): readonly string[] =>
  shown.map((note) => (note.kind === 'qr' ? note.secret : note.password));

describe('a secret shown to somebody', () => {
  it.each(behaviours)('who $what is nowhere else', async ({ replies }) => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    const who = owner({ name: ['maria'], ...replies(rehearsal) });
    const words = await takeByHand('admin-user', rehearsal, withPhone(rehearsal, who)).then(
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
    const first = await rehearse({ scenario: 'clean', faults: { halt } });
    const before = withPhone(first, owner({ name: ['maria'], ...codesFrom(first) }));
    await expect(takeByHand('admin-user', first, before)).rejects.toThrow(Halted);
    const again = await resumed(first);
    const after = withPhone(again, owner({ name: ['maria'], ...codesFrom(again) }));
    await takeByHand('admin-user', again, after);
    const [old = '', fresh = ''] = [shownTo(before)[0], shownTo(after)[0]];
    expect([old.length, fresh.length, old === fresh]).toEqual([64, 64, false]);
    expect(again.practice.snapshot().devices.map(({ seed }) => seed)).not.toContain(old);
    const texts = await afterwards(again);
    expect(placesHolding({ whole: [old, fresh], codes: [] }, texts)).toEqual([]);
  });
});

const inMail = (rehearsal: Rehearsal, wanted: RegExp): string =>
  rehearsal.practice.desk
    .mailbox()
    .flatMap(({ text }) => wanted.exec(text)?.[0] ?? [])
    .at(-1) ?? '';

const drillWords = /(?<=The words to type are: )[a-z]+ [a-z]+ \d\d/;

/** What the mailbox of the practice account holds for its owner alone, and what was to be sent there and never was. */
const mailedIn = (rehearsals: readonly Rehearsal[]): Required<Secrets> => {
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
const readingMail = (rehearsal: Rehearsal): Owner =>
  owner({
    email: ['maria@example.com'],
    'wait-for-mail': ['paste'],
    'confirmation-link': [() => inMail(rehearsal, /https:\S+confirmation\.html\S+/)],
    drill: ['words', 'again', 'words', 'later'],
    'drill-words': ['no such 23', () => inMail(rehearsal, drillWords)],
  });

/** Sets up the billing alarm, drill and all, or as far as a fault lets it; returns what the program said. */
const drilled = async (rehearsal: Rehearsal): Promise<readonly Written[]> => {
  const who = readingMail(rehearsal);
  const words = await takeByHand('billing-alarm', rehearsal, who).then(
    () => [],
    (error: unknown) => wordsOf(error),
  );
  return [{ where: 'what was told', text: JSON.stringify([who.told, who.asked]) }, ...words];
};

const operationsOfTheDrill = async (): Promise<readonly string[]> => {
  const rehearsal = await rehearse(withMailLeft());
  await drilled(rehearsal);
  return [...new Set(changesIn(rehearsal).map(({ operation }) => operation))];
};

describe('what only a mail may tell', () => {
  it('is in nothing that was written when link and words are used as they should be', async () => {
    const rehearsal = await rehearse(withMailLeft());
    const texts = [...(await drilled(rehearsal)), ...(await afterwards(rehearsal))];
    const secrets = mailedIn([rehearsal]);
    expect([secrets.whole.length, secrets.words.length]).toEqual([1, 1]);
    expect(await operationsOfTheDrill()).toEqual(
      expect.arrayContaining(['sns:ConfirmSubscription', 'cloudwatch:SetAlarmState']),
    );
    expect(await writtenIn(rehearsal)).toContain('SetAlarmState');
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
        let begun: Rehearsal | undefined;
        const inputs = () => begun?.practice.log.findLast((one) => one.operation === operation)?.input ?? {};
        const practiceFaults = faults(inputs);
        begun = await rehearse({ ...withMailLeft(), ...(practiceFaults && { faults: practiceFaults }) });
        const first = await drilled(begun);
        const again = await resumed(begun);
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
    const rehearsal = await rehearse();
    const { dialogue } = await play(rehearsal);
    const heard = dialogue.transcript.map((one) => (one.kind === 'asked' ? one.question : one));
    const texts = [
      { where: 'the transcript', text: JSON.stringify(heard) },
      ...(await afterwards(rehearsal)),
    ];
    const secrets = mailedIn([rehearsal]);
    expect([secrets.whole.length, secrets.words.length]).toEqual([1, 1]);
    expect(placesHolding(secrets, texts)).toEqual([]);
  });
});
