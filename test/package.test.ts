import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import * as v from 'valibot';

const fromRoot = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../${name}`, import.meta.url), 'utf8'));

const Lock = v.object({ packages: v.record(v.string(), v.object({ license: v.optional(v.string()) })) });

const Packed = v.tuple([v.object({ files: v.array(v.object({ path: v.string() })) })]);

const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
]);

type Exception = { packages: RegExp; license: string | undefined; because: string };

const exceptions: Exception[] = [
  {
    packages: /^qrcode-terminal$/,
    license: undefined,
    because: 'it states Apache-2.0, in an old field that npm does not keep in the lock file',
  },
  { packages: /^type-fest$/, license: '(MIT OR CC0-1.0)', because: 'both are allowed' },
  {
    packages: /^lightningcss/,
    license: 'MPL-2.0',
    because: 'it is a part of the test runner and is not shipped',
  },
  {
    packages: /^caniuse-lite$/,
    license: 'CC-BY-4.0',
    because:
      'it is data below the parser of Stryker, which only the tests of the tests use, and is not shipped',
  },
];

const thirdParties = async () => {
  const { packages } = v.parse(Lock, await fromRoot('package-lock.json'));
  return Object.entries(packages).map(([folder, { license }]) => ({
    name: folder.replace(/^.*node_modules\//, ''),
    license,
  }));
};

const excuses = (exception: Exception, { name, license }: { name: string; license?: string | undefined }) =>
  exception.packages.test(name) && exception.license === license;

it('rests only on packages whose licences allow it to be given on', async () => {
  const refused = (await thirdParties()).filter(
    (one) => !allowed.has(one.license ?? '') && !exceptions.some((exception) => excuses(exception, one)),
  );
  expect(refused).toEqual([]);
});

it('makes no exception that nothing needs any more', async () => {
  const all = await thirdParties();
  expect(exceptions.filter((exception) => !all.some((one) => excuses(exception, one)))).toEqual([]);
});

it('needs no other package once it is built', async () => {
  expect(await fromRoot('package.json')).not.toHaveProperty('dependencies');
});

it('is published with nothing but the program and its papers', async () => {
  const root = new URL('..', import.meta.url);
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const [{ files }] = v.parse(Packed, JSON.parse(stdout));
  const names = files.map(({ path }) => path);
  expect(names).toEqual(
    expect.arrayContaining([
      'package.json',
      'LICENSE',
      'bin/package.json',
      'bin/aws-first-steps.js',
      'bin/start.js',
    ]),
  );
  const expected =
    /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|THIRD-PARTY-NOTICES|bin\/(?:[^/]+\.js|package\.json)|dist\/.+\.(?:js|LEGAL\.txt))$/;
  expect(names.filter((name) => !expected.test(name))).toEqual([]);
});

it('begins with a file that every Node since version 4 can read, so that an old one can say what it needs', async () => {
  const text = await readFile(new URL('../bin/aws-first-steps.js', import.meta.url), 'utf8');
  const translate = async (target: string) => (await transform(text, { target })).code;
  expect(await translate('es5')).toBe(await translate('esnext'));
  expect(text).not.toMatch(/\bimport\b[ (]/);
  expect(await fromRoot('bin/package.json')).toEqual({ type: 'commonjs' });
});
