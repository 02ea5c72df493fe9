import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allSteps } from '../src/steps/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The rooms of `src`, from the ground up: each may use those before it, never those after it. */
const rooms = [
  'lib',
  'aws',
  'core',
  'state',
  'steps',
  'practice',
  'ui',
  'report',
  'run',
  'commands',
  'cli',
] as const;

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

const imports = new Map(src.map((source) => [source.file, importsOf(source)]));

const roomOf = (file: string): string => file.split('/')[1] ?? '';
const floorOf = (file: string): number => rooms.findIndex((room) => room === roomOf(file));

/** The first circle of imports that leads from `file` back to it, if there is one. */
const circleThrough = (file: string): readonly string[] | undefined => {
  const seen = new Set<string>();
  const follow = (at: string, way: readonly string[]): readonly string[] | undefined => {
    for (const { of } of imports.get(at) ?? []) {
      if (of === file) return [...way, of];
      if (seen.has(of)) continue;
      seen.add(of);
      const circle = follow(of, [...way, of]);
      if (circle) return circle;
    }
    return undefined;
  };
  return follow(file, [file]);
};

/** What the order of rooms alone would allow, and must not be: the sources in `within` never import `forbidden`. */
type Rule = { name: string; within: RegExp; forbidden: RegExp; typesAllowed?: boolean };

const rules: Rule[] = [
  { name: 'front ends do not talk to AWS', within: /^src\/ui\//, forbidden: /^(?:src\/aws\/|@aws-sdk\/)/ },
  { name: 'front ends do not know the steps', within: /^src\/ui\//, forbidden: /^src\/steps\// },
  {
    name: 'front ends do not know the practice account',
    within: /^src\/ui\//,
    forbidden: /^src\/practice\//,
  },
  { name: 'front ends keep nothing', within: /^src\/ui\//, forbidden: /^src\/state\// },
  {
    name: 'the practice account knows the clock, how files are written, the services and their operations, and nothing else of the program',
    within: /^src\/practice\//,
    forbidden: /^src\/(?!practice\/|lib\/(?:clock|write-file)\.ts$|aws\/(?:services|operation-name)\.ts$)/,
  },
  {
    name: 'reports do not talk to AWS',
    within: /^src\/report\//,
    forbidden: /^(?:src\/(?:aws|steps|practice|ui)\/|@aws-sdk\/)/,
    typesAllowed: true,
  },
  {
    name: 'what runs a step knows no particular step',
    within: /^src\/(?:core|state|run|report)\//,
    forbidden: /^src\/steps\//,
  },
  {
    name: 'only the command line knows that there is a practice account',
    within: /^src\/(?!practice\/|cli\/)/,
    forbidden: /^src\/practice\//,
  },
];

/** The lines of `sources` that match, with their places. */
const places = (sources: readonly Source[], pattern: RegExp) =>
  sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );

describe('the source', () => {
  it('lies in the rooms, and nowhere else', () => {
    expect(src.map(({ file }) => file).filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  it('imports downwards only, types included', () => {
    const upwards = src.flatMap(({ file }) =>
      (imports.get(file) ?? [])
        .filter(({ of }) => of.startsWith('src/') && floorOf(of) > floorOf(file))
        .map(({ of }) => `${file} imports ${of}`),
    );
    expect(upwards).toEqual([]);
  });

  it('is described room by room, in their order, in docs/architecture.md', () => {
    const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
    const headings = [...text.matchAll(/^## `src\/(?<room>[a-z]+)\/`$/gmu)].map(
      ({ groups }) => groups?.['room'],
    );
    expect(headings).toEqual(rooms);
  });

  it('has no circle of imports, types included', () => {
    const circles = src.flatMap(({ file }) => circleThrough(file)?.join(' > ') ?? []);
    expect(circles).toEqual([]);
  });

  it.each(rules)('keeps the rule: $name', ({ within, forbidden, typesAllowed = false }) => {
    const broken = src
      .filter(({ file }) => within.test(file))
      .flatMap(({ file }) =>
        (imports.get(file) ?? [])
          .filter(({ of, typeOnly }) => forbidden.test(of) && !(typesAllowed && typeOnly))
          .map(({ of }) => `${file} imports ${of}`),
      );
    expect(broken).toEqual([]);
  });

  it('writes to the terminal only in front ends and in main', () => {
    const others = src.filter(({ file }) => !file.startsWith('src/ui/') && file !== 'src/cli/main.ts');
    expect(places(others, /\bconsole\.[a-z]+\(/)).toEqual([]);
  });

  it("names the program's own questions with ownQuestion, and steps never do", () => {
    const isStep = ({ file }: Source) => file.startsWith('src/steps/');
    const others = src.filter((source) => !isStep(source) && source.file !== 'src/run/interview.ts');
    expect(places(others, /\bask(?:Until)?\(.*, ['"`]/)).toEqual([]);
    expect(places(src.filter(isStep), /ownQuestion|wizard\//)).toEqual([]);
  });

  it('knows no step by its id where any step is run or reported', () => {
    // What the owner is sent to do elsewhere has names of its own, and some of them are those of steps.
    const others = src.filter(
      ({ file }) => /^src\/(?:core|run|commands|report)\//.test(file) && file !== 'src/core/dialogue.ts',
    );
    const ids = allSteps.map(({ id }) => id).join('|');
    expect(places(others, new RegExp(`['"\`](?:${ids})['"\`]`))).toEqual([]);
  });

  it('ends the process only in main', () => {
    const others = src.filter(({ file }) => file !== 'src/cli/main.ts');
    expect(places(others, /\bprocess\.exit(?:Code)?\b/)).toEqual([]);
  });
});

describe('the tests', () => {
  it('replace no module of ours', () => {
    expect(places(test, /\bvi\.(?:mock|doMock|stubGlobal)\(/)).toEqual([]);
  });

  it('keep what is no test in _support', () => {
    const strays = test
      .map(({ file }) => file)
      .filter((file) => !/\.test\.tsx?$/.test(file) && !file.includes('/_support/'));
    expect(strays).toEqual([]);
  });
});
