import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runScripted, startPracticeRun } from '../_support/practice-run.ts';
import { anything, bits, cutOff, cuts, flipped, obstacles, oneOf, withOddValues } from './_support/damage.ts';
import { kept, type Content } from './_support/kept.ts';
import { memoryFolder } from './_support/memory-folder.ts';
import { everything } from './_support/extent.ts';
import { surveyInputs } from './_support/survey-inputs.ts';
import { survey } from './_support/survey.ts';

const patience = { timeout: 1_800_000 };

const home = await mkdtemp(join(tmpdir(), 'aws-first-steps-'));
afterAll(() => rm(home, { recursive: true }));

const whole = await startPracticeRun({}, home);
await runScripted(whole);
const account = whole.practice.accountId;

/** What a real run leaves in a file. */
const contentOf = async (name: string): Promise<Buffer> => {
  if (name === 'account.json') return Buffer.from(`${JSON.stringify(whole.practice.snapshot())}\n`);
  return readFile(join(whole.folder, name));
};

/** A folder with nothing in it, for one case after another. */
const freshFolder = async () => {
  const parent = await memoryFolder();
  return async () => {
    const folder = join(parent, 'account');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    return folder;
  };
};

/** As other versions would write it. Lines of the journal have no version, so each of them gets one. */
const versions = (name: string, content: Buffer) =>
  [0, 2, 99, 1e308, -1, '1', null].map((version) => {
    const other = `"version":${JSON.stringify(version)}`;
    const text = content.toString();
    return name === 'journal.jsonl'
      ? text.replaceAll(/^\{/gm, `{${other},`)
      : text.replace(/"version":\s*1/, other);
  });

/** What a kill, a full disk or an editor leaves of lines: cut off at and beside the end of each. */
const atLineEnds = (content: Buffer): readonly number[] =>
  cuts(content).filter((at) => content.subarray(at - 1, at + 2).includes('\n'));

describe.each(kept)('$name', ({ name, use }) => {
  const attempting = async () => {
    const fresh = await freshFolder();
    return async (content: Exclude<Content, undefined>) => {
      const folder = await fresh();
      await writeFile(join(folder, name), content);
      await use(folder, content, account);
    };
  };

  /** Tries all of the cases, or some that the seed chooses. */
  const tryEach = async (what: string, cases: readonly number[], damage: (one: number) => Buffer) => {
    const attempt = await attempting();
    const each = (one: number) => attempt(damage(one));
    if (everything) await survey(`${name}, ${what}`, cases, each, 'inputs');
    else await surveyInputs(`${name}, ${what}`, oneOf(cases), each);
  };

  it('survives being cut off anywhere', patience, async () => {
    const content = await contentOf(name);
    await tryEach('cut off', cuts(content), (length) => cutOff(content, length));
  });

  it('survives being cut off about the end of a line', patience, async () => {
    const [content, attempt] = [await contentOf(name), await attempting()];
    const pieces = [0, 1, ...atLineEnds(content)].map((length) => cutOff(content, length));
    await survey(`${name}, cut off by a line's end`, pieces, attempt, 'inputs');
  });

  it('survives one wrong bit anywhere', patience, async () => {
    const content = await contentOf(name);
    await tryEach('one wrong bit', bits(content), (bit) => flipped(content, bit));
  });

  it('survives another version, and another account', patience, async () => {
    const content = await contentOf(name);
    const others = content.toString().replaceAll(account, '999999999999');
    const texts = [...versions(name, content), others, '', '\n', '['.repeat(100_000), '\uFEFF{}'];
    expect(texts).not.toContain(content.toString());
    await survey(`${name}, of another kind`, texts, await attempting(), 'inputs');
  });

  it('survives any value in the place of another', patience, async () => {
    const content = JSON.parse((await contentOf(name)).toString().split('\n{')[0] ?? '') as object;
    await surveyInputs(`${name}, odd values`, withOddValues(content), await attempting());
  });

  it('survives anything at all', patience, async () => {
    await surveyInputs(`${name}, anything`, anything, await attempting());
  });

  it('survives whatever else has its name, and does not follow it out of the folder', patience, async () => {
    const [fresh, content] = [await freshFolder(), await contentOf(name)];
    const attempt = async ([, make]: (typeof obstacles)[number]) => {
      const folder = await fresh();
      const elsewhere = join(folder, '..', 'elsewhere');
      await writeFile(elsewhere, content);
      await make(join(folder, name), elsewhere);
      await use(folder, undefined, account);
      expect((await readFile(elsewhere)).equals(content)).toBe(true);
    };
    await survey(`${name}, not a file`, obstacles, attempt, 'inputs');
  });
});
