import { BackError, ExitError } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import type { Put } from '../shared/asking.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { folded } from '../shared/folded.ts';
import type { Theme } from '../shared/theme.ts';
import { gestures } from './input.ts';
import { answerInWords, expectedOf, promptFor } from './questions.ts';
import { endable, type Input, type Output } from '../shared/streams.ts';

const wayOut = ({ cannotGoBack }: Question): string =>
  `(${cannotGoBack ? '' : 'Esc goes back, '}Ctrl-C stops here: what is done is kept.)`;

/** Where prompts are put. */
export type Setting = {
  stdin: Input;
  stdout: Output;
  write: (text: string) => void;
  columns: () => number;
  theme: Theme;
  /** Whether there is room for words of help: below a code every row counts. */
  roomForHelp: () => boolean;
};

/** The rows of a question, its help below it, and last what is expected. The prompt puts a sign before the first. */
const wordsOf = (question: Question, help: string | undefined, { columns, theme }: Setting): string => {
  const expected = expectedOf(question);
  const lines = [
    sanitize(question.message),
    ...(help === undefined ? [] : [theme.paint('dim', sanitize(help))]),
  ];
  return lines
    .map((line, index) => (expected !== '' && index === lines.length - 1 ? `${line} (${expected})` : line))
    .map((line) => folded(`  ${line}`, columns()))
    .join('\n')
    .trimStart();
};

/** Puts one prompt; rejects with the reason when the signal aborts, or when the owner makes a gesture of their own. */
const putPrompt = async (
  question: Question,
  words: string,
  signal: AbortSignal,
  { stdin, stdout, write }: Setting,
): Promise<unknown> => {
  const prompts = await import('@inquirer/prompts');
  const pending = new AbortController();
  const withdrawn = () => pending.abort(signal.reason);
  signal.addEventListener('abort', withdrawn, { once: true });
  if (signal.aborted) withdrawn();
  const ignore = gestures(stdin, (gesture) =>
    pending.abort(gesture === 'back' ? new BackError() : new ExitError(gesture)),
  );
  try {
    return await promptFor(prompts, question, words, {
      input: stdin,
      output: endable(stdout, write),
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
export const promptQuestions = (setting: Setting): { put: Put; remind: () => void } => {
  const { write, columns, theme, roomForHelp } = setting;
  const waysOut = new Set<string>();
  const helped = new Set<string>();
  const put: Put = async (question, name, { signal }) => {
    const out = wayOut(question);
    const helps = roomForHelp();
    if (helps && !waysOut.has(out)) write(`${folded(theme.paint('dim', out), columns())}\n`);
    const help = helps && !helped.has(name) ? question.help : undefined;
    if (helps) {
      waysOut.add(out);
      helped.add(name);
    }
    const value = await putPrompt(question, wordsOf(question, help, setting), signal, setting);
    const answer = answerInWords(question, value);
    const done = `${theme.paint('good', theme.signs.met)} ${sanitize(question.message)} ${theme.paint('accent', answer)}`;
    if (answer !== '') write(`${folded(done, columns())}\n`);
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
