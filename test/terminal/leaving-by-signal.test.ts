import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { everything } from '../faults/_support/extent.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { readAccount } from './_support/account.ts';
import { startLocalServer } from '../_support/local-server.ts';
import { goOnToTheEnd, homeWith, spawnProgram, startPractice } from './_support/program.ts';
import { personAtScreen, answerAll } from './_support/person.ts';
import type { Terminal } from './_support/terminal.ts';
import { onRoot, stoppingPoints, type StoppingPoint } from './_support/stopping-points.ts';
import { adminUserToPage, begin } from './_support/step-answers.ts';

const cases = stoppingPoints.flatMap((stop, index) =>
  (['SIGTERM', 'SIGHUP'] as const)
    .filter((_, which) => everything || index % 4 === 2 * which)
    .map((signal) => ({ ...stop, signal })),
);

/** A rehearsal that has come to a stop's question. */
const cameTo = async ({ done, only, replies, sight }: Omit<StoppingPoint, 'at'>) => {
  const home = await homeWith(await temporaryFolder(), done);
  const terminal = startPractice(home, only.length > 0 ? ['--only', only.join(',')] : []);
  const seat = personAtScreen(terminal);
  await answerAll(seat, replies);
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

describe('a signal while nobody answers', () => {
  /** A server that says who is signed in and answers nothing else, or only begins to. */
  const startSilentServer = async (begins: boolean) => {
    let calls = 0;
    let reached = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { url } = await startLocalServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        if (body.includes('GetCallerIdentity')) {
          response.end(
            '<GetCallerIdentityResponse><GetCallerIdentityResult><UserId>A</UserId><Account>431209876655</Account><Arn>arn:aws:iam::431209876655:user/maria</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
          );
          return;
        }
        calls += 1;
        if (begins) response.write('<');
        reached();
      });
    });
    return { url, waiting, countCalls: () => calls };
  };

  it.each([
    ['verify', false, 'SIGTERM'],
    ['verify', true, 'SIGINT'],
    ['plan', false, 'SIGHUP'],
    ['setup', false, 'SIGTERM'],
    ['setup', true, 'SIGINT'],
  ] as const)(
    'ends %s before a call is tried again (a body that has begun: %s, %s)',
    async (command, begins, signal) => {
      const server = await startSilentServer(begins);
      const home = await temporaryFolder();
      const { child, outcome } = spawnProgram(
        [command, '--home', home, ...(command === 'setup' ? ['--answers', 'defaults'] : [])],
        {
          AWS_ENDPOINT_URL: server.url,
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'none',
        },
      );
      await server.waiting;
      const callsBefore = server.countCalls();
      child.kill(signal);
      expect((await outcome).code).toBe(130);
      // Those that are sent side by side may still have been on their way; a second try comes 15 seconds later.
      expect(server.countCalls()).toBeLessThan(callsBefore + 20);
      expect(existsSync(path.join(home, '431209876655', 'lock'))).toBe(false);
    },
  );
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
    const terminal = startPractice(home, ['--ui', ui]);
    await terminal.waitFor('Is this the account');
    terminal.hangUp();
    await expectGone(home, terminal);
  });
});
