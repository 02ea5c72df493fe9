import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { anyText } from '../../_support/any-text.ts';

/** Where `content` can be cut off: after each byte but the last. */
export const cuts = (content: Buffer): readonly number[] => [...content.keys()];

/** `content` cut off after so many bytes. */
export const cutOff = (content: Buffer, length: number): Buffer => content.subarray(0, length);

/** The numbers of all bits of `content`. */
export const bits = (content: Buffer): readonly number[] =>
  Array.from({ length: content.length * 8 }, (_, bit) => bit);

/** `content` with one bit turned round. */
export const flipped = (content: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(content);
  const byte = Math.floor(bit / 8);
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit % 8));
  return copy;
};

type Path = readonly (string | number)[];

const placesIn = (value: unknown, path: Path = []): readonly Path[] => {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...below.flatMap(([name, one]) => placesIn(one, [...path, name]))];
};

const replaced = (value: unknown, [name, ...rest]: Path, by: unknown): unknown => {
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => (String(index) === name ? replaced(one, rest, by) : one));
  }
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(entries.map(([key, one]) => [key, key === name ? replaced(one, rest, by) : one]));
};

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  anyText(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('', '__proto__', '\u001B[2J', '2026-13-45T00:00:00Z', 1e308, -1, 2 ** 53, 'x'.repeat(5000)),
);

/** What holds JSON with anything else in the place of one of its values, as text. */
export const withOddValues = (content: object): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...placesIn(content)), odd)
    .map(([path, value]) => JSON.stringify(replaced(content, path, value)));

/** One of the cases, of which there may be more than fit into a call's arguments. */
export const oneOf = (cases: readonly number[]): fc.Arbitrary<number> =>
  fc.nat({ max: cases.length - 1 }).map((index) => cases[index] ?? 0);

/** Any bytes at all, and any JSON. */
export const anything: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json(),
);

const huge = 32 * 1024 * 1024;

/** What can stand where a file should be, by name; made at `path`, with `elsewhere` outside of its folder. */
export const obstacles: readonly [string, (path: string, elsewhere: string) => Promise<unknown> | void][] = [
  ['a folder', (path) => mkdir(path)],
  ['a full folder', (path) => mkdir(join(path, 'below'), { recursive: true })],
  ['a link to a file', (path, elsewhere) => symlink(elsewhere, path)],
  ['a link to a folder', (path) => symlink('/', path)],
  ['a link to nothing', (path) => symlink('/nowhere/at/all', path)],
  ['a link to itself', (path) => symlink(path, path)],
  ['a link to an endless file', (path) => symlink('/dev/zero', path)],
  ['a link to a full disk', (path) => symlink('/dev/full', path)],
  ['a pipe', (path) => void execFileSync('mkfifo', [path])],
  ['a huge file', (path) => writeFile(path, Buffer.alloc(huge, ' '))],
  ['a huge line', (path) => writeFile(path, `{"version":1,"padding":"${'x'.repeat(huge)}"}\n`)],
  ['a huge hole', (path) => writeFile(path, '').then(() => truncate(path, 2 * huge))],
];

/** Whether these bytes are in a file of the folder, whatever it is called now. */
export const isKept = async (folder: string, content: Buffer | string): Promise<boolean> => {
  const wanted = Buffer.from(content);
  for (const name of await readdir(folder)) {
    if (wanted.equals(await readFile(join(folder, name)))) return true;
  }
  return false;
};
