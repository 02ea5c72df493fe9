import { describe, expect, it } from 'vitest';
import type { ChoiceQuestion } from '../../../src/core/question.ts';
import { createLinesFrontEnd } from '../../../src/ui/lines/lines.ts';
import { withBrowser } from '../../../src/ui/shared/with-browser.ts';
import { seatAt } from '../../_support/ui/seats.ts';

const url = 'https://example.com/console';
const done: ChoiceQuestion = {
  kind: 'choice',
  message: 'Is it done?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'later', label: 'Later' },
  ],
  default: 'yes',
};

/** An owner with a browser, and the pages that it has opened. */
const atHome = ({ hasBrowser = true } = {}) => {
  const opened: string[] = [];
  const seat = seatAt(createLinesFrontEnd);
  const front = withBrowser(seat.front, async (page) => {
    opened.push(page);
    return hasBrowser;
  });
  const say = async (message: RegExp, line: string) => {
    await seat.until(message);
    seat.type(`${line}\n`);
  };
  return { front, seat, opened, say };
};

const sent = {
  kind: 'manual-task',
  id: 'billing-access',
  doneQuestion: 'activated',
  url,
  instructions: ['Go there.'],
} as const;

describe('the page of a manual task', () => {
  it('can be opened at its question, which is then asked again', async () => {
    const { front, opened, say } = atHome();
    front.show(sent);
    const answer = front.ask(done, 'activated');
    await say(/1\. Open the page in a browser[^]*2\. Yes[^]*1 to 3/u, '1');
    await say(/1\. Yes[^]*2\. Open the page again[^]*1 to 3/u, '1');
    expect(await answer).toBe('yes');
    expect(opened).toEqual([url]);
  });

  it('comes first, so that a stray Enter does not say yes, and then that it is done', async () => {
    const { front, opened, say } = atHome();
    front.show(sent);
    const answer = front.ask({ ...done, default: 'later' }, 'activated');
    await say(/1 to 3 \[1\]/u, '');
    await say(/Open the page again[^]*1 to 3 \[1\]/u, '');
    expect(await answer).toBe('yes');
    expect(opened).toEqual([url]);
  });

  it('is not said to be done by a stray Enter where there is no browser', async () => {
    const { front, say } = atHome({ hasBrowser: false });
    front.show(sent);
    const answer = front.ask({ ...done, default: 'later' }, 'activated');
    await say(/1 to 3 \[1\]/u, '');
    await say(/1 to 2 \[2\]/u, '');
    expect(await answer).toBe('later');
  });

  it('can be opened while the program waits for an event', async () => {
    const { front, opened, say } = atHome();
    front.show(sent);
    const outcome = front.askUntil(done, 'activated', async () => {
      while (opened.length === 0) await new Promise(setImmediate);
      return 'happened';
    });
    await say(/1 to 3/u, '1');
    expect(await outcome).toEqual({ event: 'happened' });
    expect(opened).toEqual([url]);
  });

  it('is not offered at other questions, without a manual task, or in the next step', async () => {
    const { front, seat, say } = atHome();
    const first = front.ask({ ...done, message: 'First?' }, 'activated');
    await say(/First\?[^]*1 to 2/u, '1');
    await first;
    front.show(sent);
    const consent = front.ask({ ...done, message: 'Consent?' }, 'wizard/go-ahead');
    await say(/Consent\?[^]*1 to 2/u, '1');
    await consent;
    const other = front.ask({ ...done, message: 'Other?' }, 'other');
    await say(/Other\?[^]*1 to 2/u, '1');
    await other;
    front.show({ kind: 'header', practice: false, entries: [], current: 'next' });
    const next = front.ask({ ...done, message: 'Next?' }, 'activated');
    await say(/Next\?[^]*1 to 2/u, '2');
    expect(await next).toBe('later');
    expect(seat.screen()).not.toContain('Open the page');
  });
});
