import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { checkStep } from '../../src/run/check.ts';
import { formatBugReport } from '../../src/cli/exit-messages.ts';
import { issuesUrl } from '../../src/lib/project-links.ts';
import { startPracticeRun, openSession, findStep } from '../_support/practice-run.ts';

const root = new URL('../..', import.meta.url);

const Manifest = v.object({
  repository: v.string(),
  homepage: v.string(),
  bugs: v.object({ url: v.string() }),
});

const manifest = async () =>
  v.parse(Manifest, JSON.parse(await readFile(new URL('package.json', root), 'utf8')));

const sources = async (): Promise<readonly string[]> => {
  const names = await readdir(new URL('src', root), { recursive: true });
  return Promise.all(
    names
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFile(new URL(`src/${name}`, root), 'utf8')),
  );
};

const howToChange = [
  'repository, homepage and bugs.url in package.json must name the same GitHub repository. Change all of them with:',
  'npm pkg set repository=github:OWNER/NAME homepage=https://github.com/OWNER/NAME#readme bugs.url=https://github.com/OWNER/NAME/issues',
].join('\n');

describe('the address of the project', () => {
  it('is the same in all fields of package.json', async () => {
    const { repository, homepage, bugs } = await manifest();
    const [, name] = /^github:([\w.-]+\/[\w.-]+)$/.exec(repository) ?? [];
    expect({ repository, homepage, issues: bugs.url }, howToChange).toEqual({
      repository: `github:${name}`,
      homepage: `https://github.com/${name}#readme`,
      issues: `https://github.com/${name}/issues`,
    });
  });

  it('is in package.json and nowhere in the source', async () => {
    const { repository } = await manifest();
    const name = repository.replace('github:', '');
    expect((await sources()).filter((text) => text.includes(name))).toEqual([]);
  });
});

describe('a mistake of the program', () => {
  it('is reported at the address in package.json', async () => {
    expect(issuesUrl).toBe((await manifest()).bugs.url);
  });

  it('ends the run with the address to report it at', () => {
    expect(formatBugReport(new Error('oops'))).toContain(`report it at ${issuesUrl} `);
  });

  it('in the check of one step names the address to report it at', async () => {
    const practiceRun = await startPracticeRun();
    const broken = { ...findStep('budget'), check: () => Promise.reject(new Error('oops')) };
    const { finding } = await checkStep(broken, await openSession(practiceRun));
    expect(finding.remedy).toContain(`report it at ${issuesUrl} `);
  });

  it('is never reported without an address', async () => {
    const sentences = (await sources()).flatMap(
      (text) => text.match(/\breport (?:it|this)\b.{0,20}/gi) ?? [],
    );
    expect(sentences).toHaveLength(2);
    for (const sentence of sentences) expect(sentence).toContain(' at ${issuesUrl}');
  });
});
