import { describe, expect, it } from 'vitest';
import {
  describeSignIn,
  formatProfileOption,
  getNotedSignIn,
  getRenewalAdvice,
  noteSignIn,
  readProgramName,
  type SignIn,
} from '../../../src/aws/start/sign-in.ts';

describe('where credentials come from', () => {
  it.each<[SignIn, string, string]>([
    [{ kind: 'environment' }, 'the access key in AWS_ACCESS_KEY_ID', 'AWS_SESSION_TOKEN'],
    [
      { kind: 'keys', profile: 'dev' },
      'the access key in the profile "dev"',
      'put new keys into the profile "dev"',
    ],
    [{ kind: 'keys' }, 'the access key in the profile "default"', 'the profile "default"'],
    [
      { kind: 'session', profile: 'dev' },
      'the temporary keys in the profile "dev"',
      'Put new temporary keys',
    ],
    [{ kind: 'login', profile: 'dev' }, '"aws login" with the profile "dev"', 'aws login --profile dev'],
    [
      { kind: 'login', profile: 'default' },
      '"aws login" with the profile "default"',
      'Sign in again: aws login',
    ],
    [{ kind: 'sso', profile: 'my work' }, 'single sign-on with the profile "my work"', "--profile 'my work'"],
    [{ kind: 'web-identity' }, 'the token in AWS_WEB_IDENTITY_TOKEN_FILE', 'new token'],
    [{ kind: 'web-identity', profile: 'ci' }, 'the web identity of the profile "ci"', 'new token'],
    [
      { kind: 'process', profile: 'dev', program: 'vault' },
      'the program vault that the profile "dev" names',
      'Sign in again with vault',
    ],
    [{ kind: 'cloudshell' }, 'CloudShell', 'new CloudShell tab'],
    [{ kind: 'container' }, 'the container (AWS_CONTAINER_CREDENTIALS_...)', 'container'],
    [{ kind: 'instance' }, 'the EC2 instance', 'Wait a few minutes'],
  ])('is said, and how to renew it: %j', (signIn, words, advice) => {
    expect(describeSignIn(signIn)).toBe(words);
    expect(describeSignIn({ ...signIn, wanted: 'admin' })).toBe(
      `a role that the profile "admin" names, through ${words}`,
    );
    expect(getRenewalAdvice(signIn)).toContain(advice);
  });

  it('is said plainly where the profile itself holds them', () => {
    expect(describeSignIn({ kind: 'keys', profile: 'dev', wanted: 'dev' })).toBe(
      'the access key in the profile "dev"',
    );
  });

  it('names three ways where it is not known', () => {
    expect(getRenewalAdvice(undefined)).toMatch(/aws login.*aws sso login.*CloudShell/);
  });

  it.each([
    [undefined, ''],
    ['default', ''],
    ['dev', ' --profile dev'],
    ["o'brien", String.raw` --profile 'o'\''brien'`],
  ])('is named in commands: %s', (profile, option) => {
    expect(formatProfileOption(profile)).toBe(option);
  });

  it.each([
    ['/opt/bin/vault export --token hush', 'vault'],
    ['"C:\\Program Files\\vault.exe" export', 'vault.exe'],
    ["'/opt/my tools/keys' x", 'keys'],
    ['  aws-vault exec dev', 'aws-vault'],
    ['', 'a program'],
  ])('is a program without its arguments, which may be secret: %s', (command, name) => {
    expect(readProgramName(command)).toBe(name);
  });

  it('is noted on an error once, and read again', () => {
    const error = new Error('over');
    expect(noteSignIn(error, { kind: 'login' })).toBe(error);
    noteSignIn(error, { kind: 'sso' });
    expect(getNotedSignIn(error)).toEqual({ kind: 'login' });
    expect(noteSignIn('no error', { kind: 'login' })).toBe('no error');
    expect(getNotedSignIn(noteSignIn(new Error('x'), undefined) as Error)).toBeUndefined();
    for (const other of [null, 'login', {}, { kind: 'nothing' }])
      expect(getNotedSignIn(Object.assign(new Error('x'), { signIn: other }))).toBeUndefined();
  });
});
