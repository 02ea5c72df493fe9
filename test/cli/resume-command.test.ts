import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { createResumeCommands, createSetupCommand } from '../../src/cli/resume-command.ts';

const after = (...argv: readonly string[]) => {
  const parsed = parseCommandLine(argv);
  if (!('options' in parsed)) throw new Error(`no request: ${JSON.stringify(parsed)}`);
  return createResumeCommands(parsed.options);
};

describe('the resume command', () => {
  it('is the plain command after a plain run', () => {
    expect(after()).toEqual({ resumeSetup: 'npx aws-first-steps', verify: 'npx aws-first-steps verify' });
  });

  it('leads to the same account and the same files', () => {
    const where = '--profile work --region eu-west-1 --account 431209876655 --home /tmp/x';
    expect(after(...where.split(' '))).toEqual({
      resumeSetup: `npx aws-first-steps ${where}`,
      verify: `npx aws-first-steps verify ${where}`,
    });
  });

  it('continues with the same steps in the same window, but a verify checks all steps', () => {
    expect(after('--practice', '--only', 'groups,budget', '--ui', 'lines', '--bell')).toEqual({
      resumeSetup: 'npx aws-first-steps --practice --only groups,budget --ui lines --bell',
      verify: 'npx aws-first-steps verify --practice',
    });
  });

  it.each([
    ['my files', "'my files'"],
    ["it's", String.raw`'it'\''s'`],
    ['$HOME', "'$HOME'"],
    ['a\u{1B}[2Jb', 'ab'],
  ])('is quoted as a shell needs it: %j', (home, quoted) => {
    expect(after('--home', home).resumeSetup).toBe(`npx aws-first-steps --home ${quoted}`);
  });

  it('takes the answers along that a plan was made with', () => {
    expect(createSetupCommand({ command: 'plan', practice: false, answers: 'my answers.json' })).toBe(
      "npx aws-first-steps --answers 'my answers.json'",
    );
  });

  it('can be parsed by the program', () => {
    const argv = ['--practice', '--only', 'groups', '--home', '/tmp/x'];
    const { resumeSetup } = after(...argv);
    expect(after(...resumeSetup.split(' ').slice(2)).resumeSetup).toBe(resumeSetup);
  });
});
