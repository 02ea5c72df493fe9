import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Configuration } from './configurations.ts';

/** Writes the files of a configuration. The environment that it stands for has nothing else of AWS in it. */
export const prepareConfiguration = async ({ config, credentials, env = {} }: Configuration) => {
  const folder = await temporaryFolder();
  const fill = (text: string): string => text.replaceAll('{folder}', folder);
  const write = async (name: string, content: string | Buffer | undefined): Promise<void> => {
    if (content === undefined) return;
    await writeFile(join(folder, name), typeof content === 'string' ? fill(content) : content);
  };
  await Promise.all([write('config', config), write('credentials', credentials)]);
  const settings: Readonly<Record<string, string>> = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_LOGIN_CACHE_DIRECTORY: folder,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
  };
  return { fill, settings };
};
