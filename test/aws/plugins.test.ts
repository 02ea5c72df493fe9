import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWaitingPlugin } from '../../src/aws/plugins.ts';

const call = (operation: string) => ({ operation, input: {}, region: 'us-east-1' });

describe('a call that AWS does not answer', () => {
  it('is named once, after three seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const said: string[] = [];
    const plugin = createWaitingPlugin((line) => said.push(line));
    await plugin(call('iam:GetUser'), () => Promise.resolve({}));
    void plugin(call('iam:ListUsers'), () => new Promise(() => {}));
    void plugin(call('sns:ListTopics'), () => new Promise(() => {}));
    vi.advanceTimersByTime(2_999);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual(['Waiting for AWS to answer iam:ListUsers: no answer yet.']);
  });
});
