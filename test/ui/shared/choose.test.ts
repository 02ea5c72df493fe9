import { describe, expect, it } from 'vitest';
import { chooseUi, type TerminalStream, type UiName } from '../../../src/ui/shared/choose.ts';

const terminal = { isTTY: true, columns: 80, rows: 24, setRawMode: () => {} };
const pipe = { isTTY: false };

describe('the choice of a front end', () => {
  it.each<{
    what: string;
    env?: NodeJS.ProcessEnv;
    stdin?: TerminalStream;
    stdout?: TerminalStream;
    chosen: UiName;
  }>([
    { what: 'an ordinary terminal', chosen: 'ink' },
    { what: 'the smallest terminal', stdout: { ...terminal, columns: 60, rows: 20 }, chosen: 'ink' },
    { what: 'a terminal that is too narrow', stdout: { ...terminal, columns: 59 }, chosen: 'prompts' },
    { what: 'a terminal that is too low', stdout: { ...terminal, rows: 19 }, chosen: 'prompts' },
    { what: 'a terminal that does not say how large it is', stdout: { isTTY: true }, chosen: 'prompts' },
    { what: 'a terminal whose keys cannot be read', stdin: { isTTY: true }, chosen: 'lines' },
    { what: 'a dumb terminal', env: { TERM: 'dumb' }, chosen: 'lines' },
    { what: 'a screen reader', env: { INK_SCREEN_READER: 'true' }, chosen: 'lines' },
    { what: 'a build', env: { CI: 'true' }, chosen: 'lines' },
    { what: 'a build that says it is none', env: { CI: 'false' }, chosen: 'ink' },
    { what: 'answers from a pipe', stdin: pipe, chosen: 'lines' },
    { what: 'output to a file', stdout: pipe, chosen: 'lines' },
  ])('is "$chosen" for $what', ({ env = {}, stdin = terminal, stdout = terminal, chosen }) => {
    expect(chooseUi(undefined, env, stdin, stdout)).toBe(chosen);
  });

  it('follows --ui when the terminal supports it', () => {
    expect(chooseUi('prompts', { TERM: 'dumb', CI: '1' }, terminal, terminal)).toBe('prompts');
    expect(chooseUi('ink', {}, terminal, { ...terminal, columns: 20 })).toBe('ink');
    expect(chooseUi('lines', {}, pipe, pipe)).toBe('lines');
  });

  it.each(['ink', 'prompts'] as const)(
    'refuses "%s" without a terminal, and says what to do',
    (requested) => {
      const choose = () => chooseUi(requested, {}, pipe, terminal);
      expect(choose).toThrow(
        expect.objectContaining({
          name: 'UserError',
          exitCode: 64,
          nextSteps: expect.arrayContaining([expect.stringContaining('--ui lines')]),
        }),
      );
    },
  );
});
