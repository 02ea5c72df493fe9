import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkAnswerNames, type AnswersFile } from '../src/core/answers-file.ts';
import { getRequiredPermissions } from '../src/aws/permissions.ts';
import { allSteps } from '../src/steps/index.ts';
import { createScenarioUser } from '../src/practice/scenarios/scenarios.ts';
import { startPracticeRun, openSession, runScripted } from './_support/practice-run.ts';
import { accountWith } from './_support/practice-worlds.ts';
import { configurations } from './_support/start/configurations.ts';
import { drifts } from './counterparts/_support/drifts/drifts.ts';
import { renderPermissionsPage, renderReliabilityPage, renderStepsPage } from './_support/reference-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')));

const pages = ['.', 'docs', 'src']
  .flatMap(filesIn)
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

const textOf = (name: string): string => pages.find(({ file }) => file === name)?.text ?? '';

const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```|`[^`\n]*`/gm, '');

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (?<title>.+)$/gmu)].map(({ groups }) =>
    (groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const isBroken = (from: string, link: string): boolean => {
  const [target = '', anchor] = link.split('#');
  const to = target === '' ? from : path.posix.join(path.posix.dirname(from), target);
  if (!existsSync(path.join(root, to))) return true;
  return anchor !== undefined && !anchorsIn(textOf(to)).includes(anchor);
};

/** The files of the program that a page names in code: `src/run/consent.ts`, `test/contract/`. */
const namedFilesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`(?<file>(?:src|test|docs|scripts|bin)\/[\w./-]+)`/gu)].map(
    ({ groups }) => groups?.['file'] ?? '',
  );

describe('the documents', () => {
  it('link to files and headings that exist', () => {
    const broken = pages.flatMap(({ file, text }) =>
      [...withoutCode(text).matchAll(/\]\((?<link>[^)\s]+)\)/gu)]
        .map(({ groups }) => groups?.['link'] ?? '')
        .filter((link) => !/^[a-z]+:/u.test(link) && isBroken(file, link))
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('name files that exist', () => {
    // What a reader of docs/add-a-step.md makes is not there before.
    const made = /s3-public-access|s3control/u;
    const missing = pages.flatMap(({ file, text }) =>
      namedFilesIn(text)
        .filter((name) => !made.test(name) && !existsSync(path.join(root, name)))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('show answers files that use the names of steps and questions that exist', () => {
    const examples = ['README.md', 'docs/answers-file.md'].map((file) => {
      const [, json = '{}'] = /```json\n(?<json>[^]*?)```/u.exec(textOf(file)) ?? [];
      return JSON.parse(json) as AnswersFile;
    });
    expect(examples.every((answers) => Object.keys(answers).length > 0)).toBe(true);
    for (const answers of examples) expect(() => checkAnswerNames(answers, allSteps)).not.toThrow();
  });

  it('show an answers file that works in an account where its user exists', async () => {
    const [, json = '{}'] = /```json\n(?<json>[^]*?)```/u.exec(textOf('docs/answers-file.md')) ?? [];
    const scenario = accountWith((world) => world.users.push(createScenarioUser(world, 'jo')));
    const rehearsal = await startPracticeRun({ scenario });
    const { code, said } = await runScripted(rehearsal, { answers: JSON.parse(json) as AnswersFile });
    expect(code, said).toBe(0);
    const jo = rehearsal.practice.snapshot().users.find(({ name }) => name === 'jo');
    expect(jo?.groups).toEqual(['developers']);
  });

  it('keep the README short', () => {
    expect(textOf('README.md').split(/\s+/u).filter(Boolean).length).toBeLessThanOrEqual(900);
  });
});

/** `npm run docs` writes these pages; see package.json. */
describe('the generated documents', () => {
  it('list the steps as they are declared', async () => {
    await expect(renderStepsPage(allSteps)).toMatchFileSnapshot('../docs/steps.md');
  });

  it('list what another client plants, what verify says of it, and how a start ends', async () => {
    const page = renderReliabilityPage(textOf('docs/reliability.md'), drifts, configurations);
    await expect(page).toMatchFileSnapshot('../docs/reliability.md');
  });

  it('list the permissions that verify needs', async () => {
    const rehearsal = await startPracticeRun();
    await openSession(rehearsal);
    const ofSession = [...new Set(rehearsal.practice.log.flatMap(getRequiredPermissions))]
      .filter((action) => action !== 'sts:GetCallerIdentity')
      .toSorted();
    await expect(renderPermissionsPage(allSteps, ofSession)).toMatchFileSnapshot('../docs/permissions.md');
  });
});
