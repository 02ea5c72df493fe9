import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ExitError } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';
import { createLinesFrontEnd } from '../../../src/ui/lines/lines.ts';
import {
  anyText,
  codeQuestion,
  headerWithHelp,
  notesOf,
  password,
  qr,
  questions,
} from '../../_support/ui/material.ts';
import { seatAt, strike } from '../../_support/ui/seats.ts';

/** The front end between two pipes, with all its input there from the start. */
const piped = (input: string, isTTY = false) => {
  const stdin = new PassThrough();
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const front = createLinesFrontEnd({ stdin, stdout, env: {} });
  stdin.end(input);
  const written = () => String(stdout.read() ?? '');
  return { front, written };
};

const groups: Question = {
  kind: 'choice',
  message: 'Which group?',
  options: [
    { value: 'admins', label: 'Administrators' },
    { value: '1', label: 'One' },
  ],
  default: 'admins',
};

describe('the front end of lines', () => {
  it('uses each line of a pipe for one question', async () => {
    const { front } = piped('no\n20\njo\n3\n2,3\n');
    const answers: unknown[] = [];
    for (const { question } of questions) answers.push(await front.ask(question, 'question'));
    expect(answers).toEqual(questions.map(({ other }) => other));
  });

  it('explains the step to those who type a question mark, and asks again', async () => {
    const { front, written } = piped('?\n2\n');
    front.show(headerWithHelp);
    expect(await front.ask(groups, 'group')).toBe('1');
    const text = written();
    expect(text).toContain('Type ? for help.\n');
    expect(text).toContain(
      "Help: Step A\nWhat happens if you skip it.\nMFA: A second proof.\nAWS's own page: https://docs.aws.amazon.com/step-a.html\nWhich group?\n",
    );
  });

  it('takes a question mark in a text for what it is', async () => {
    const { front, written } = piped('?\n');
    front.show(headerWithHelp);
    const question = { ...anyText, message: 'Which words?' };
    expect(await front.ask(question, 'words')).toBe('?');
    expect(written()).not.toContain('Help');
  });

  it('names a step once, in its header', () => {
    const { front, written } = piped('');
    front.show(headerWithHelp);
    front.show({ kind: 'heading', title: 'Step A', paragraphs: ['Why.'] });
    front.show({ kind: 'heading', title: 'Another page', paragraphs: [] });
    expect(written()).toContain('Step 1 of 1: Step A. Cost: free.\nWhy.\nAnother page\n');
  });

  it('exits when the input has ended, at every question', async () => {
    const { front } = piped('yes\n');
    await front.ask({ kind: 'confirm', message: 'Yours?' }, 'one');
    await expect(front.ask(groups, 'two')).rejects.toMatchObject({
      name: 'ExitError',
      exitCause: 'end-of-input',
    });
    await expect(front.ask(groups, 'three')).rejects.toBeInstanceOf(ExitError);
  });

  it('accepts a last line without a line break', async () => {
    expect(await piped('admins').front.ask(groups, 'group')).toBe('admins');
  });

  it('does not wait for an event when nobody can answer any more', async () => {
    const waiting = piped('').front.askUntil(groups, 'wait', () => new Promise(() => {}));
    await expect(waiting).rejects.toMatchObject({ exitCause: 'end-of-input' });
  });

  it.each([
    ['1', 'admins'],
    ['2', '1'],
    ['administrators', 'admins'],
    ['ADMINS', 'admins'],
    ['One', '1'],
    ['', 'admins'],
  ])('accepts "%s" as the option %s', async (line, value) => {
    expect(await piped(`${line}\n`).front.ask(groups, 'group')).toBe(value);
  });

  it('writes no escape code in any message or question', async () => {
    const { front, written } = piped('no\n20\njo\n3\n2,3\n123456\n');
    for (const note of notesOf('words')) front.show(note);
    for (const { question } of questions) await front.ask(question, 'question');
    await front.ask(codeQuestion('Which code?'), 'code');
    await front.runWithProgress('Working', async () => undefined);
    await front.close();
    // eslint-disable-next-line no-control-regex
    expect(written()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/u);
  });

  it('prints an answer that came from a pipe, but no code', async () => {
    const { front, written } = piped('20\n123456\n');
    await front.ask({ kind: 'count', message: 'How many?', min: 1, max: 90 }, 'count');
    await front.ask(codeQuestion('Which code?'), 'code');
    const text = written();
    expect(text).toContain('1 to 90: 20\n');
    expect(text).not.toContain('123456');
  });

  it.each([qr, password])('refuses to write a $kind to an output that is kept', async (note) => {
    const { front, written } = piped('');
    let begun = false;
    const showing = front.showSecretWhile(note, async () => (begun = true));
    await expect(showing).rejects.toMatchObject({
      name: 'UserError',
      nextSteps: [expect.stringContaining('terminal')],
    });
    expect(begun).toBe(false);
    expect(written()).toBe('');
  });

  it('drops what was typed before the question was visible', async () => {
    const seat = seatAt(createLinesFrontEnd);
    seat.type('2\n');
    await new Promise(setImmediate);
    const answer = seat.front.ask(groups, 'group');
    await seat.until(/Which group/u);
    strike(seat, [{ key: 'enter' }]);
    expect(await answer).toBe('admins');
  });

  it('draws the QR code only when asked to, and always prints the link', async () => {
    const seat = seatAt(createLinesFrontEnd);
    const showing = seat.front.showSecretWhile(qr, async () => undefined);
    await seat.until(/How does the secret get/u);
    expect(seat.written()).toContain(qr.uri);
    expect(seat.written()).not.toContain('\u001B');
    strike(seat, [{ text: '2' }, { key: 'enter' }]);
    await showing;
    expect(seat.written()).toContain('▀');
  });

  it('shows what the practice phone shows before a code is typed', async () => {
    const seat = seatAt(createLinesFrontEnd, { env: { TERM: 'dumb' } });
    const note = { ...qr, getLiveLine: () => 'Practice phone: 123 456' };
    const showing = seat.front.showSecretWhile(note, () =>
      seat.front.ask(codeQuestion('Which code?'), 'code'),
    );
    await seat.until(/Practice phone: 123 456/u);
    strike(seat, [{ text: '123 456' }, { key: 'enter' }]);
    expect(await showing).toBe('123456');
  });

  it('prints the page of a manual task below its instructions', () => {
    const { front, written } = piped('');
    const url = 'https://example.com/page';
    front.show({
      kind: 'manual-task',
      id: 'root-mfa',
      doneQuestion: 'done',
      url,
      instructions: ['Open the page below.'],
    });
    expect(written()).toBe(`Open the page below.\nThe page: ${url}\n`);
  });

  it('prints a password before the instructions for it', async () => {
    const seat = seatAt(createLinesFrontEnd);
    await seat.front.showSecretWhile(password, async () => undefined);
    expect(seat.written()).toMatch(/Sign in at: .*\nUser name: maria\nPassword: .*\nKeep it\./u);
  });

  it('offers no way back when there is none', async () => {
    const { front, written } = piped('1\n1\n');
    await front.ask({ ...groups, cannotGoBack: true }, 'first');
    const before = written();
    expect(before).toContain('Press Ctrl-C to stop here');
    expect(before).not.toContain('Type back');
    await front.ask(groups, 'second');
    expect(written()).toMatch(/^Type back .*\nWhich group/u);
  });

  it('does not reveal the answer to a confirmation', async () => {
    const { front, written } = piped('AB12\n');
    const question = { kind: 'text', message: 'Type the end of AB12', format: 'confirmation' } as const;
    await front.ask({ ...question, example: 'AB12', pattern: /^AB12$/, rule: 'AB12', max: 4 }, 'key-1');
    expect(written()).not.toContain('example');
  });

  it('prints once where the owner is, not with every message', () => {
    const { front, written } = piped('');
    const entries = [{ id: 'a', title: 'First', status: 'unmet' as const }];
    const place = { kind: 'header', account: '1234', practice: false, entries, current: 'a' } as const;
    front.show(place);
    front.show(place);
    expect(written().match(/First/gu)).toHaveLength(1);
  });
});
