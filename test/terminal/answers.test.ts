import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/index.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { readAccount } from './_support/account.ts';
import { everythingDone, filesIn, goOnToTheEnd, runProgram, statusesIn } from './_support/program.ts';

const unattended = (home: string, answers: string, ...more: readonly string[]) =>
  runProgram(['--practice', '--home', home, '--answers', answers, ...more]);

const answersFile = async (answers: object): Promise<string> => {
  const file = path.join(await temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  return file;
};

const changesIn = async (home: string) => (await filesIn(home))['practice/journal.jsonl'] ?? '';

describe('--answers defaults', () => {
  it('takes a new account to where everything is done', async () => {
    const home = await temporaryFolder();
    const { code, stdout } = await unattended(home, 'defaults');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Your practice account is set up\./);
    expect(stdout).not.toContain('Go ahead');
    expect(Object.keys(everythingDone)).toEqual(allSteps.map(({ id }) => id));
    expect(await statusesIn(home)).toEqual(everythingDone);
  });

  it('asks nothing and changes nothing when everything is done', async () => {
    const home = await temporaryFolder();
    await goOnToTheEnd(home);
    const [account, journal] = [await readAccount(home), await changesIn(home)];
    const again = await unattended(home, 'defaults');
    expect(again.code).toBe(0);
    expect(again.stderr).not.toMatch(/Go ahead|Is this the account/);
    expect(await readAccount(home)).toEqual(account);
    expect(await changesIn(home)).toBe(journal);
  });
});

describe('an answers file', () => {
  it('is carried out as it stands', async () => {
    const home = await temporaryFolder();
    const file = await answersFile({
      groups: { scope: 'teams', teams: ['developers', 'read-only'], 'own-team': '', 'require-mfa': false },
      'password-policy': { length: 20 },
    });
    const { code } = await unattended(home, file, '--only', 'groups,password-policy');
    expect(code).toBe(0);
    const account = await readAccount(home);
    expect(account.groups.map(({ name }) => name).toSorted()).toEqual(['developers', 'read-only']);
    expect(account.passwordPolicy?.MinimumPasswordLength).toBe(20);
  });

  it.each([
    ['a step that does not exist', { 'password-polcy': { length: 14 } }, 'password-polcy'],
    ['a question that does not exist', { 'password-policy': { lenght: 14 } }, 'lenght'],
    ['a value that cannot be', { 'password-policy': { length: 3 } }, 'length'],
    ['a value of the wrong kind', { groups: { scope: true } }, 'scope'],
    ['a code', { 'admin-user': { 'code-1': '123456' } }, 'code-1'],
    ['a password', { 'admin-user': { password: 'hunter2' } }, 'password'],
  ])('with %s is refused before anything has happened', async (_, wrong, named) => {
    const home = await temporaryFolder();
    const file = await answersFile({ 'billing-alarm': { email: 'maria@example.com' }, ...wrong });
    const { code, stderr } = await unattended(home, file);
    expect(code, stderr).toBe(64);
    expect(stderr).toContain(`"${named}"`);
    expect(stderr).not.toMatch(/123456|hunter2|^\s+at /m);
    expect(await changesIn(home)).toBe('');
  });

  it('means nobody by a list that it leaves out', async () => {
    const home = await temporaryFolder();
    const file = await answersFile({ groups: { scope: 'teams', 'own-team': '', 'require-mfa': false } });
    const { code, stdout, stderr } = await unattended(home, file, '--only', 'groups');
    expect(stderr).toContain('Which teams? \n');
    expect(code, stdout).toBe(1);
    expect(await changesIn(home)).toBe('');
  });

  it('leaves on standard output, too, what ended the run', async () => {
    const home = await temporaryFolder();
    const file = await answersFile({ groups: { scope: 'only-me' } });
    const { code, stdout, stderr } = await unattended(home, file, '--account', '999999999999');
    expect(code).toBe(64);
    expect(stdout).toMatch(/999999999999/);
    expect(stderr).toContain(stdout);
  });

  it('that leaves a question open leads to a step that is named and not done', async () => {
    const home = await temporaryFolder();
    const file = await answersFile({ groups: { scope: 'teams' } });
    const { code, stderr } = await unattended(home, file, '--only', 'groups');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Not done: groups needs an answer to "require-mfa"/);
    expect(await changesIn(home)).toBe('');
  });
});
