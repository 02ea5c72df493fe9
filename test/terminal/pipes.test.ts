import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { readAccount } from './_support/account.ts';
import { entry, filesIn, homeWith, runProgram, startInTerminal } from './_support/program.ts';
import { titles } from './_support/step-answers.ts';

const lines = (...answers: readonly string[]) => answers.map((answer) => `${answer}\n`).join('');

describe('answers that come through a pipe', () => {
  it('are taken line by line', async () => {
    const home = await temporaryFolder();
    const only = ['--only', 'groups,password-policy'];
    const input = lines('1', '2', '', '', 'yes', '1', '16', '1');
    const { code, stdout } = await runProgram(['--practice', '--home', home, ...only], { input });
    expect(code, stdout).toBe(0);
    const { passwordPolicy, groups } = await readAccount(home);
    expect(passwordPolicy?.MinimumPasswordLength).toBe(16);
    expect(groups.map(({ name }) => name)).toEqual(['developers']);
  });

  it('may end at any question: what is done is kept, and the way back is told', async () => {
    const home = await temporaryFolder();
    const input = lines('1', '2', '', '', 'yes', '1');
    const args = ['--practice', '--home', home, '--only', 'groups,password-policy'];
    const { code, stderr } = await runProgram(args, { input });
    expect(code).toBe(130);
    expect(stderr).toContain(`npx aws-first-steps --practice --home ${home}`);
    expect(await readAccount(home)).toMatchObject({ groups: [{ name: 'developers' }] });
  });

  it('may be none at all', async () => {
    expect(await runProgram(['--practice', '--home', await temporaryFolder()])).toMatchObject({ code: 130 });
  });

  it('never lead to a secret that is written into a pipe', async () => {
    const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
    const input = lines('1', '', '1', '', '', '', '', '');
    const args = ['--practice', '--home', home, '--only', 'admin-user'];
    const { stdout, stderr } = await runProgram(args, { input });
    expect(stdout + stderr).not.toMatch(/otpauth:|(?:[A-Z2-7]{4} ){4}/);
    expect((await readAccount(home)).devices.filter((device) => !device.owner)).toEqual([]);
  });
});

const formats = ['table', 'json', 'markdown', 'junit'] as const;

describe.each(['verify', 'plan'] as const)('%s', (command) => {
  it.each(formats)('writes its result as %s to standard output, and nothing else', async (format) => {
    const home = await temporaryFolder();
    const result = await runProgram([command, '--practice', '--home', home, '--format', format]);
    if (command === 'plan' && format === 'junit')
      return expect(result).toMatchObject({ code: 64, stdout: '' });
    expect(result).toMatchObject({ code: 1, stderr: '' });
    for (const title of titles) expect(result.stdout).toContain(title);
    expect(result.stdout).not.toContain('\u001B');
    if (format === 'json') expect(() => JSON.parse(result.stdout)).not.toThrow();
  });

  it('changes nothing', async () => {
    const home = await homeWith(await temporaryFolder(), ['groups']);
    const before = await filesIn(home);
    await runProgram([command, '--practice', '--home', home]);
    const after = await filesIn(home);
    for (const file of ['practice/account.json', 'practice/journal.jsonl'])
      expect(after[file]).toBe(before[file]);
  });

  it('does not mind that nobody reads on', async () => {
    const home = await temporaryFolder();
    // The window stays until its last line was seen: what is written just before the end can be lost.
    const script = 'set -o pipefail; "$0" "$@" | head -1; echo "code ${PIPESTATUS[0]}"; read';
    const run = startInTerminal('bash', [
      '-c',
      script,
      process.execPath,
      entry,
      command,
      '--practice',
      '--home',
      home,
    ]);
    await run.waitFor(/^code \d+$/m);
    run.press('enter');
    await run.exit;
    expect(run.scrollback()).toHaveLength(2);
    expect(run.raw).not.toMatch(/Error|EPIPE|^\s+at /m);
  });
});
