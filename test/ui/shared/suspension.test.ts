import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { listenForSuspension } from '../../../src/ui/shared/suspension.ts';

/** A process that is told to stop, and continues when the test says so. */
const createHost = ({ platform = 'linux' }: { platform?: NodeJS.Platform } = {}) => {
  const events: string[] = [];
  const signals = new EventEmitter();
  const host = {
    platform,
    pid: 4711,
    kill: (pid: number, signal: string) => {
      events.push(`${signal} to ${pid}${signals.listenerCount(signal) > 0 ? ', still heard' : ''}`);
    },
    on: (event: string, listener: () => void) => signals.on(event, listener),
    off: (event: string, listener: () => void) => signals.off(event, listener),
  };
  const suspension = listenForSuspension(
    { leave: () => void events.push('leave'), resume: () => void events.push('resume') },
    host,
  );
  return { events, signals, suspension };
};

describe('stopping and continuing', () => {
  it('gives the terminal back at Ctrl-Z, stops all that it was started with, and takes it again', () => {
    const { events, signals, suspension } = createHost();
    suspension.suspend();
    expect(events).toEqual(['leave', 'SIGTSTP to 0']);
    signals.emit('SIGCONT');
    expect(events.at(-1)).toBe('resume');
    suspension.stop();
  });

  it('gives the terminal back at a signal from outside, and stops only itself', () => {
    const { events, signals, suspension } = createHost();
    signals.emit('SIGTSTP');
    expect(events).toEqual(['leave', 'SIGTSTP to 4711']);
    signals.emit('SIGCONT');
    signals.emit('SIGTSTP');
    expect(events).toEqual(['leave', 'SIGTSTP to 4711', 'resume', 'leave', 'SIGTSTP to 4711']);
    suspension.stop();
  });

  it('draws anew after a stop that came without a warning', () => {
    const { events, signals, suspension } = createHost();
    signals.emit('SIGCONT');
    expect(events).toEqual(['resume']);
    suspension.stop();
  });

  it('goes on where nobody could continue it, and the signal does nothing', async () => {
    const { events, suspension } = createHost();
    suspension.suspend();
    await expect.poll(() => events).toEqual(['leave', 'SIGTSTP to 0', 'resume']);
    suspension.stop();
  });

  it('stops once for two presses', () => {
    const { events, suspension } = createHost();
    suspension.suspend();
    suspension.suspend();
    expect(events).toEqual(['leave', 'SIGTSTP to 0']);
    suspension.stop();
  });

  it('is over when the terminal is given back for good', () => {
    const { events, signals, suspension } = createHost();
    suspension.stop();
    suspension.suspend();
    expect(signals.listenerCount('SIGTSTP') + signals.listenerCount('SIGCONT')).toBe(0);
    expect(events).toEqual([]);
  });

  it('does nothing on Windows, which knows no stopping', () => {
    const { events, suspension } = createHost({ platform: 'win32' });
    suspension.suspend();
    expect(events).toEqual([]);
    suspension.stop();
  });
});
