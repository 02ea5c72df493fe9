import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const importing =
  /import \{([^}]*)\} from '(?:@aws-sdk\/client-|[./\w]*\/(?=\w+-client\.ts))([\w-]+)(?:-client\.ts)?'/g;

const operationsIn = (source: string): readonly string[] =>
  [...source.matchAll(importing)].flatMap(([, names = '', service]) =>
    [...names.matchAll(/\b(\w+)Command\b/g)]
      .filter(([command]) => source.includes(`new ${command}(`))
      .map(([, operation]) => `${service?.replaceAll('-', '')}:${operation}`),
  );

/** Every operation that the program can send: the commands that its source makes, outside the practice account. */
export const operationsOfTheProgram = async (): Promise<readonly string[]> => {
  const root = new URL('../../src', import.meta.url).pathname;
  const files = await readdir(root, { recursive: true });
  const program = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('practice/'));
  const sources = await Promise.all(program.map((file) => readFile(join(root, file), 'utf8')));
  return [...new Set(sources.flatMap(operationsIn))].toSorted();
};
