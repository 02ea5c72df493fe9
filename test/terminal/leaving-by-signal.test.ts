import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { everything } from '../faults/_support/extent.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { readAccount } from './_support/account.ts';
import { goOnToTheEnd, homeWith, rehearse } from './_support/program.ts';
import { atTheScreen, converse } from './_support/seat.ts';
import type { Terminal } from './_support/terminal.ts';
import { onRoot, stops, type Stop } from './_support/stops.ts';
import { adminUserToPage, begin } from './_support/walk.ts';

const cases = stops.flatMap((stop, index) =>
  (['SIGTERM', 'SIGHUP'] as const)
    .filter((_, which) => everything || index % 4 === 2 * which)
    .map((signal) => ({ ...stop, signal })),
);

/** A rehearsal that has come to a stop's question. */
const cameTo = async ({ done, only, replies, sight }: Omit<Stop, 'at'>) => {
  const home = await homeWith(await temporaryFolder(), done);
  const terminal = rehearse(home, only.length > 0 ? ['--only', only.join(',')] : []);
  const seat = atTheScreen(terminal);
  await converse(seat, replies);
  await seat.see(sight);
  return { home, terminal };
};

const lockOf = (home: string) => path.join(home, 'practice', 'lock');

const expectGoingOn = async (home: string): Promise<void> => {
  const again = await goOnToTheEnd(home);
  expect(again).toMatchObject({ code: 0 });
  expect((await readAccount(home)).devices.every((device) => device.owner)).toBe(true);
};

describe('a signal does the same as Ctrl-C', () => {
  it.each(cases)('$signal at $at', async ({ signal, ...stop }) => {
    const { home, terminal } = await cameTo(stop);
    terminal.kill(signal);
    expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    expect(terminal.scrollback().join('')).toContain(
      `To go on: npx aws-first-steps --practice --home ${home}`,
    );
    expect(existsSync(lockOf(home))).toBe(false);
    await expectGoingOn(home);
  });
});

describe('a window that is closed', () => {
  const expectGone = async (home: string, { pid }: Terminal): Promise<void> => {
    await vi.waitFor(() => expect(existsSync(lockOf(home))).toBe(false), 20_000);
    // Node 20 itself gives up (SIGABRT) when it cannot give back a terminal that is gone; all is kept by then.
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 20_000);
    await expectGoingOn(home);
  };

  it('at the QR code leaves no lock, no run and no device behind', async () => {
    const replies = [begin, ...adminUserToPage];
    const { home, terminal } = await cameTo({ done: onRoot, only: [], replies, sight: 'First code' });
    terminal.hangUp();
    await expectGone(home, terminal);
  });

  it.each(['ink', 'prompts', 'lines'])('at a question of %s leaves no lock and no run behind', async (ui) => {
    const home = await temporaryFolder();
    const terminal = rehearse(home, ['--ui', ui]);
    await terminal.waitFor('Is this the account');
    terminal.hangUp();
    await expectGone(home, terminal);
  });
});
