import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What comes from a client of the SDK, or from one of ours for a service that answers in JSON. */
const importing = /import \{([^}]*)\} from '(?:@aws-sdk\/client-|[./\w]*\/json\/)([\w-]+?)(?:\.ts)?'/g;

/** A command that is made, or a paginator, which makes the commands itself. */
const sent = /\b(?:(\w+)Command|paginate(\w+))\b/g;

const operationsIn = (source: string): readonly string[] =>
  [...source.matchAll(importing)].flatMap(([, names = '', service]) =>
    [...names.matchAll(sent)]
      .filter(([name, command]) => command === undefined || source.includes(`new ${name}(`))
      .map(([, command, paginated]) => `${service?.replaceAll('-', '')}:${command ?? paginated}`),
  );

/** Every operation that the program can send: the commands that its source makes, outside the practice account. */
export const operationsOfTheProgram = async (): Promise<readonly string[]> => {
  const root = new URL('../../src', import.meta.url).pathname;
  const files = await readdir(root, { recursive: true });
  const program = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('practice/'));
  const sources = await Promise.all(program.map((file) => readFile(join(root, file), 'utf8')));
  return [...new Set(sources.flatMap(operationsIn))].toSorted();
};
