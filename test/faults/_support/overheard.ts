import type { CallPlugin } from '../../../src/aws/clients.ts';
import type { Secrets } from './secret-search.ts';

type Overheard = { whole: string[]; codes: string[] };

const overheard = new Map<string, Overheard>();

/** The secrets that runs with this folder have sent to AWS or got from it, in this process. */
export const overheardIn = (folder: string): Required<Secrets> => ({
  ...(overheard.get(folder) ?? { whole: [], codes: [] }),
  words: [],
});

const note = ({ whole, codes }: Overheard, values: object): void => {
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Uint8Array && name === 'Base32StringSeed') whole.push(Buffer.from(value).toString());
    else if (name === 'Password') whole.push(String(value));
    else if (/^AuthenticationCode\d$/.test(name)) codes.push(String(value));
    else if (name === 'VirtualMFADevice') note({ whole, codes }, Object(value) as object);
  }
};

/** Listens to the calls of a run, for what it may write nowhere into or beside this folder. */
export const overhearing = (folder: string): CallPlugin => {
  const heard = overheard.get(folder) ?? { whole: [], codes: [] };
  overheard.set(folder, heard);
  return async ({ input }, next) => {
    note(heard, input);
    const output = await next();
    note(heard, output);
    return output;
  };
};
