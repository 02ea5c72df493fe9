import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/lib/clock.ts';
import type { ChoiceQuestion, SecretQuestion } from '../../../src/core/question.ts';
import { withPracticeDesk } from '../../../src/ui/practice/with-practice-desk.ts';
import type { ManualTaskId } from '../../../src/core/dialogue.ts';
import type { DeskMail, PracticeDesk } from '../../../src/ui/practice/desk.ts';
import { createLinesFrontEnd } from '../../../src/ui/lines/lines.ts';
import { codeQuestion, qr } from '../../_support/ui/material.ts';
import { seatAt } from '../../_support/ui/seats.ts';

const wait: ChoiceQuestion = {
  kind: 'choice',
  message: 'Confirmed?',
  options: [
    { value: 'check', label: 'Check' },
    { value: 'later', label: 'Later' },
  ],
  default: 'check',
};

/** The owner in a practice run: a clock that moves by sleeping, and a phone whose code is the number of the window. */
const practiceRun = (mails: Partial<Record<ManualTaskId, DeskMail>> = {}) => {
  let now = 30_000 * 100 + 13_000;
  const clock: Clock = {
    now: () => new Date(now),
    sleep: async (ms) => void (now += ms),
  };
  const done: string[] = [];
  let scanned = false;
  const desk: PracticeDesk = {
    email: 'maria@example.com',
    performTask: (errand) => void done.push(errand),
    findMail: (errand) => mails[errand],
    phone: {
      scan: () => void (scanned = true),
      code: (at) => {
        if (!scanned) throw new Error('nothing scanned');
        return String(Math.floor(at.getTime() / 30_000)).padStart(6, '0');
      },
    },
  };
  const seat = seatAt(createLinesFrontEnd, { env: { TERM: 'dumb' } });
  const front = withPracticeDesk(seat.front, desk, clock);
  const say = async (message: RegExp, line: string) => {
    await seat.until(message);
    seat.type(`${line}\n`);
  };
  return { front, seat, done, say };
};

const taskWith = (doneQuestion: string) =>
  ({ kind: 'manual-task', id: 'billing-alerts', doneQuestion, instructions: [] }) as const;

const linkQuestion: SecretQuestion = {
  kind: 'secret',
  format: 'confirmation-link',
  message: 'The link?',
  pattern: /\S/,
  rule: 'A link',
  max: 2000,
};

describe('at the practice desk', () => {
  it('a manual task can be done without leaving the terminal, and the wait continues', async () => {
    const { front, done, say } = practiceRun();
    front.show(taskWith('wait'));
    const confirmed = async () => {
      while (!done.includes('billing-alerts')) await new Promise(setImmediate);
      return 'confirmed';
    };
    const outcome = front.askUntil(wait, 'wait', confirmed);
    await say(/1\. Practice: do it at the desk/u, '1');
    expect(await outcome).toEqual({ event: 'confirmed' });
    expect(done).toEqual(['billing-alerts']);
  });

  it('a manual task is offered once, and not with other questions', async () => {
    const { front, seat, done, say } = practiceRun();
    front.show(taskWith('activated'));
    const consent = front.ask({ ...wait, message: 'Consent?' }, 'wizard/go-ahead');
    await say(/Consent\?[^]*1 to 2/u, '2');
    expect(await consent).toBe('later');
    const first = front.ask({ ...wait, message: 'Done?' }, 'activated');
    await say(/Done\?[^]*1 to 3/u, '1');
    await say(/At the practice desk[^]*1 to 2/u, '1');
    expect(await first).toBe('check');
    expect(done).toEqual(['billing-alerts']);
    expect(seat.screen()).toContain('Practice: do it at the desk');
  });

  it('a manual task of one step is not offered in the next', async () => {
    const { front, say } = practiceRun();
    front.show(taskWith('wait'));
    front.show({ kind: 'header', practice: true, entries: [], current: 'next-step' });
    const answer = front.ask(wait, 'wait');
    await say(/1 to 2/u, '2');
    expect(await answer).toBe('later');
  });

  it('the address of the desk is the default of an e-mail question', async () => {
    const { front, say } = practiceRun();
    const answer = front.ask(
      {
        kind: 'text',
        message: 'Which address?',
        example: 'a@b.c',
        format: 'email',
        pattern: /@/,
        rule: 'An address',
        max: 99,
      },
      'email',
    );
    await say(/maria@example\.com/u, '');
    expect(await answer).toBe('maria@example.com');
  });

  it('the phone types two different codes, waiting for the second', async () => {
    const { front, seat, say } = practiceRun();
    const codes = front.showSecretWhile(qr, async () => [
      await front.ask(codeQuestion('First code'), 'code-1'),
      await front.ask(codeQuestion('Second code'), 'code-2'),
    ]);
    await say(
      /Practice phone: 000 100 \(17 s\)[^]*First code|First code[^]*Practice phone: 000 100 \(17 s\)/u,
      '',
    );
    await say(/Second code/u, '');
    expect(await codes).toEqual(['000100', '000101']);
    expect(seat.written()).toContain('Waiting for the next code');
  });

  it('the phone does not type a code again that the owner has just typed from it', async () => {
    const { front, say } = practiceRun();
    const codes = front.showSecretWhile(qr, async () => [
      await front.ask(codeQuestion('First code'), 'code-1'),
      await front.ask(codeQuestion('Second code'), 'code-2'),
    ]);
    await say(/First code/u, '000100');
    await say(/Second code/u, '');
    expect(await codes).toEqual(['000100', '000101']);
  });

  it('a phone types a code only after it has scanned a QR code', async () => {
    const { front, seat, say } = practiceRun();
    const code = front.ask(codeQuestion('Which code?'), 'code');
    await say(/Which code/u, '');
    await say(/Six digits/u, '123456');
    expect(await code).toBe('123456');
    expect(seat.screen()).not.toContain('practice phone');
  });

  const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?Token=${'ab'.repeat(144)}`;
  const mailbox = {
    'confirm-email': {
      to: 'maria@example.com',
      subject: 'Subscription Confirmation',
      text: `Please confirm:\n${link}\nDo not reply.`,
      wantedText: link,
    },
  };

  it('the mailbox shows the part of the mail with the answer, and an empty answer uses the link from it', async () => {
    const { front, seat, done, say } = practiceRun(mailbox);
    front.show({
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'wait-for-mail',
      instructions: [],
    });
    const first = front.ask({ ...wait, message: 'Confirmed?' }, 'wait-for-mail');
    await say(/1\. Practice: look into the mailbox[^]*2\. Practice: click the link[^]*1 to 4/u, '1');
    await say(/Please confirm:\n\(here is the link\)\n\(and so on\)[^]*1 to 2/u, '1');
    expect(await first).toBe('check');
    const pasted = front.ask(linkQuestion, 'confirmation-link');
    await say(/leave empty: taken from the practice mailbox/u, '');
    expect(await pasted).toBe(link);
    expect(done).toEqual([]);
    expect(seat.screen()).not.toContain('Do not reply');
  });

  it('a pasted link is used instead of the one in the mailbox', async () => {
    const { front, say } = practiceRun(mailbox);
    const pasted = front.ask(linkQuestion, 'confirmation-link');
    await say(/leave empty/u, 'https://example.com/');
    expect(await pasted).toBe('https://example.com/');
  });

  it('the link in the mail can be clicked instead, and the mailbox is not offered with other questions', async () => {
    const { front, done, say } = practiceRun(mailbox);
    front.show({
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'wait-for-mail',
      instructions: [],
    });
    const other = front.ask({ ...wait, message: 'Something else?' }, 'lock');
    await say(/Something else\?[^]*1 to 2/u, '2');
    expect(await other).toBe('later');
    const clicked = front.ask({ ...wait, message: 'Confirmed?' }, 'wait-for-mail');
    await say(/1 to 4/u, '2');
    await say(/At the practice desk[^]*1 to 2/u, '1');
    expect(await clicked).toBe('check');
    expect(done).toEqual(['confirm-email']);
  });

  it('the mailbox says when it is empty', async () => {
    const { front, say } = practiceRun();
    front.show({ kind: 'manual-task', id: 'fire-drill', doneQuestion: 'drill', instructions: [] });
    const answer = front.ask(wait, 'drill');
    await say(/1\. Practice: look into the mailbox[^]*1 to 3/u, '1');
    await say(/No such mail has come\.[^]*1 to 2/u, '2');
    expect(await answer).toBe('later');
  });
});
