import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  findFileAnswer,
  checkAnswers,
  checkAnswerNames,
  readAnswersFile,
} from '../../src/core/answers-file.ts';
import type { Questions } from '../../src/core/question.ts';

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'answers-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};

const fileWith = (content: string | Buffer) => {
  const path = join(folder(), 'answers.json');
  writeFileSync(path, content);
  return path;
};

const windows = process.platform === 'win32';

describe('readAnswersFile', () => {
  it('returns the answers by step and question', async () => {
    const answers = {
      'admin-user': { name: 'maria', sure: true },
      'billing-alarm': { dollars: 5, groups: ['a', 'b'] },
    };
    expect(await readAnswersFile(fileWith(JSON.stringify(answers)))).toEqual(answers);
  });

  it('ignores the byte order mark that some editors put at the beginning', async () => {
    expect(await readAnswersFile(fileWith('\uFEFF{"a": {}}'))).toEqual({ a: {} });
  });

  it.skipIf(windows)('follows a link', async () => {
    const link = join(folder(), 'link.json');
    symlinkSync(fileWith('{}'), link);
    expect(await readAnswersFile(link)).toEqual({});
  });

  it.each([
    ['that is not there', () => join(folder(), 'nothing.json'), /does not exist/u],
    ['that is a folder', () => folder(), /is a folder/u],
    ['that is not JSON', () => fileWith('name: maria'), /is not JSON/u],
    ['that is not text', () => fileWith(Buffer.from([0x7b, 0xff, 0x7d])), /is not JSON/u],
    ['that is empty', () => fileWith(''), /is not JSON/u],
    ['that is too large', () => fileWith(`{"a": "${'x'.repeat(300_000)}"}`), /is larger than 256 KiB/u],
    ['that is a list', () => fileWith('["maria"]'), /expected an object of steps/u],
    ['that is an empty list', () => fileWith('[]'), /expected an object of steps/u],
    [
      'whose step is no object',
      () => fileWith('{"admin-user": "maria"}'),
      /at "admin-user": expected an object/u,
    ],
    [
      'whose answer is an object',
      () => fileWith('{"admin-user": {"name": {}}}'),
      /at "admin-user\.name": expected true, false/u,
    ],
    [
      'with a name that no step can have',
      () => fileWith('{"admin_user": {}}'),
      /at "admin_user": a name is made of lower-case words/u,
    ],
    [
      "with a name of the program's own questions",
      () => fileWith('{"admin-user": {"wizard/go-ahead": "yes"}}'),
      /at "admin-user\.wizard\/go-ahead": a name is made of lower-case words/u,
    ],
    [
      'that is not JSON in its third line',
      () => fileWith('{\n  "budget": {\n    amount: 10\n  }\n}'),
      /is not JSON: look at line 3/u,
    ],
    ['that nests a hundred thousand lists', () => fileWith('['.repeat(100_000)), /answers file/u],
  ])('refuses a file %s, in one sentence', async (_, make, why) => {
    const problem: unknown = await readAnswersFile(make()).catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: 'UserError', exitCode: 64, message: expect.stringMatching(why) });
  });

  it.skipIf(windows).each([
    [
      'a step named __proto__',
      (path: string) => writeFileSync(path, '{"__proto__": {"a": "b"}}'),
      /no names here/u,
    ],
    [
      'a step named constructor',
      (path: string) => writeFileSync(path, '{"constructor": {}}'),
      /no names here/u,
    ],
    [
      'a question named constructor',
      (path: string) => writeFileSync(path, '{"groups": {"constructor": 1}}'),
      /no names here/u,
    ],
    ['a link to itself', (path: string) => symlinkSync(path, path), /link that leads nowhere/u],
    [
      'a pipe that nobody writes to',
      (path: string) => void execFileSync('mkfifo', [path]),
      /not a regular file/u,
    ],
  ])('refuses %s without waiting', async (_, make, why) => {
    const path = join(folder(), 'answers.json');
    make(path);
    await expect(readAnswersFile(path)).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringMatching(why),
    });
  });

  it('repeats no control characters from the name of a file', async () => {
    const path = join(folder(), 'a\u001B]0;owned\u0007b');
    mkdirSync(path);
    await expect(readAnswersFile(path)).rejects.toMatchObject({
      message: expect.not.stringContaining('\u001B'),
    });
  });
});

describe('findFileAnswer', () => {
  it('returns only what the file itself contains, not what every object has', () => {
    expect(findFileAnswer({}, 'constructor', 'name')).toBeUndefined();
    expect(findFileAnswer({ step: {} }, 'step', 'toString')).toBeUndefined();
    expect(findFileAnswer({ step: { name: false } }, 'step', 'name')).toBe(false);
  });
});

describe('checking the names of an answers file', () => {
  const steps = [
    { id: 'admin-user', questionNames: ['name', 'phone'] },
    { id: 'groups', questionNames: [] },
  ];

  it('accepts steps and questions that exist', () => {
    expect(() => checkAnswerNames({ 'admin-user': { phone: 'x' }, groups: {} }, steps)).not.toThrow();
  });

  it.each([
    [{ 'admin-usr': {} }, 'a step', 'Did you mean "admin-user"?'],
    [{ nonsense: {} }, 'a step', 'Known: admin-user, groups.'],
    [{ 'admin-user': { nmae: 'jo' } }, 'a question of "admin-user"', 'Did you mean "name"?'],
    [{ groups: { name: 'jo' } }, 'a question of "groups"', 'Known: none.'],
  ])('refuses other names, and suggests what was meant: %j', (answers, what, next) => {
    expect(() => checkAnswerNames(answers, steps)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining(what), nextSteps: [next] }),
    );
  });
});

describe('checking the answers of an answers file', () => {
  const questions: Questions = { dollars: { kind: 'count', message: 'How many?', min: 1, max: 9 } };

  it('accepts what the question accepts, and ignores what is not asked', () => {
    expect(() =>
      checkAnswers({ alarm: { dollars: 9, more: 1 } }, [{ id: 'alarm', questions }]),
    ).not.toThrow();
  });

  it('checks only questions that the other answers lead to', () => {
    const more: Questions = {
      ...questions,
      often: { kind: 'confirm', message: 'Often?', default: true, when: ({ dollars }) => dollars === 9 },
    };
    const answers = (dollars: number) => ({ alarm: { dollars, often: 'no' } });
    expect(() => checkAnswers(answers(8), [{ id: 'alarm', questions: more }])).not.toThrow();
    expect(() => checkAnswers(answers(9), [{ id: 'alarm', questions: more }])).toThrow(/"often" of "alarm"/u);
  });

  it('refuses an answer that the question does not accept, and names both', () => {
    expect(() => checkAnswers({ alarm: { dollars: 10 } }, [{ id: 'alarm', questions }])).toThrow(
      /"dollars" of "alarm" cannot be used\. .*from 1 to 9/u,
    );
  });
});
