import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ExitError } from '../../../src/core/dialogue.ts';
import { createQuestionAsker } from '../../../src/ui/shared/question-asker.ts';

const createAsker = () => createQuestionAsker(() => new Promise(() => {}));

describe('work that runs when the owner wants to leave', () => {
  it('comes to its end first', async () => {
    const asker = createAsker();
    const done: string[] = [];
    const work = asker.runUninterrupted(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('written');
    });
    asker.requestExit('SIGTERM');
    await expect(work).rejects.toBeInstanceOf(ExitError);
    expect(done).toEqual(['written']);
  });

  it('is given up after a second, such as a call that nobody answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const asker = createAsker();
    const work = asker.runUninterrupted(() => new Promise(() => {}));
    asker.requestExit('SIGTERM');
    vi.advanceTimersByTime(1_000);
    await expect(work).rejects.toBeInstanceOf(ExitError);
    await expect(asker.runUninterrupted(() => Promise.resolve())).rejects.toBeInstanceOf(ExitError);
  });
});
