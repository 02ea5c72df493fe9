import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Header, Message } from '../../../src/core/dialogue.ts';
import { ownQuestion } from '../../../src/core/question-names.ts';
import type { Question } from '../../../src/core/question.ts';
import { createQuietConversation, drawFrame } from '../../_support/ui/ink-frames.tsx';
import { headerAt, name, password, qr, codeFor, sure } from '../../_support/ui/ink-material.ts';
import { stageOn } from '../../_support/ui/ink-terminal.ts';
import {
  alarmHeader,
  alarmPlan,
  confirm,
  goAheadQuestion,
  lastPages,
  leaveOpen,
  menuHeader,
  menuQuestion,
  planProgress,
  walkPages,
} from '../../_support/ui/walk-pages.ts';

const goAhead = ownQuestion('go-ahead');
const list = ownQuestion('list');

/** Opens a page of the walk in a window of this size. */
const openPage = async (page: string, size = { columns: 80, rows: 24 }) => {
  const view = createQuietConversation();
  await walkPages.find((one) => one.name === page)?.play(view.front);
  view.resize(size);
  return view;
};

const text = (words: string, tone?: 'warning'): Message => ({
  kind: 'text',
  text: words,
  ...(tone && { tone }),
});

const heading: Message = {
  kind: 'heading',
  title: 'Billing alarm',
  paragraphs: ['AWS has no spending limit.'],
};

describe('the help', () => {
  it('opens with "?", in the place of the page, and closes with Esc without an answer', async () => {
    const { front, read, press, type } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(alarmHeader);
    let settled = false;
    const answer = front.ask(goAheadQuestion, goAhead).finally(() => (settled = true));
    answer.catch(() => undefined);
    const page = read();
    expect(page).toMatch(/\? help/);
    type('?');
    expect(read()).toMatch(/Help: Billing alarm/);
    expect(read()).not.toContain('Go ahead?');
    expect(read()).toMatch(/esc close the help$/);
    press('escape');
    expect(read()).toBe(page);
    await Promise.resolve();
    expect(settled).toBe(false);
    press('enter');
    expect(await answer).toBe('yes');
  });

  it('scrolls row by row and page by page, and Enter reads on before it closes', async () => {
    const { read, press } = await openPage('help', { columns: 60, rows: 20 });
    expect(read()).not.toContain('fire drill');
    press('down');
    expect(read()).toContain('2 lines above');
    press('up');
    expect(read()).not.toContain('above');
    press('page-down');
    const second = read();
    expect(second).toContain('above');
    press('page-up');
    expect(read()).not.toContain('above');
    press('enter');
    expect(read()).toBe(second);
    while (read().includes('below')) press('enter');
    expect(read()).toContain("AWS's own page");
    press('enter');
    expect(read()).toContain('Go ahead?');
  });

  it('scrolls at the first key after the window was made larger or smaller', async () => {
    const { read, press, resize } = await openPage('help', { columns: 60, rows: 12 });
    press('page-down', 'page-down', 'page-down', 'page-down', 'page-down');
    resize({ columns: 80, rows: 20 });
    const above = () => Number(/(\d+) lines above/.exec(read())?.[1]);
    const before = above();
    press('up');
    expect(above()).toBe(before - 1);
    resize({ columns: 200, rows: 50 });
    expect(read()).not.toMatch(/lines (?:above|below)/);
    resize({ columns: 40, rows: 12 });
    expect(read()).toMatch(/lines below/);
  });

  it('does not open in a field for text, where "?" is typed', async () => {
    const { front, read, type } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(alarmHeader);
    await leaveOpen(front, name, 'name');
    type('a?');
    expect(read()).toMatch(/\? User name {3}a\?/);
    expect(read()).not.toMatch(/\? help/);
  });

  it('is closed by the page of a secret, so that the first digit of a code is typed', async () => {
    const { front, read, type } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(alarmHeader);
    type('?');
    void front.showSecretWhile(qr, () => front.ask(codeFor('First code'), 'code-1')).catch(() => undefined);
    await Promise.resolve();
    type('123456');
    expect(read()).toContain('123456');
  });
});

describe('a plan that is carried out', () => {
  it('is ticked line by line where it stands, and what is done has no calls beside it', async () => {
    const { read } = await openPage('plan-half-done');
    expect(read()).toMatch(/^ +✔ make the topic aws-first-steps-billing$/m);
    expect(read()).toMatch(/^ +⠋ warn at 20 USD a month +PutMetricAlarm$/m);
    expect(read()).toMatch(/^ +7 if the link was clicked/m);
  });

  it('marks the line that failed, and keeps the warning and the open lines', async () => {
    const { read } = await openPage('warning', { columns: 80, rows: 40 });
    expect(read()).toMatch(/^ +✖ warn at 5 USD a month/m);
    expect(read()).toMatch(/^ +5 warn at 20 USD a month/m);
    expect(read()).toContain('! AWS refused cloudwatch:PutMetricAlarm');
  });

  it('is folded to the one line about which something is asked, and stands there again afterwards', async () => {
    const { front, read, resize } = createQuietConversation();
    resize({ columns: 80, rows: 30 });
    front.show(alarmHeader);
    front.show(alarmPlan);
    await confirm(front, goAheadQuestion, goAhead);
    front.show(planProgress(0, 'begun'));
    front.show(planProgress(0, 'done'));
    front.show(planProgress(1, 'begun'));
    expect(read()).toContain('This will happen');
    front.show(text('A mail is on its way.'));
    front.show(text('The address is new.', 'warning'));
    await confirm(front, sure, 'sure');
    expect(read()).toContain('▸ 2 of 9  make the topic');
    expect(read()).not.toContain('This will happen');
    expect(read()).not.toMatch(/Sure {3}Yes/);
    front.show(planProgress(1, 'done'));
    expect(read()).toContain('This will happen');
    expect(read()).toMatch(/^ +✔ make the topic/m);
    expect(read()).not.toContain('A mail is on its way.');
    expect(read()).toContain('! The address is new.');
  });

  it('keeps the line in sight about which something is asked, in a window of 60 x 20', async () => {
    const { read } = await openPage('plan-waits-for-mail', { columns: 60, rows: 20 });
    expect(read()).toContain('▸ 6 of 9  you paste the link');
    expect(read()).not.toContain('lines above');
  });

  it('shows a warning that came after the last question of its line before the next question is answered', async () => {
    const { front, read, press } = createQuietConversation({ columns: 60, rows: 12 });
    front.show(alarmHeader);
    front.show({ ...alarmPlan, lines: alarmPlan.lines.slice(0, 2) });
    const agreed = front.ask(goAheadQuestion, goAhead);
    press('enter', 'enter', 'enter');
    await agreed;
    front.show(planProgress(0, 'begun'));
    front.show(text('Look into the mail.'));
    await confirm(front, sure, 'sure');
    front.show(text('AWS refused this.', 'warning'));
    front.show(planProgress(0, 'failed'));
    for (const line of ['one', 'two', 'three', 'four', 'five'])
      front.show({ kind: 'finding', status: 'unmet', summary: `Something is missing: ${line}` });
    await leaveOpen(front, sure, 'next');
    expect(read()).toContain('! AWS refused this.');
  });
});

describe('the line about the step before', () => {
  const next: Header = { ...alarmHeader, current: 'budget', cost: 'free' };
  const showTwoSteps = (size: { columns: number; rows: number }, summary: string) => {
    const view = createQuietConversation(size);
    view.front.show(alarmHeader);
    view.front.show({ kind: 'finding', status: 'unmet', summary: 'No alarm' });
    view.front.show({
      ...next,
      entries: next.entries.map((one) =>
        one.id === 'billing-alarm' ? { ...one, status: 'met', finding: summary } : one,
      ),
    });
    view.front.show(heading);
    return view;
  };

  it('says what became of it', () => {
    const { read } = showTwoSteps({ columns: 80, rows: 24 }, 'Alarm at 5 and 20 USD a month');
    expect(read()).toMatch(/^ +✔ Billing alarm: Alarm at 5 and 20 USD a month$/m);
  });

  it.each([20, 40, 60, 80, 100, 120, 200])('is cut off, never wrapped, at %i columns', (columns) => {
    const { look } = showTwoSteps({ columns, rows: 24 }, 'word '.repeat(80));
    const rows = look().filter((row) => row.includes('✔ Billing alarm: w'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/…$/);
    const at = look().indexOf(rows[0] ?? '');
    expect(look()[at + 1]?.split('│').at(-1)?.trim()).toBe('');
  });
});

describe('answers', () => {
  it('to the questions of the program leave nothing on the page, and those of the step do', async () => {
    const { front, read } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(headerAt('admin-user'));
    await confirm(front, name, 'name');
    await confirm(front, sure, ownQuestion('carry-on'));
    await confirm(front, goAheadQuestion, goAhead);
    expect(read()).toMatch(/^ +User name {3}admin$/m);
    expect(read()).not.toContain('Sure');
    expect(read()).not.toContain('Go ahead');
  });

  it('that say why a step is skipped stay in sight', async () => {
    const { front, read } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(headerAt('admin-user'));
    await confirm(front, { ...name, message: 'Why do you skip it?' }, ownQuestion('skip-reason'));
    expect(read()).toMatch(/^ +Why do you skip it {3}admin$/m);
  });
});

describe('the menu', () => {
  it.each([40, 60, 80, 100, 120, 200])(
    'has one row for each step, in columns, at %i columns',
    async (columns) => {
      const { look } = await openPage('menu', { columns, rows: 24 });
      const rows = look().filter((row) => /^ +[✔☑–…○] [A-Z]/.test(row));
      expect(rows).toHaveLength(8);
      expect(new Set(rows.map((row) => /(?:done|you said|skipp|waitin|to do)/.exec(row)?.index)).size).toBe(
        1,
      );
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(Math.min(columns, 128));
    },
  );

  it('cuts off what does not fit, and uses the room of a wide window', async () => {
    const narrow = await openPage('menu', { columns: 80, rows: 24 });
    expect(narrow.read()).toMatch(/Password policy {7}done: 14 characters.*…$/m);
    const wide = await openPage('menu', { columns: 130, rows: 24 });
    expect(wide.read()).toContain('waiting: Nobody has confirmed the mail to owner@example.com yet');
    expect(wide.read()).toContain('capital letters, small letters, digits');
  });

  it.each([
    ['1', 'on'],
    ['3', 'root-access-keys'],
    ['10', 'skip'],
    ['11', 'over'],
    ['bud', 'budget'],
    ['d', 'admin-user'],
    ['st', 'over'],
  ])('chooses with what is typed: %s', async (typed, value) => {
    const { front, press, type } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(menuHeader);
    const answer = front.ask(menuQuestion, list);
    type(typed);
    press('enter');
    expect(await answer).toBe(value);
  });

  it('keeps the chosen step in sight in a low window', async () => {
    const { read, press } = await openPage('menu', { columns: 60, rows: 8 });
    for (let at = 0; at < 8; at += 1) press('down');
    expect(read()).toMatch(/❯ ○ Budget|❯ … Billing alarm/);
  });
});

describe('the price', () => {
  const showPlan = async (columns: number, cost: string) => {
    const { front, read } = createQuietConversation({ columns, rows: 40 });
    front.show({ ...alarmHeader, cost });
    front.show({ ...alarmPlan, cost });
    await leaveOpen(front, goAheadQuestion, goAhead);
    return read();
  };

  it('stands in the head where it fits, and not again in the plan', async () => {
    const page = await showPlan(80, 'free up to 10 alarms in the account');
    expect(page).toMatch(/7 of 8 · Billing alarm +free up to 10 alarms in the account$/m);
    expect(page).not.toContain('Cost:');
  });

  it.each([20, 40, 60])(
    'stands in the plan, in whole words, where the head has no room: %i columns',
    async (columns) => {
      const cost = 'free up to 10 alarms in the account, then about 0.10 USD a month for each';
      const page = await showPlan(columns, cost);
      expect(page).toMatch(/7 of 8 · Billing.*$/m);
      expect(page.replaceAll(/\s+/g, ' ')).toContain(`Cost: ${cost}`);
    },
  );
});

describe('a window', () => {
  const wide = '漢字'.repeat(60);

  it.each([20, 30, 60, 80, 130, 200])('of %i columns is never left by a long title', (columns) => {
    for (const title of ['A very long title of a step '.repeat(8), wide]) {
      const { front, look } = createQuietConversation({ columns, rows: 24 });
      const entries = alarmHeader.entries.map((one) => ({ ...one, title }));
      front.show({ ...alarmHeader, entries, cost: 'free of charge '.repeat(9) });
      front.show(heading);
      const row = look().find((one) => one.includes('7 of 8')) ?? '';
      const width = stringWidth(row);
      const margin = columns >= 60 ? 2 : 0;
      expect(width).toBeLessThanOrEqual(Math.min(columns, 130) - margin);
      expect(row).toMatch(/…$/);
    }
  });

  it.each([20, 26, 27, 28, 40, 60])(
    'of %i columns says in full that the account is a practice one',
    (columns) => {
      const { front, look } = createQuietConversation({ columns, rows: 6 });
      front.show(headerAt('admin-user'));
      expect(look()[0]).toMatch(/practice$/);
    },
  );

  it.each([
    [20, 6],
    [40, 8],
    [30, 6],
  ])('of %i x %i shows the question of every page', async (columns, rows) => {
    for (const { name: page, play } of walkPages.filter((one) => one.name !== 'help')) {
      const { front, getScene } = createQuietConversation();
      await play(front);
      const { pendingQuestion } = getScene();
      if (pendingQuestion === undefined) continue;
      const frame = drawFrame(getScene(), { columns, rows });
      expect(frame.split('\n').length, page).toBeLessThanOrEqual(rows);
      expect(frame, page).toContain(pendingQuestion.question.message.split(' ')[0]);
    }
  });

  it('of 200 columns has nothing right of column 128, whatever is shown', () => {
    const { front, look, resize } = createQuietConversation();
    resize({ columns: 200, rows: 50 });
    front.show({ ...alarmHeader, cost: 'free '.repeat(10) });
    front.show({ kind: 'heading', title: 'Billing alarm', paragraphs: ['word '.repeat(100)] });
    front.show({ kind: 'finding', status: 'unmet', summary: 'word '.repeat(60), remedy: 'word '.repeat(60) });
    front.show(text('word '.repeat(60), 'warning'));
    front.show(alarmPlan);
    void front.runWithProgress('word '.repeat(60), () => new Promise(() => {})).catch(() => undefined);
    expect(Math.max(...look().map((row) => row.length))).toBeLessThanOrEqual(128);
  });
});

describe('work that goes on', () => {
  it('is named in one row, with a sign where it is cut off', () => {
    const { front, read } = createQuietConversation({ columns: 60, rows: 24 });
    void front.runWithProgress('word '.repeat(40), () => new Promise(() => {})).catch(() => undefined);
    expect(read()).toMatch(/^ +⠋ word .*…$/m);
  });
});

describe('an address that is shortened', () => {
  it('is no link, because it leads nowhere', () => {
    const { front, getScene } = createQuietConversation({ columns: 80, rows: 24 });
    front.show(text('https://sns.us-east-1.amazonaws.com/confirmation.html?…'));
    expect(drawFrame(getScene(), { columns: 80, rows: 24 })).not.toContain('\u001B]8;;');
    front.show(text('https://sns.us-east-1.amazonaws.com/confirmation.html'));
    expect(drawFrame(getScene(), { columns: 80, rows: 24 })).toContain('\u001B]8;;https');
  });
});

describe('the last page', () => {
  it.each([40, 60, 80, 120])(
    'keeps its verdict within %i columns, with one free row below it',
    async (columns) => {
      for (const { summary } of lastPages) {
        const { front, written } = stageOn({ columns });
        front.show(summary);
        await front.close();
        const printed = stripVTControlCharacters(written().split('\u001B[?1049l')[1] ?? '').split('\n');
        const free = printed.indexOf('');
        expect(Math.max(...printed.slice(0, free).map((row) => row.length))).toBeLessThanOrEqual(columns);
        expect(printed.slice(0, free).join(' ').replaceAll(/\s+/g, ' ')).toContain(summary.subtitle);
        expect(printed[free + 1]).not.toBe('');
      }
    },
  );
});

describe('the password page', () => {
  it('keeps the whole password in a window of 20 x 6', async () => {
    const question: Question = { ...sure, message: 'Stored?' };
    const { front, read, resize } = createQuietConversation();
    void front.showSecretWhile(password, () => front.ask(question, 'stored')).catch(() => undefined);
    await Promise.resolve();
    resize({ columns: 20, rows: 6 });
    expect(read()).toContain('Stored?');
  });
});
