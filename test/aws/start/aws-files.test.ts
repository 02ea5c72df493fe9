import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeMisspelledHeader,
  findMisspelledHeader,
  fromSdkName,
  listProfiles,
  readAwsFiles,
  toSdkName,
  type AwsFiles,
} from '../../../src/aws/start/aws-files.ts';
import { temporaryFolder } from '../../_support/temporary-folder.ts';

type Content = string | Buffer;

const read = async ({
  config,
  credentials,
}: {
  config?: Content;
  credentials?: Content;
}): Promise<AwsFiles> => {
  const folder = await temporaryFolder();
  if (config !== undefined) await writeFile(join(folder, 'config'), config);
  if (credentials !== undefined) await writeFile(join(folder, 'credentials'), credentials);
  return readAwsFiles({
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  });
};

const readAt = (path: string) => readAwsFiles({ AWS_CONFIG_FILE: path }).config;

describe('the name of a profile for the SDK', () => {
  it('is the same where the SDK can read it, and otherwise written with percent signs', () => {
    expect(toSdkName('dev-1_a@b.c:d/e+f')).toBe('dev-1_a@b.c:d/e+f');
    expect(toSdkName('my work')).toBe('my%20work');
    expect(toSdkName("a!'()*~")).toBe('a%21%27%28%29%2A%7E');
  });

  it('is one that the SDK can read, and leads back to what the owner wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        expect(toSdkName(name)).toMatch(/^[\w@+.:/%-]+$/);
        expect(fromSdkName(toSdkName(name))).toBe(name);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a file of profiles', () => {
  it('is not there, which is no problem', async () => {
    const path = join(await temporaryFolder(), 'config');
    expect(readAt(path)).toEqual({ kind: 'config', path, exists: false, headers: [] });
  });

  it.each<[string, RegExp, (path: string) => Promise<unknown>]>([
    ['a folder', /^is a folder\.$/, (path) => mkdir(path)],
    ['a link to itself', /leads back to itself/, (path) => symlink(path, path)],
  ])('that is %s is there, and cannot be used', async (_, problem, make) => {
    const path = join(await temporaryFolder(), 'config');
    await make(path);
    expect(readAt(path)).toMatchObject({
      exists: true,
      problem: expect.stringMatching(problem),
      headers: [],
    });
  });

  it('below a file cannot be used', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    expect(readAt(join(path, 'config')).problem).toMatch(/a part of its path is a file/);
  });

  it.each<[string, Content, RegExp | undefined]>([
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x5b, 0x00]), /UTF-16/],
    ['UTF-16 of the other kind', Buffer.from([0xfe, 0xff, 0x00, 0x5b]), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from('[default]', 'utf16le'), /UTF-16/],
    ['text that begins with one sign of a mark', Buffer.from([0xfe, 0x0a, 0x5b, 0x61, 0x5d]), undefined],
    ['export lines', 'export AWS_ACCESS_KEY_ID=AKIA\n', /shell commands/],
    ['set lines of Windows', 'set AWS_ACCESS_KEY_ID=AKIA\n', /shell commands/],
    ['lines of PowerShell', '# mine\n  $env:AWS_ACCESS_KEY_ID="AKIA"\n', /shell commands/],
    ['keys only', 'aws_access_key_id = AKIA\n', /its first line must be \[default\]/],
    ['comments only', '# one\n  ; two\n\n', undefined],
    ['nothing', '', undefined],
    ['a profile and export lines', '[default]\nexport AWS_ACCESS_KEY_ID=AKIA\n', undefined],
  ])('is judged by what is in it: %s', async (_, credentials, problem) => {
    const said = (await read({ credentials })).credentials.problem;
    if (problem === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(problem);
  });

  it('has the headers of its lines, without comments', async () => {
    const { config } = await read({
      config: '[default] # mine\n; [no]\n#[no]\n[profile a#b]\n [profile c] ;x\n',
    });
    expect(config.headers).toEqual(['default', 'profile a#b', 'profile c']);
  });
});

describe('the profiles', () => {
  it('are those of both files, each once, and nothing that is no profile', async () => {
    const files = await read({
      config:
        '[default]\n[profile dev]\n[profile "my work"]\n[other]\n[sso-session x]\n[services y]\n[profile]\n[profile a b]\n[ profile c]\n[profile ""]\n',
      credentials: '[dev]\n[prod]\n[ blank ]\n[my home]\n',
    });
    expect(listProfiles(files)).toEqual(['default', 'dev', 'my work', 'prod', 'my home']);
  });

  it.each([
    ['dev', { config: '[dev]\n' }, /config has \[dev\].*write \[profile dev\]/],
    ['dev', { config: '[profile Dev]\n' }, /config has \[profile Dev\].*write \[profile dev\]/],
    ['dev', { credentials: '[profile dev]\n' }, /credentials has \[profile dev\].*write \[dev\]/],
    ['default', { config: '[Default]\n' }, /config has \[Default\].*write \[default\]/],
    ['my work', { config: '[profile my work]\n' }, /write \[profile my work\]/],
  ])('are missed where "%s" is misspelled: %j', async (profile, contents, words) => {
    const found = findMisspelledHeader(await read(contents), profile);
    expect(found && describeMisspelledHeader(found, profile)).toMatch(words);
  });

  it.each([
    ['dev', { config: '[profile dev]\n' }],
    ['dev', { credentials: '[dev]\n' }],
    ['dev', { config: '[profile prod]\n[devel]\n' }],
  ])('are not missed where "%s" is written right, or another one: %j', async (profile, contents) => {
    expect(findMisspelledHeader(await read(contents), profile)).toBeUndefined();
  });
});
