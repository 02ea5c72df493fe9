import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../../src/core/question.ts';
import { stageOn, standingClock } from '../../_support/ui/ink-terminal.ts';
import { renderView } from '../../_support/ui/ink-view.tsx';

const goAhead: ChoiceQuestion = {
  kind: 'choice',
  message: 'Go ahead?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'not-now', label: 'Not now' },
  ],
  default: 'yes',
};
const sure: Question & { kind: 'confirm' } = { kind: 'confirm', message: 'Sure?', default: true };

const planOf = (actions: number, cost = 'free'): Message => ({
  kind: 'plan',
  cost,
  lines: Array.from({ length: actions }, (_, index) => ({
    why: `do number ${index + 1}.`,
    operations: ['iam:CreateUser'],
  })),
});

const entries = [
  { id: 'a', title: 'Daily administrator', status: 'unmet' as const },
  { id: 'b', title: 'Budget', status: 'unmet' as const },
];
const place: Message = { kind: 'header', practice: true, entries, current: 'a' };

/** A screen with an open question, and with more lines than it can hold. */
const withLines = (question: Question = sure, count = 40, clock = standingClock()) => {
  const view = renderView({ clock });
  for (let line = 1; line <= count; line += 1)
    view.front.show({ kind: 'text', text: `line number ${line}.` });
  const answer = view.front.ask(question, 'question').catch(() => 'left');
  return { ...view, answer };
};

describe('text that does not fit into the window', () => {
  it('is shown from its beginning, and Enter scrolls before it answers', async () => {
    const { until, press, answer } = withLines();
    const first = await until(/lines below \(Enter\)/);
    expect(first).toContain('line number 1.');
    expect(first).toContain('? Sure?');
    expect(first).toMatch(/enter read on/);
    const seen = new Set<string>();
    for (let text = first; text.includes('(Enter)');) {
      for (const line of text.match(/line number \d+\./g) ?? []) seen.add(line);
      press('enter');
      const before = text;
      text = await until((now) => now !== before);
      if (!text.includes('(Enter)'))
        for (const line of text.match(/line number \d+\./g) ?? []) seen.add(line);
    }
    expect(seen.size).toBe(40);
    await until(/enter confirm/);
    press('enter');
    expect(await answer).toBe(true);
  });

  it('scrolls up and down with keys that every terminal passes on', async () => {
    for (const [up, down] of [
      ['pageUp', 'pageDown'],
      ['shiftUp', 'shiftDown'],
      ['ctrlB', 'ctrlF'],
    ] as const) {
      const { until, press } = withLines();
      await until(/line number 1\./);
      press(down, down, down, down, down, down);
      const below = await until(/line number 40\./);
      expect(below).toMatch(/lines above \(PgUp or Ctrl-B\)/);
      expect(below).not.toContain('lines below');
      press(up, up, up, up, up, up);
      expect(await until(/line number 1\./)).toContain('lines below');
    }
  });

  it('is read with the arrow keys, and with a wheel that a terminal sends as arrow keys, before they choose', async () => {
    const clock = standingClock();
    const { until, press, answer } = withLines(goAhead, 40, clock);
    const first = await until(/lines below/);
    press('down', 'down', 'down');
    expect(await until((text) => text !== first && !text.includes('line number 1.'))).toContain('❯ Yes');
    press('up', 'up', 'up', 'up');
    await until(/line number 1\./);
    for (let row = 0; row < 90; row += 1) press('down');
    const last = await until(/line number 40\./);
    expect(last).not.toContain('lines below');
    expect(last).toContain('❯ Yes');
    clock.move(350);
    press('down');
    await until(/❯ Not now/);
    press('up');
    await until(/❯ Yes/);
    press('up', 'up', 'up');
    expect(await until(/lines below/)).toContain('❯ Yes');
    press('pageDown', 'enter');
    expect(await answer).toBe('yes');
  });

  it('never changes a yes to a no', async () => {
    const { until, press, answer } = withLines({ ...sure, default: false });
    await until(/lines below/);
    press('pageDown', 'pageDown', 'pageDown', 'pageDown');
    await until(/line number 40\./);
    press('up', 'up', 'up');
    expect(await until(/lines below/)).toContain('❯ No');
    press('down', 'down', 'down', 'enter');
    expect(await answer).toBe(false);
  });

  it('is scrolled by the wheel, if the mouse is reported', async () => {
    const { until, type } = withLines();
    const first = await until(/lines below/);
    type('\u001B[<65;1;1M');
    const later = await until((text) => text !== first);
    expect(later).toMatch(/4 lines above/);
    type('\u001B[<64;1;1M');
    expect(await until(/line number 1\./)).toContain('❯ Yes');
  });

  it('does not block an answer that the owner has chosen or typed', async () => {
    const chosen = withLines();
    await chosen.until(/lines below/);
    chosen.press('right');
    await chosen.until(/lines below \(PgDn or Ctrl-F\)/);
    chosen.press('enter');
    expect(await chosen.answer).toBe(false);
    const typed = withLines({ kind: 'count', message: 'How many?', default: 5, min: 1, max: 9 });
    await typed.until(/lines below/);
    typed.type('7');
    typed.press('enter');
    expect(await typed.answer).toBe(7);
  });

  it('counts as read when the next question comes, which shows only what is new', async () => {
    const { front, until, press } = withLines();
    await until(/lines below/);
    press('right', 'enter');
    front.show({ kind: 'text', text: 'something new' });
    void front.ask({ ...sure, message: 'And now?' }, 'next').catch(() => undefined);
    const screen = await until(/And now/);
    expect(screen).toContain('something new');
    expect(screen).not.toContain('lines below');
  });
});

describe('a plan that does not fit into the window', () => {
  it.each([
    [80, 24],
    [60, 20],
  ])('can be agreed to only after its last row was seen, on %i x %i', async (columns, rows) => {
    const { front, until, press } = renderView({ columns, rows });
    front.show(place);
    front.show({ kind: 'heading', title: 'Why', paragraphs: ['Because of that. '.repeat(20)] });
    const name = front.ask({ ...sure, message: 'Really?' }, 'really');
    await until(/Really/);
    press('right', 'enter');
    await name;
    front.show(planOf(30));
    let agreed = false;
    const answer = front.ask(goAhead, 'wizard/go-ahead').then((given) => {
      agreed = true;
      return given;
    });
    const first = await until(/Go ahead\?/);
    expect(first).toMatch(/This will happen +free/);
    expect(first).toContain('do number 1.');
    for (let text = first; !text.includes('do number 30.');) {
      expect(agreed).toBe(false);
      press('enter');
      const before = text;
      text = await until((now) => now !== before);
    }
    expect(agreed).toBe(false);
    press('enter');
    expect(await answer).toBe('yes');
  });

  it('shows its cost in whole words', async () => {
    const { front, until } = renderView();
    front.show(planOf(2, 'free up to ten alarms, then about 0.10 USD a month for each of them'));
    const screen = await until(/do number 2/);
    expect(screen.replaceAll(/[│\s]+/g, ' ')).toContain(
      'This will happen Cost: free up to ten alarms, then about 0.10 USD a month for each of them',
    );
  });
});

describe('an address on the screen', () => {
  const url = 'https://console.aws.amazon.com/iam/home#/security_credentials';

  it('is alone on its row when it is wider than the middle, so that it can be copied', async () => {
    const { front, until, rowsNow } = renderView({ columns: 100 });
    const long = `${url}?name=${'a'.repeat(20)}`;
    front.show(place);
    front.show({
      kind: 'manual-task',
      id: 'root-mfa',
      doneQuestion: 'done',
      url: long,
      instructions: ['Go there.'],
    });
    front.show({
      kind: 'finding',
      status: 'unmet',
      summary: 'Off',
      remedy: `As root, turn it on at ${long}`,
    });
    await until(/turn it on/);
    expect(rowsNow().filter((row) => row.trim() === long)).toHaveLength(2);
    expect(rowsNow().filter((row) => row.includes('│')).length).toBeGreaterThan(3);
  });

  it('can be followed when a text contains it', async () => {
    const { front, until, written } = renderView();
    front.show({ kind: 'text', tone: 'warning', text: `Open ${url}. Then go on.` });
    await until(/Then/);
    expect(written()).toContain(`\u001B]8;;${url}\u0007`);
  });

  it('is broken by the terminal, not by the program, on the page that is printed in the end', async () => {
    const { front, written } = stageOn({ columns: 50 });
    front.show({
      kind: 'summary',
      title: 'Done',
      subtitle: '',
      entries: [],
      facts: [{ label: 'Sign in', text: url }],
      left: [],
    });
    await front.close();
    expect(written().split('\u001B[?1049l')[1]).toContain(url);
  });
});

describe('the help line', () => {
  it('keeps the key to exit when there is little room', async () => {
    for (const columns of [60, 40, 30, 20]) {
      const { front, until } = renderView({ columns, rows: 20 });
      for (let line = 1; line <= 40; line += 1) front.show({ kind: 'text', text: `line ${line}` });
      void front.ask(goAhead, 'wizard/go-ahead').catch(() => undefined);
      expect(await until(/Go ahead/)).toMatch(/ctrl-c stop$/);
    }
  });

  it('offers no way back when there is none', async () => {
    const { front, until } = renderView();
    void front.ask({ ...sure, cannotGoBack: true }, 'sure').catch(() => undefined);
    const screen = await until(/Sure/);
    expect(screen).toContain('ctrl-c');
    expect(screen).not.toContain('esc');
  });
});

describe('a suggested answer', () => {
  const text: Question & { kind: 'text' } = {
    kind: 'text',
    message: 'Which words are in the mail?',
    example: 'two words 22',
    pattern: /./,
    rule: 'Words',
    max: 99,
  };

  it('is shown in full, below the question if necessary', async () => {
    const { front, until } = renderView();
    front.show(place);
    void front.ask(text, 'words').catch(() => undefined);
    const rows = (await until(/Which words/)).split('\n');
    expect(rows.find((row) => row.includes('for example'))).toMatch(/for example two words 22$/);
  });

  it('is not shown when it would answer a confirmation', async () => {
    const { front, until } = renderView();
    void front.ask({ ...text, format: 'confirmation' }, 'words').catch(() => undefined);
    expect(await until(/Which words/)).not.toContain('example');
  });
});
