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
  it('a manual task is done with one press, which also says that it is done', async () => {
    const { front, seat, done, say } = practiceRun();
    front.show(taskWith('wait'));
    const outcome = front.askUntil(wait, 'wait', () => new Promise(() => {}));
    await say(/1\. Rehearse: turn billing alerts on for me\n2\. Later/u, '');
    expect(await outcome).toEqual({ answer: 'check' });
    expect(done).toEqual(['billing-alerts']);
    await seat.until(/In the rehearsal, billing alerts are now on\./u);
  });

  it('a manual task is offered once, and not with other questions', async () => {
    const { front, done, say } = practiceRun();
    front.show(taskWith('activated'));
    const consent = front.ask({ ...wait, message: 'Consent?' }, 'wizard/go-ahead');
    await say(/Consent\?[^]*1 to 2/u, '2');
    expect(await consent).toBe('later');
    const first = front.ask({ ...wait, message: 'Done?' }, 'activated');
    await say(/Done\?\n1\. Rehearse[^]*1 to 2/u, '1');
    expect(await first).toBe('check');
    expect(done).toEqual(['billing-alerts']);
    const second = front.ask({ ...wait, message: 'Done now?' }, 'activated');
    await say(/Done now\?\n1\. Check/u, '2');
    expect(await second).toBe('later');
  });

  it('a manual task that the owner leaves for later is not done', async () => {
    const { front, done, seat, say } = practiceRun();
    front.show(taskWith('activated'));
    const answer = front.ask(wait, 'activated');
    await say(/1 to 2/u, '2');
    expect(await answer).toBe('later');
    expect(done).toEqual([]);
    expect(seat.screen()).not.toContain('In the rehearsal');
  });

  it('a task of the console that must not default to yes starts on the rehearsal', async () => {
    const { front, done, say } = practiceRun();
    front.show({ ...taskWith('activated'), id: 'billing-access' });
    const options = [
      { value: 'activated', label: 'Yes' },
      { value: 'later', label: 'Not yet' },
    ];
    const answer = front.ask({ ...wait, options, default: 'later' }, 'activated');
    await say(/1\. Rehearse: activate it for me\n2\. Not yet\n[^]*\[1\]/u, '');
    expect(await answer).toBe('activated');
    expect(done).toEqual(['billing-access']);
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

  it('the mail is shown with the question, and an empty answer takes the link from it', async () => {
    const { front, seat, done, say } = practiceRun(mailbox);
    front.show({
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'wait-for-mail',
      instructions: [],
    });
    const first = front.ask({ ...wait, message: 'Confirmed?' }, 'wait-for-mail');
    await say(
      /Mail to maria@example\.com: Subscription Confirmation\nhttps:\/\/sns\.us-east-1\.amazonaws\.com\/confirmation\.html\?…\n[^]*Confirmed\?[^]*1 to 2/u,
      '1',
    );
    expect(await first).toBe('check');
    const pasted = front.ask(linkQuestion, 'confirmation-link');
    await say(/Enter takes it from the mail above\./u, '');
    expect(await pasted).toBe(link);
    expect(done).toEqual([]);
    expect(seat.screen()).not.toContain('Do not reply');
    expect(seat.written()).not.toContain('abababab');
  });

  it('a mail is shown once, and again when the task is given again', async () => {
    const { front, seat, say } = practiceRun(mailbox);
    const task = {
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'wait',
      instructions: [],
    } as const;
    const countMails = () => seat.written().split('Mail to maria').length - 1;
    front.show(task);
    for (const message of ['First?', 'Second?']) {
      const answer = front.ask({ ...wait, message }, 'wait');
      await say(new RegExp(`${message.replace('?', String.raw`\\?`)}[^]*1 to 2`, 'u'), '2');
      await answer;
    }
    expect(countMails()).toBe(1);
    front.show(task);
    const answer = front.ask({ ...wait, message: 'Third?' }, 'wait');
    await say(/Third\?[^]*1 to 2/u, '2');
    await answer;
    expect(countMails()).toBe(2);
  });

  const drillMail = {
    to: 'maria@example.com',
    subject: 'ALARM: "bill"',
    text: 'It has entered the state, because "This is a drill. The words are: amber spider 22" at "noon".\nMore.',
    wantedText: 'amber spider 22',
  };

  it('the words of the drill are suggested as the mail has them, with the sentence around them', async () => {
    const { front, seat, say } = practiceRun({ 'fire-drill': drillMail });
    front.show({ kind: 'manual-task', id: 'fire-drill', doneQuestion: 'drill', instructions: [] });
    const answer = front.ask(wait, 'drill');
    await say(/…"This is a drill\. The words are: amber spider 22…\n/u, '1');
    await answer;
    const words = front.ask(
      {
        kind: 'text',
        message: 'Which words?',
        example: 'a b 1',
        format: 'drill-words',
        pattern: /\S/,
        rule: 'Words',
        max: 99,
      },
      'drill-words',
    );
    await say(/Which words\?[^]*Enter for \[amber spider 22\]/u, '');
    expect(await words).toBe('amber spider 22');
    expect(seat.screen()).not.toContain('at "noon"');
  });

  it('a pasted link is used instead of the one in the mailbox', async () => {
    const { front, say } = practiceRun(mailbox);
    const pasted = front.ask(linkQuestion, 'confirmation-link');
    await say(/Enter takes it/u, 'https://example.com/');
    expect(await pasted).toBe('https://example.com/');
  });

  it('the mail is not shown with other questions', async () => {
    const { front, seat, say } = practiceRun(mailbox);
    front.show({
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'wait-for-mail',
      instructions: [],
    });
    const other = front.ask({ ...wait, message: 'Something else?' }, 'lock');
    await say(/Something else\?[^]*1 to 2/u, '2');
    expect(await other).toBe('later');
    expect(seat.screen()).not.toContain('Mail to');
  });

  it('the mailbox says when it is empty', async () => {
    const { front, say } = practiceRun();
    front.show({ kind: 'manual-task', id: 'fire-drill', doneQuestion: 'drill', instructions: [] });
    const answer = front.ask(wait, 'drill');
    await say(/No mail has come yet\.[^]*1 to 2/u, '2');
    expect(await answer).toBe('later');
  });
});
