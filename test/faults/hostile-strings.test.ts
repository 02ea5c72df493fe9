import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/aws/explain.ts';
import { bugInWords, problemInWords } from '../../src/last-words.ts';
import { plan } from '../../src/plan.ts';
import { Refusal } from '../../src/practice/refusal.ts';
import { planAs, reportAs } from '../../src/report/formats.ts';
import { steps } from '../../src/steps/index.ts';
import { verify } from '../../src/verify.ts';
import { hostileText } from '../report/hostile.ts';
import { play, rehearse, sessionOf, type Rehearsal } from '../rehearse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { replayed, scriptOf } from './hostile-replay.ts';
import { harmlessWorld, hostileWorld, payloads, seenByHostileUser } from './hostile-world.ts';
import { plantIn, runHere, writtenUnder } from './in-process.ts';
import { tally } from './tally.ts';

let tried = 0;
let survived = 0;
afterAll(() => tally('hostile strings', tried, survived));

/** Everything but line feeds that controls a terminal, turns text round or cannot be seen; emoji need their joiner. */
const RAW =
  /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

const harmless = (where: string, text: string, harm: readonly string[]): void => {
  tried += 1;
  for (const one of harm)
    expect(text.includes(one), `${where} has ${JSON.stringify(one.slice(0, 20))}`).toBe(false);
  survived += 1;
};

const plain = (where: string, text: string): void => {
  tried += 1;
  expect(RAW.exec(text)?.[0], where).toBeUndefined();
  survived += 1;
};

const formats = ['table', 'json', 'markdown', 'junit'] as const;
const page = { isTTY: false, columns: 80 } as NodeJS.WriteStream;

const reportsOn = async (rehearsal: Rehearsal): Promise<readonly { format: string; text: string }[]> => {
  const session = await sessionOf(rehearsal);
  const report = await verify(session, steps);
  const planned = await plan(session, steps, () => ({}));
  return [
    ...formats.map((format) => ({ format, text: reportAs(format, report, page) })),
    ...formats
      .filter((format) => format !== 'junit')
      .map((format) => ({ format: `plan ${format}`, text: planAs(format, planned, page) })),
  ];
};

const playedOn = async (text: string) => {
  const asRoot = await rehearse({ scenario: hostileWorld(text) });
  const answers = {
    groups: { move: true, scope: 'teams', teams: ['developers'], 'own-team': '', 'require-mfa': true },
  };
  const played = [
    await play(asRoot),
    await play(await rehearse({ scenario: hostileWorld(text) }), { answers }),
    await play(await rehearse({ scenario: seenByHostileUser(text) }), { desk: false }),
  ];
  return { asRoot, played };
};

describe.each(payloads)('$what in every name of an account', ({ text, harm }) => {
  it('reaches no terminal as it is, whatever front end talks', async () => {
    const { asRoot, played } = await playedOn(text);
    for (const { said } of played) {
      plain('the scripted log', said);
      harmless('the scripted log', said, harm);
    }
    for (const { name, written } of await replayed(scriptOf(played.map(({ dialogue }) => dialogue)), text)) {
      harmless(
        name,
        written,
        harm.filter((one) => one !== '\b'),
      );
    }
    for (const file of await writtenUnder(asRoot.folder)) plain('a kept file', file);
  });

  it('reaches no report', async () => {
    for (const scenario of [hostileWorld(text), seenByHostileUser(text)]) {
      for (const { format, text: written } of await reportsOn(await rehearse({ scenario }))) {
        plain(format, written);
        if (!format.endsWith('json')) harmless(format, written, harm);
      }
    }
  });

  it('reaches neither standard output nor standard error of the program', async () => {
    const home = await temporaryFolder();
    await plantIn(home, hostileWorld(text));
    for (const format of formats) {
      const { stdout, stderr, code } = await runHere(home, 'verify', '--format', format);
      plain(`verify ${format}`, stdout + stderr);
      expect(code).not.toBe(0);
      expect(stderr).not.toContain('mistake in aws-first-steps');
    }
  });

  it('comes back from the progress file as harmless as the rest', async () => {
    const rehearsal = await rehearse({ scenario: harmlessWorld() });
    const { progress } = await sessionOf(rehearsal);
    await progress.skip('groups', text, rehearsal.clock.now());
    await progress.keepWord('billing-access', { said: text, on: rehearsal.clock.now() });
    await progress.remember('admin-user', { name: text, who: text });
    plain('progress.json', await readFile(join(rehearsal.folder, 'progress.json'), 'utf8'));
    const again = await rehearse({ scenario: hostileWorld(text) }, rehearsal.folder);
    const { said } = await play(again);
    plain('the scripted log', said);
    for (const { format, text: written } of await reportsOn(again)) plain(format, written);
  });

  it('reaches nobody in the code or the message of an error of AWS', async () => {
    for (const code of ['AccessDenied', 'LimitExceeded', 'ValidationError', `Odd ${text}`]) {
      const answer = (operation: string) =>
        operation === 'sts:GetCallerIdentity' || operation === 'iam:ListAccountAliases'
          ? undefined
          : new Refusal(code, 400, `not authorized to perform: ${text} on ${text}`);
      const rehearsal = await rehearse({ scenario: harmlessWorld(), faults: { answer } });
      const { said, code: exit } = await play(rehearsal);
      plain(code, said);
      harmless(code, said, harm);
      expect(exit).toBe(2);
      for (const { format, text: written } of await reportsOn(rehearsal)) plain(format, written);
    }
  });

  it('reaches nobody in the last words of a run', () => {
    for (const words of [
      bugInWords(new Error(text)),
      bugInWords(text),
      problemInWords(
        explain(Object.assign(new Error(text), { $fault: 'client', name: text, Code: text })) ?? never(),
      ),
    ]) {
      plain('last words', words);
      harmless('last words', words, harm);
    }
  });
});

const never = (): never => {
  throw new Error('an error of AWS was not explained');
};

describe('any text whatever', () => {
  it('leaves reports and the conversation free of everything that a terminal obeys', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const rehearsal = await rehearse({ scenario: hostileWorld(text) });
        for (const { format, text: written } of await reportsOn(rehearsal)) plain(format, written);
        plain('the scripted log', (await play(rehearsal, { desk: false })).said);
      }),
      { numRuns: 40 },
    );
  });
});
