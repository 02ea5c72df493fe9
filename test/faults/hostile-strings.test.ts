import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterAll, describe, expect, it } from 'vitest';
import { explainError } from '../../src/aws/errors/explain.ts';
import { formatBugReport, formatUserError } from '../../src/cli/exit-messages.ts';
import { planSteps } from '../../src/commands/plan.ts';
import type { ScriptedFrontEnd } from '../../src/ui/scripted/scripted.ts';
import { ErrorResponse } from '../../src/practice/error-response.ts';
import { formatPlan, formatReport } from '../../src/report/formats.ts';
import { allSteps } from '../../src/steps/index.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import { reportContext } from '../_support/report/reports.ts';
import { hostileText } from '../_support/report/hostile.ts';
import { notesOf } from '../_support/ui/material.ts';
import { parseXml } from '../_support/report/xml.ts';
import { runScripted, startPracticeRun, openSession, type PracticeRun } from '../_support/practice-run.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { replayed, scriptOf, troublesIn, type Script } from './_support/hostile-replay.ts';
import { harmlessWorld, hostileWorld, payloads, seenByHostileUser } from './_support/hostile-world.ts';
import { plantIn, runHere, writtenUnder } from './_support/in-process.ts';
import { surveyInputs } from './_support/survey-inputs.ts';
import { tally } from './_support/tally.ts';
import { sampleOf } from './_support/try-all.ts';

/** Each payload at each place where it could come out, and whether it came out harmless every time so far. */
const outcomes = new Map<string, boolean>();
afterAll(() =>
  tally('hostile strings', outcomes.size, [...outcomes.values()].filter(Boolean).length, 'inputs'),
);

/** Counts a place once for a payload, however many texts and lines of it are looked at. */
const counted = (where: string, look: () => void): void => {
  const { currentTestName = '' } = expect.getState();
  const key = `${currentTestName.split(' > ').at(-2)}: ${where}`;
  const before = outcomes.get(key) ?? true;
  outcomes.set(key, false);
  look();
  outcomes.set(key, before);
};

/** Everything but line feeds that controls a terminal, turns text round or cannot be seen; emoji need their joiner. */
const RAW =
  /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

const expectHarmless = (where: string, text: string, harm: readonly string[]): void =>
  counted(where, () => {
    for (const one of harm)
      expect(text.includes(one), `${where} has ${JSON.stringify(one.slice(0, 20))}`).toBe(false);
  });

const expectPlain = (where: string, text: string): void =>
  counted(where, () => expect(RAW.exec(text)?.[0], where).toBeUndefined());

const windows = sampleOf(
  [
    { columns: 60, rows: 20 },
    { columns: 100, rows: 50 },
  ],
  2,
);

/** Where the next text goes is a place of its own, not further right. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const MOVES = /\u001B\[[\d;]*[A-HJK]/g;
// oxlint-disable-next-line no-control-regex -- the same
const LINKS_AND_TITLES = /\u001B\][28];[^\u0007\u001B]*(?:\u0007|\u001B\\)/g;

/** Without the page that is printed in the end: there the terminal breaks addresses, so that they can be copied as one. */
const onWholeScreen = (written: string): string => written.split('\u001B[?1049l')[0] ?? '';

/** On the whole screen a line that is wider than the window would push everything below it down. */
const expectToFit = (where: string, written: string, columns: number): void =>
  counted(where, () => {
    const text = stripVTControlCharacters(written.replaceAll(LINKS_AND_TITLES, '').replaceAll(MOVES, '\n'));
    for (const line of text.split(/\r?\n/))
      expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(columns);
  });

const formats = ['table', 'json', 'markdown', 'junit'] as const;
const page = { isTTY: false, columns: 80 } as NodeJS.WriteStream;

const reportsOn = async (rehearsal: PracticeRun): Promise<readonly { format: string; text: string }[]> => {
  const session = await openSession(rehearsal);
  const report = await verifySteps(session, allSteps);
  const planned = await planSteps(session, allSteps, () => ({}));
  return [
    ...formats.map((format) => ({ format, text: formatReport(format, report, page, reportContext) })),
    ...formats
      .filter((format) => format !== 'junit')
      .map((format) => ({
        format: `plan ${format}`,
        text: formatPlan(format, planned, page, reportContext),
      })),
  ];
};

/** Puts what was said and asked in front of every front end; something must be there to be put. */
const expectHarmlessOnScreens = async (
  what: string,
  script: Script,
  text: string,
  harm: readonly string[],
): Promise<void> => {
  expect(script.notes).not.toEqual([]);
  // Prompts move the cursor back on their own account.
  const forbidden = harm.filter((one) => one !== '\b');
  for (const window of windows) {
    for (const { name, written } of await replayed(script, text, window)) {
      expectHarmless(`${what}, ${name}`, written, forbidden);
      // Prompts and lines scroll: there a long line is wrapped by the terminal, and pushes nothing out of sight.
      if (name === 'ink') expectToFit(`${what}, ${name}`, onWholeScreen(written), window.columns);
    }
  }
};

/** What an SDK can send: an account cannot have half a surrogate pair in a name, since that is no UTF-8. */
const isSendable = (text: string) => !/\p{Cs}/u.test(text);

const playedOn = async (text: string) => {
  if (!isSendable(text)) return { asRoot: await startPracticeRun({ scenario: harmlessWorld() }), played: [] };
  const asRoot = await startPracticeRun({ scenario: hostileWorld(text) });
  const answers = {
    groups: { move: true, scope: 'teams', teams: ['developers'], 'own-team': '', 'require-mfa': true },
  };
  const played = [
    await runScripted(asRoot),
    await runScripted(await startPracticeRun({ scenario: hostileWorld(text) }), { answers }),
    await runScripted(await startPracticeRun({ scenario: seenByHostileUser(text) }), { desk: false }),
  ];
  return { asRoot, played };
};

describe.each(payloads)('$what in every name of an account', ({ text, harm }) => {
  it('reaches no terminal as it is, whatever front end talks', async () => {
    const { asRoot, played } = await playedOn(text);
    for (const { said } of played) {
      expectPlain('the scripted log', said);
      expect(said).not.toMatch(/^FORGED/m);
      expectHarmless('the scripted log', said, harm);
    }
    const script = scriptOf(
      played.map(({ dialogue }) => dialogue),
      text,
    );
    if (!isSendable(text)) script.notes.push(...notesOf(text));
    else expect(script.questions).not.toEqual([]);
    await expectHarmlessOnScreens('names', script, text, harm);
    for (const file of await writtenUnder(asRoot.folder)) expectPlain('a kept file', file);
  });

  it('reaches no report, and every report stays what it is', async () => {
    for (const scenario of [hostileWorld(text), seenByHostileUser(text)]) {
      for (const { format, text: written } of await reportsOn(await startPracticeRun({ scenario }))) {
        expectPlain(format, written);
        if (format.endsWith('json')) expect(() => void JSON.parse(written)).not.toThrow();
        else expectHarmless(format, written, harm);
        if (format === 'junit') expect(parseXml(written).name).toBe('testsuites');
        if (format.endsWith('table')) expectToFit(format, written, page.columns);
        if (format === 'markdown')
          expect(written.match(/^\| .* \| .* \| .* \|$/gm)).toHaveLength(allSteps.length + 2);
      }
    }
  });

  it('reaches neither standard output nor standard error of the program', async () => {
    const home = await temporaryFolder();
    await plantIn(home, hostileWorld(text));
    for (const format of formats) {
      const { stdout, stderr, code } = await runHere(home, 'verify', '--format', format);
      expectPlain(`verify ${format}`, stdout + stderr);
      expect(code).not.toBe(0);
      expect(stderr).not.toContain('mistake in aws-first-steps');
    }
  });

  it('comes back from the progress file as harmless as the rest', async () => {
    const rehearsal = await startPracticeRun({ scenario: harmlessWorld() });
    const { progress } = await openSession(rehearsal);
    await progress.skip('groups', text, rehearsal.clock.now());
    await progress.keepAttestation('billing-access', { said: text, on: rehearsal.clock.now() });
    await progress.rememberAnswers('admin-user', { name: text, who: text });
    expectPlain('progress.json', await readFile(join(rehearsal.folder, 'progress.json'), 'utf8'));
    const scenario = isSendable(text) ? hostileWorld(text) : harmlessWorld();
    const again = await startPracticeRun({ scenario }, rehearsal.folder);
    const { said } = await runScripted(again);
    expectPlain('the scripted log', said);
    for (const { format, text: written } of await reportsOn(again)) expectPlain(format, written);
  });

  it('reaches nobody in the code or the message of an error of AWS', async () => {
    const refused: ScriptedFrontEnd[] = [];
    for (const code of [`Odd ${text}`, 'AccessDenied', 'ValidationError', 'LimitExceeded']) {
      const answer = (operation: string) =>
        operation === 'sts:GetCallerIdentity' || operation === 'iam:ListAccountAliases'
          ? undefined
          : new ErrorResponse(code, 400, `not authorized to perform: ${text} on ${text}`);
      const rehearsal = await startPracticeRun({ scenario: harmlessWorld(), faults: { getError: answer } });
      const { said, code: exit, dialogue } = await runScripted(rehearsal);
      refused.push(dialogue);
      const where = code.startsWith('Odd') ? 'an odd code' : code;
      expectPlain(where, said);
      expectHarmless(where, said, harm);
      expect(exit).toBe(2);
      for (const { format, text: written } of await reportsOn(rehearsal)) expectPlain(format, written);
    }
    await expectHarmlessOnScreens('errors', troublesIn(refused), text, harm);
  });

  it('reaches nobody in the last words of a run', () => {
    for (const words of [
      formatBugReport(new Error(text)),
      formatBugReport(text),
      formatUserError(
        explainError(Object.assign(new Error(text), { $fault: 'client', name: text, Code: text })) ?? never(),
      ),
    ]) {
      expectPlain('last words', words);
      expectHarmless('last words', words, harm);
      expect(words).not.toMatch(/^FORGED/m);
    }
  });
});

const never = (): never => {
  throw new Error('an error of AWS was not explained');
};

describe('any text whatever', () => {
  it('leaves reports and the conversation free of what a terminal obeys', { timeout: 900_000 }, async () => {
    const attempt = async (text: string) => {
      const rehearsal = await startPracticeRun({ scenario: hostileWorld(text) });
      const { said } = await runScripted(rehearsal, { desk: false });
      for (const written of [said, ...(await reportsOn(rehearsal)).map((one) => one.text)])
        expect(RAW.exec(written)?.[0]).toBeUndefined();
    };
    await surveyInputs('hostile strings, any text', hostileText, attempt, { sample: 10, all: 60 });
  });
});
