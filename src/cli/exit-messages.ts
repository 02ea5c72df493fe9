import { sanitize } from '../lib/sanitize.ts';
import type { CliOptions } from './command-line.ts';
import type { UserError } from '../lib/user-error.ts';
import { issuesUrl } from '../lib/project-links.ts';
import { createResumeCommands } from './resume-command.ts';

const joinLines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** What is written when a problem ends the run: the sentence, and indented below it what can be done. */
export const formatUserError = ({ message, nextSteps }: UserError): string =>
  joinLines([sanitize(message), ...nextSteps.map((one) => `  ${sanitize(one)}`)]);

/** What is written when the owner has stopped the run. */
export const formatStopMessage = (options: CliOptions): string =>
  joinLines([`Stopped. What is done is kept. To go on: ${createResumeCommands(options).resumeSetup}`]);

/** So many lines of a stack tell where a mistake is. */
const maxStackLines = 20;

/** What is written when a run ends by a mistake of this program. Errors quote what came from elsewhere. */
export const formatBugReport = (error: unknown): string => {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return joinLines([
    'This is a mistake in aws-first-steps, not yours. What was done is kept; the account can be looked at with "verify".',
    `Please report it at ${issuesUrl} with the lines below, if they hold nothing private:`,
    ...what
      .split('\n')
      .slice(0, maxStackLines)
      // Set in, so that no line of a message from elsewhere passes for one of ours.
      .map((line) => `  ${sanitize(line)}`),
  ]);
};
