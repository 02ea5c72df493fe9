import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

type Source = { file: string; text: string };

/** The sources below `folder`, by their paths from the root with slashes on every system. */
const sourcesIn = (folder: string): Source[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

const src = sourcesIn('src');
const test = sourcesIn('test');

type Import = { of: string; typeOnly: boolean };

const statement = /^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<of>[^']+)'/gmu;
const lazy = /\bimport\('(?<of>[^']+)'\)/gu;

/** What `source` imports: packages by their names, own modules by their paths from the root. */
const importsOf = ({ file, text }: Source): Import[] =>
  [...text.matchAll(statement), ...text.matchAll(lazy)].map(({ groups = {} }) => {
    const of = groups['of'] ?? '';
    const target = of.startsWith('.') ? path.posix.join(path.posix.dirname(file), of) : of;
    return { of: target, typeOnly: groups['type'] !== undefined };
  });

/** One rule of the house: what the sources in `within` must not import, except types where `typesAllowed`. */
type Rule = { name: string; within: RegExp; forbidden: RegExp; typesAllowed?: boolean };

const rules: Rule[] = [
  { name: 'steps know no front end', within: /^src\/steps\//, forbidden: /^src\/ui\// },
  {
    name: 'steps do not know that there is a rehearsal',
    within: /^src\/steps\//,
    forbidden: /^src\/practice\//,
  },
  { name: 'front ends do not talk to AWS', within: /^src\/ui\//, forbidden: /^(?:src\/aws\/|@aws-sdk\/)/ },
  {
    name: 'front ends do not run steps',
    within: /^src\/ui\//,
    forbidden: /^src\/steps\//,
    typesAllowed: true,
  },
  {
    name: 'front ends do not know the practice account',
    within: /^src\/ui\//,
    forbidden: /^src\/practice\//,
  },
  {
    name: 'the practice account shares only the clock and the names of operations with the program',
    within: /^src\/practice\//,
    forbidden: /^src\/(?!practice\/|lib\/clock\.ts$|aws\/operation-name\.ts$)/,
  },
  {
    name: 'reports do not talk to AWS',
    within: /^src\/report\//,
    forbidden: /^(?:src\/aws\/|@aws-sdk\/)/,
    typesAllowed: true,
  },
];

/** The lines of `sources` that match, with their places. */
const places = (sources: readonly Source[], pattern: RegExp) =>
  sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );

describe('the house', () => {
  it.each(rules)('$name', ({ within, forbidden, typesAllowed = false }) => {
    const broken = src
      .filter(({ file }) => within.test(file))
      .flatMap((source) =>
        importsOf(source)
          .filter(({ of, typeOnly }) => forbidden.test(of) && !(typesAllowed && typeOnly))
          .map(({ of }) => `${source.file} imports ${of}`),
      );
    expect(broken).toEqual([]);
  });

  it('talks to the terminal only in its front ends', () => {
    const others = src.filter(({ file }) => !file.startsWith('src/ui/') && file !== 'src/cli/main.ts');
    expect(places(others, /\bconsole\.[a-z]+\(/)).toEqual([]);
  });

  it("names the program's own questions with ownQuestion, and steps never do", () => {
    const ofSteps = (file: string) => file.startsWith('src/steps/');
    const plain = src.filter(({ file }) => !ofSteps(file) && file !== 'src/run/interview.ts');
    expect(places(plain, /\bask(?:Until)?\(.*, ['"`]/)).toEqual([]);
    expect(
      places(
        src.filter(({ file }) => ofSteps(file)),
        /ownQuestion|wizard\//,
      ),
    ).toEqual([]);
  });

  it('ends the process only in main', () => {
    const others = src.filter(({ file }) => file !== 'src/cli/main.ts');
    expect(places(others, /\bprocess\.exit(?:Code)?\b/)).toEqual([]);
  });

  it('is tested without replacing its modules', () => {
    expect(places(test, /\bvi\.(?:mock|doMock|stubGlobal)\(/)).toEqual([]);
  });

  it('has no file that is longer than can be read at once', () => {
    const long = src
      .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 200);
    expect(long).toEqual([]);
  });

  it('says of everything that it exports what it is for', () => {
    const silent = src.flatMap(({ file, text }) => {
      const lines = text.split('\n');
      const exported =
        /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|type|interface) (?<name>\w+)/;
      return lines.flatMap((line, index) => {
        const name = exported.exec(line)?.groups?.['name'];
        return name && !lines[index - 1]?.trimEnd().endsWith('*/') ? [`${file}:${index + 1} ${name}`] : [];
      });
    });
    expect(silent).toEqual([]);
  });
});
