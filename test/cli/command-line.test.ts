import { describe, expect, it } from 'vitest';
import { parseCommandLine, type CliOptions } from '../../src/cli/command-line.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { programVersion } from '../../src/lib/version.ts';

const request = (...argv: string[]): CliOptions => {
  const parsed = parseCommandLine(argv);
  if (!('options' in parsed)) throw new Error(`no request: ${JSON.stringify(parsed)}`);
  return parsed.options;
};

const text = (...argv: string[]): string => {
  const parsed = parseCommandLine(argv);
  return 'text' in parsed ? parsed.text : '';
};

const refusal = (...argv: string[]): UserError => {
  try {
    parseCommandLine(argv);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
};

describe('the command line', () => {
  it.each([
    ['--version', '--details', '--profile', 'work'],
    ['--profile', 'work', '--details', '-V'],
    ['-v', '--details', '--profile', 'work'],
  ])('asks for details beside the version: %s %s %s %s', (...argv) => {
    expect(parseCommandLine(argv)).toMatchObject({ details: { profile: 'work', details: true } });
  });

  it('runs the setup when it is empty', () => {
    expect(request()).toEqual({ command: 'setup', practice: false });
  });

  it.each(['setup', 'verify', 'plan'])('accepts the command %s', (command) => {
    expect(request(command).command).toBe(command);
  });

  it('accepts every option, before and after the command', () => {
    const argv =
      '--practice plan --profile work --region eu-west-1 --account 431209876655 --only root-mfa,groups ' +
      '--skip groups --answers a.json --format json --home /tmp/x';
    expect(request(...argv.split(' '))).toEqual({
      command: 'plan',
      practice: true,
      profile: 'work',
      region: 'eu-west-1',
      account: '431209876655',
      only: ['root-mfa', 'groups'],
      skip: ['groups'],
      answers: 'a.json',
      format: 'json',
      home: '/tmp/x',
    });
  });

  it.each(['ink', 'prompts', 'lines'])('accepts --ui %s for the setup', (ui) => {
    expect(request('--ui', ui).ui).toBe(ui);
  });

  it('accepts --bell for the setup', () => {
    expect(request('--bell').bell).toBe(true);
    expect(request().bell).toBeUndefined();
  });

  it.each(['table', 'json', 'markdown', 'junit'])('accepts --format %s for verify', (format) => {
    expect(request('verify', `--format=${format}`).format).toBe(format);
  });

  it('accepts ids with blanks around them', () => {
    expect(request('--only', ' root-mfa , groups,').only).toEqual(['root-mfa', 'groups']);
    expect(request('--only', 'root-mfa', '--only=groups').only).toEqual(['root-mfa', 'groups']);
  });

  it('answers --help and --version with a text', () => {
    const help = text('--help');
    for (const option of ['--practice', '--only', '--answers', '--format', '--home', 'Exit codes']) {
      expect(help).toContain(option);
    }
    expect(text('--version')).toBe(`${programVersion}\n`);
    expect(help).not.toContain('default: false');
    for (const argv of [['help'], ['-h'], ['--practice', 'help']]) expect(text(...argv)).toBe(help);
    for (const flag of ['-V', '-v']) expect(text(flag)).toBe(`${programVersion}\n`);
  });

  it.each(['setup', 'verify', 'plan'])(
    'answers the help of %s with its own options and examples',
    (command) => {
      const help = text(command, '--help');
      expect(help).toContain(`Usage: aws-first-steps ${command} [options]`);
      expect(help).toContain(`  npx aws-first-steps ${command}`);
      expect(help.includes('--ui')).toBe(command === 'setup');
      expect(help.includes('--format <')).toBe(command !== 'setup');
      for (const argv of [
        ['help', command],
        [command, '-h'],
        ['--practice', command, '--help'],
      ])
        expect(text(...argv)).toBe(help);
    },
  );

  it('begins a new rehearsal without being told that it is one', () => {
    expect(request('--new-practice')).toMatchObject({ practice: true, newPractice: true });
  });
});

describe('a command line with wrong usage', () => {
  it.each<[string, string[]]>([
    ['an option that does not exist', ['--dry-run']],
    ['an option that was mistyped', ['--practise']],
    ['a command that does not exist', ['destroy']],
    ['a command that was mistyped', ['verfy']],
    ['one command too many', ['verify', 'plan']],
    ['an option without its value', ['--profile']],
    ['a front end that does not exist', ['--ui', 'web']],
    ['a format that does not exist', ['verify', '--format', 'pdf']],
    ['an account id that is too short', ['--account', '43120987665']],
    ['an account id with dashes', ['--account', '4312-0987-6655']],
    ['a front end for a command that asks nothing', ['verify', '--ui', 'ink']],
    ['a front end for a run that asks nobody', ['--ui', 'lines', '--answers', 'defaults']],
    ['a bell for a command that waits for nothing', ['verify', '--bell']],
    ['a bell where nobody is there to hear it', ['--bell', '--answers', 'defaults']],
    ['answers for a command that asks nothing', ['verify', '--answers', 'defaults']],
    ['permissions without a plan', ['verify', '--permissions']],
    ['a new rehearsal for a command that changes nothing', ['verify', '--new-practice']],
    ['a plan as test results', ['plan', '--format', 'junit']],
    ['a choice of no steps: nothing at all would look like "all done"', ['verify', '--only', ',']],
    ['a choice of no steps by an empty variable of a script', ['verify', '--only', '']],
  ])('is refused with one sentence and exit code 64: %s', (_what, argv) => {
    const problem = refusal(...argv);
    expect(problem.exitCode).toBe(64);
    expect(problem.message).not.toContain('\n');
    expect(problem.message).toMatch(/[.?!)]$/);
    expect(problem.message).not.toMatch(/^error/);
    expect(problem.nextSteps.length).toBeGreaterThan(0);
  });

  it('is refused with a suggestion when a name is similar', () => {
    const { message, nextSteps } = refusal('verfy');
    expect([message, ...nextSteps].join(' ')).toContain('Did you mean verify?');
    expect(refusal('--practise').message).toContain('--practice');
  });

  it('is quoted without control characters', () => {
    const { message, nextSteps } = refusal('\u001B[31mred');
    expect([message, ...nextSteps].join('')).not.toContain('\u001B');
    expect(refusal('--\u001B[31mred').message).not.toContain('\u001B');
  });
});
