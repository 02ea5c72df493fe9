import { describe, expect, it } from 'vitest';
import type { ManualTaskId, Message } from '../../../src/core/dialogue.ts';
import type { ChoiceQuestion, TextQuestion } from '../../../src/core/question.ts';
import type { ScriptedDesk } from '../../../src/ui/practice/desk.ts';
import { createScriptedFrontEnd, type ScriptedOptions } from '../../../src/ui/scripted/scripted.ts';
import { codeQuestion, password, qr } from '../../_support/ui/material.ts';

const name: TextQuestion = {
  kind: 'text',
  message: 'Which name?',
  default: 'maria',
  example: 'maria',
  pattern: /^[a-z]+$/,
  rule: 'Letters only',
  max: 9,
};
const email: TextQuestion = {
  kind: 'text',
  message: 'Which address?',
  example: 'a@example.com',
  format: 'email',
  pattern: /@/,
  rule: 'An address',
  max: 99,
};
const wait: ChoiceQuestion = {
  kind: 'choice',
  message: 'Confirmed?',
  options: [
    { value: 'check', label: 'Check' },
    { value: 'later', label: 'Later' },
  ],
  default: 'check',
};
const goAhead: ChoiceQuestion = {
  kind: 'choice',
  message: 'Go ahead?',
  options: [
    { value: 'not-now', label: 'Not now' },
    { value: 'yes', label: 'Yes' },
  ],
};

const at = (current: string): Message => ({ kind: 'header', practice: true, entries: [], current });
const sent = (id: ManualTaskId, doneQuestion: string): Message => ({
  kind: 'manual-task',
  id,
  doneQuestion,
  instructions: [],
});

const seat = (answers: ScriptedOptions['answers'], desk?: ScriptedDesk) => {
  const front = createScriptedFrontEnd({ answers, desk });
  front.show(at('step'));
  return front;
};

/** A desk that keeps what it was asked to do, and whose phone counts up. */
const deskWith = () => {
  const done: string[] = [];
  let code = 0;
  const next = () => String((code += 1)).padStart(6, '0');
  const desk: ScriptedDesk = {
    email: 'maria@example.com',
    findMail: () => undefined,
    performTask: (errand) => void done.push(errand),
    phone: { scan: (uri) => void done.push(uri), codes: () => [next(), next()] },
  };
  return { desk, done };
};

const never = () => new Promise<never>(() => {});

describe('answers from an answers file', () => {
  it('are those of the current step', async () => {
    const front = seat({ step: { name: 'jo' }, other: { name: 'kim' } });
    expect(await front.ask(name, 'name')).toBe('jo');
    front.show(at('other'));
    expect(await front.ask(name, 'name')).toBe('kim');
  });

  it('leave a question unanswered that they do not mention, even one with a default', async () => {
    await expect(seat({}).ask(name, 'name')).rejects.toMatchObject({
      name: 'UnansweredError',
      question: 'name',
    });
  });

  it('are refused when the question does not accept them', async () => {
    await expect(seat({ step: { name: 'J7' } }).ask(name, 'name')).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 64,
    });
  });

  it('never answer a code question', async () => {
    await expect(seat({ step: { code: '123456' } }).ask(codeQuestion('Code?'), 'code')).rejects.toMatchObject(
      { question: 'code' },
    );
  });

  it('are reported as unused when nothing asked for them; a step that asks nothing is done already', async () => {
    const front = seat({ step: { name: 'jo', nmae: 'kim' }, other: { name: 'lee' } });
    await front.ask(name, 'name');
    expect(front.listUnusedAnswers()).toEqual(['step.nmae']);
  });

  it('do not decide about consent, which an unattended run gives', async () => {
    expect(await seat({}).ask(goAhead, 'wizard/go-ahead')).toBe('yes');
    expect(await seat({ step: { 'go-ahead': 'not-now' } }).ask(goAhead, 'wizard/go-ahead')).toBe('yes');
  });

  it("answer a step's question with the same name", async () => {
    expect(await seat({ step: { 'go-ahead': 'not-now' } }).ask(goAhead, 'go-ahead')).toBe('not-now');
    await expect(seat({}).ask(goAhead, 'go-ahead')).rejects.toMatchObject({ question: 'go-ahead' });
  });
});

describe('default answers', () => {
  it('are the defaults of the questions', async () => {
    expect(await seat('defaults').ask(name, 'name')).toBe('maria');
  });

  it('do not exist for a question without one', async () => {
    await expect(seat('defaults').ask(email, 'email')).rejects.toMatchObject({ question: 'email' });
  });

  it('close the menu, so that it does not open forever', async () => {
    const list: ChoiceQuestion = {
      kind: 'choice',
      message: 'Where to?',
      options: [
        { value: 'a', label: 'A' },
        { value: 'over', label: 'Done' },
      ],
      default: 'a',
    };
    expect(await seat('defaults').ask(list, 'wizard/list')).toBe('over');
  });
});

describe('an unattended run', () => {
  it('says that it is unattended', () => {
    expect(seat('defaults').interactive).toBe(false);
    expect(seat('defaults', deskWith().desk).interactive).toBe(true);
  });

  it('defers what must happen elsewhere', async () => {
    expect(await seat('defaults').askUntil(wait, 'wait', never)).toEqual({ answer: 'later' });
  });

  it('does not attest that a manual task was done, whatever the default', async () => {
    const front = seat('defaults');
    front.show(sent('billing-access', 'activated'));
    expect(await front.ask(wait, 'activated')).toBe('later');
  });

  it.each([qr, password])('shows no $kind', async (note) => {
    await expect(seat('defaults').showSecretWhile(note, async () => 'seen')).rejects.toMatchObject({
      name: 'UnansweredError',
    });
  });
});

describe('an unattended run with a practice desk', () => {
  it('does the manual task and waits for its result', async () => {
    const { desk, done } = deskWith();
    const front = seat('defaults', desk);
    front.show(sent('billing-alerts', 'wait'));
    const outcome = await front.askUntil(wait, 'wait', async () => 'confirmed');
    expect(outcome).toEqual({ event: 'confirmed' });
    expect(done).toEqual(['billing-alerts']);
  });

  it('does not do a manual task that the file defers', async () => {
    const { desk, done } = deskWith();
    const front = seat({ step: { wait: 'later' } }, desk);
    front.show(sent('billing-alerts', 'wait'));
    expect(await front.askUntil(wait, 'wait', never)).toEqual({ answer: 'later' });
    expect(done).toEqual([]);
  });

  it('keeps a manual task until its question', async () => {
    const { desk, done } = deskWith();
    const front = seat('defaults', desk);
    front.show(sent('billing-access', 'activated'));
    await front.ask(name, 'name');
    await front.ask(goAhead, 'wizard/go-ahead');
    expect(done).toEqual([]);
    expect(await front.ask(wait, 'activated')).toBe('check');
    expect(done).toEqual(['billing-access']);
  });

  it('scans, then types two codes in a row, and new ones after the next scan', async () => {
    const { desk, done } = deskWith();
    const front = seat({}, desk);
    const two = async () => [
      await front.ask(codeQuestion('First?'), 'code-1'),
      await front.ask(codeQuestion('Second?'), 'code-2'),
    ];
    expect(await front.showSecretWhile(qr, two)).toEqual(['000001', '000002']);
    expect(await front.showSecretWhile(qr, two)).toEqual(['000003', '000004']);
    expect(done).toEqual([qr.uri, qr.uri]);
  });

  it('confirms that the password was stored, and answers with the address of the desk', async () => {
    const front = seat({}, deskWith().desk);
    expect(
      await front.showSecretWhile(password, () =>
        front.ask({ kind: 'confirm', message: 'Noted?' }, 'stored'),
      ),
    ).toBe(true);
    expect(await front.ask(email, 'email')).toBe('maria@example.com');
  });

  it('keeps no secret in its transcript', async () => {
    const front = seat({}, deskWith().desk);
    await front.showSecretWhile(password, () => front.ask({ kind: 'confirm', message: 'Noted?' }, 'stored'));
    await front.showSecretWhile(qr, () => front.ask(codeQuestion('Code?'), 'code'));
    const all = JSON.stringify(front.transcript);
    expect(all).toContain('Noted?');
    for (const secret of ['correct-Horse', '000001', 'ABCDEFGH']) expect(all).not.toContain(secret);
  });
});
