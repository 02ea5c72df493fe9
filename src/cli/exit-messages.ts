import { sanitize } from '../lib/sanitize.ts';
import type { CliOptions } from './command-line.ts';
import type { UserError } from '../lib/user-error.ts';
import { issuesUrl } from '../lib/project-links.ts';
import { createResumeCommands } from './resume-command.ts';

const joinLines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** The text for an error that ends the run: the sentence, and below it, indented, what to do. */
export const formatUserError = ({ message, nextSteps }: UserError): string =>
  joinLines([sanitize(message), ...nextSteps.map((one) => `  ${sanitize(one)}`)]);

/** What is written when the owner has stopped the run; `progress` says how far it had come: `2 of 8 steps`. */
export const formatStopMessage = (options: CliOptions, progress?: string): string =>
  joinLines([
    `Stopped. What is done is kept${progress === undefined ? '' : `: ${progress}`}. To go on: ${createResumeCommands(options).resumeSetup}`,
  ]);

/** Enough of a stack trace to find the bug. */
const maxStackLines = 20;

/** The text when a bug of this program ends the run. Error messages may quote untrusted text. */
export const formatBugReport = (error: unknown): string => {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return joinLines([
    'This is a mistake in aws-first-steps, not yours. What is done is kept. To check the account: npx aws-first-steps verify',
    `Please report it at ${issuesUrl} with the lines below, unless they hold something private:`,
    ...what
      .split('\n')
      .slice(0, maxStackLines)
      // Indented, so that no line of an error message can pass for one of the program's own.
      .map((line) => `  ${sanitize(line)}`),
  ]);
};
