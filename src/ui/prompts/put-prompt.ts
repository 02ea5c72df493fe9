import { BackError, ExitError } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import type { PresentQuestion } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { wrapWithHangingIndent } from '../shared/hanging-indent.ts';
import type { Theme } from '../shared/theme.ts';
import { listenForGestures } from './input.ts';
import { formatPromptAnswer, describeExpectedAnswer, openInquirerPrompt } from './questions.ts';
import { createEndableStream, type InputStream, type OutputStream } from '../shared/streams.ts';

const formatExitHelp = ({ cannotGoBack }: Question): string =>
  `(${cannotGoBack ? '' : 'Esc goes back, '}Ctrl-C stops here: what is done is kept.)`;

/** Where prompts are put. */
export type PromptConsole = {
  stdin: InputStream;
  stdout: OutputStream;
  write: (text: string) => void;
  columns: () => number;
  theme: Theme;
  /** Whether there is room for words of help: below a code every row counts. */
  hasRoomForHelp: () => boolean;
};

/** The rows of a question, its help below it, and last what is expected. The prompt puts a sign before the first. */
const formatPromptMessage = (
  question: Question,
  help: string | undefined,
  { columns, theme }: PromptConsole,
): string => {
  const expected = describeExpectedAnswer(question);
  const lines = [
    sanitize(question.message),
    ...(help === undefined ? [] : [theme.paint('dim', sanitize(help))]),
  ];
  return lines
    .map((line, index) => (expected !== '' && index === lines.length - 1 ? `${line} (${expected})` : line))
    .map((line) => wrapWithHangingIndent(`  ${line}`, columns()))
    .join('\n')
    .trimStart();
};

/** Puts one prompt; rejects with the reason when the signal aborts, or when the owner makes a gesture of their own. */
const runPrompt = async (
  question: Question,
  words: string,
  signal: AbortSignal,
  { stdin, stdout, write }: PromptConsole,
): Promise<unknown> => {
  const prompts = await import('@inquirer/prompts');
  const pending = new AbortController();
  const withdrawn = () => pending.abort(signal.reason);
  signal.addEventListener('abort', withdrawn, { once: true });
  if (signal.aborted) withdrawn();
  const ignore = listenForGestures(stdin, (gesture) =>
    pending.abort(gesture === 'back' ? new BackError() : new ExitError(gesture)),
  );
  try {
    return await openInquirerPrompt(prompts, question, words, {
      input: stdin,
      output: createEndableStream(stdout, write),
      signal: pending.signal,
    });
  } catch (error) {
    if (pending.signal.aborted) throw pending.signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitError();
    throw error;
  } finally {
    ignore();
    signal.removeEventListener('abort', withdrawn);
  }
};

/**
 * Puts questions as prompts, and leaves one line of each that was answered. How to get out is said once, and so is
 * the help of a question; both again after `remind`.
 */
export const createPromptPresenter = (
  setting: PromptConsole,
): { put: PresentQuestion; remind: () => void } => {
  const { write, columns, theme, hasRoomForHelp } = setting;
  const waysOut = new Set<string>();
  const helped = new Set<string>();
  const put: PresentQuestion = async (question, name, { signal }) => {
    const out = formatExitHelp(question);
    const helps = hasRoomForHelp();
    if (helps && !waysOut.has(out)) write(`${wrapWithHangingIndent(theme.paint('dim', out), columns())}\n`);
    const help = helps && !helped.has(name) ? question.help : undefined;
    if (helps) {
      waysOut.add(out);
      helped.add(name);
    }
    const value = await runPrompt(question, formatPromptMessage(question, help, setting), signal, setting);
    const answer = formatPromptAnswer(question, value);
    const done = `${theme.paint('good', theme.signs.done)} ${sanitize(question.message)} ${theme.paint('accent', answer)}`;
    if (answer !== '') write(`${wrapWithHangingIndent(done, columns())}\n`);
    return value;
  };
  return {
    put,
    remind: () => {
      waysOut.clear();
      helped.clear();
    },
  };
};
