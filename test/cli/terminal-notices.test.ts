import { describe, expect, it } from 'vitest';
import type { CliOptions } from '../../src/cli/command-line.ts';
import type { ProcessIo } from '../../src/cli/io.ts';
import { listTerminalNotices } from '../../src/cli/terminal-notices.ts';
import { allSteps } from '../../src/steps/index.ts';

const noticesIn = (
  { rows = 40, isTTY = true, env = {} }: { rows?: number; isTTY?: boolean; env?: NodeJS.ProcessEnv },
  change: Partial<CliOptions> = {},
  steps = allSteps,
) =>
  listTerminalNotices(steps, { command: 'setup', practice: false, ...change }, {
    stdin: { isTTY },
    stdout: { isTTY, rows },
    env,
  } as unknown as ProcessIo);

describe('before a QR code has to be drawn', () => {
  it('a window that is too low is said, with the rows that it needs', () => {
    expect(noticesIn({ rows: 17 })).toEqual(['Make this window 24 rows high: a QR code will be drawn.']);
    expect(noticesIn({ rows: 24 })).toEqual([]);
  });

  it('a language setting without UTF-8 is said, with the command that helps', () => {
    expect(noticesIn({ env: { LANG: 'C' } }, { practice: true })).toEqual([
      'This terminal cannot draw a QR code. To see one, start again with: LC_ALL=C.UTF-8 npx aws-first-steps --practice',
    ]);
  });

  it('nothing is said where none will be drawn, or nobody looks', () => {
    const others = allSteps.filter((step) => !('makesAdministrator' in step));
    expect(noticesIn({ rows: 17 }, {}, others)).toEqual([]);
    expect(noticesIn({ rows: 17, isTTY: false })).toEqual([]);
    expect(noticesIn({ rows: 17 }, { answers: 'defaults' })).toEqual([]);
  });
});
