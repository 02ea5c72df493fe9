import { clean } from './clean.ts';
import type { Request } from './command-line.ts';
import type { Problem } from './problem.ts';

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** What is written when a problem ends the run: the sentence, and indented below it what can be done. */
export const problemInWords = ({ message, next }: Problem): string =>
  lines([clean(message), ...next.map((one) => `  ${clean(one)}`)]);

/** The command that goes on where a run stopped. */
const wayBack = ({ practice, profile, home }: Request): string =>
  [
    'npx aws-first-steps',
    ...(practice ? ['--practice'] : []),
    ...(profile ? ['--profile', clean(profile)] : []),
    ...(home ? ['--home', clean(home)] : []),
  ].join(' ');

/** What is written when the owner has stopped the run. */
export const stopInWords = (request: Request): string =>
  lines([`Stopped. What is done is kept. To go on: ${wayBack(request)}`]);

/** So many lines of a stack tell where a mistake is. */
const stackLines = 20;

/** What is written when a run ends by a mistake of this program. Errors quote what came from elsewhere. */
export const bugInWords = (error: unknown): string => {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return lines([
    'This is a mistake in aws-first-steps, not yours. What was done is kept; the account can be looked at with "verify".',
    'Please report it, with the lines below, if they hold nothing private:',
    ...what
      .split('\n')
      .slice(0, stackLines)
      // Set in, so that no line of a message from elsewhere passes for one of ours.
      .map((line) => `  ${clean(line)}`),
  ]);
};
