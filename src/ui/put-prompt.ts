import { Back, Leave } from '../dialogue.ts';
import type { Question } from '../question.ts';
import type { Put } from './asking.ts';
import { clean } from '../clean.ts';
import type { Theme } from './theme.ts';
import { gestures } from './prompt-input.ts';
import { answerInWords, promptFor } from './prompt-questions.ts';
import { endable, type Input, type Output } from './streams.ts';

const HELP = 'Esc goes back, Ctrl-C stops here: what is done is kept.';

/** Where prompts are put. */
export type Setting = {
  stdin: Input;
  stdout: Output;
  write: (text: string) => void;
  theme: Theme;
  /** Whether there is room for words of help: below a code every row counts. */
  roomForHelp: () => boolean;
};

const helpLines = (question: Question, first: boolean): string[] => [
  ...(first ? [HELP] : []),
  ...(question.help === undefined ? [] : [clean(question.help)]),
];

/** Puts one prompt; rejects with the reason when the signal aborts, or when the owner makes a gesture of their own. */
const putPrompt = async (
  question: Question,
  signal: AbortSignal,
  { stdin, stdout, write }: Setting,
): Promise<unknown> => {
  const prompts = await import('@inquirer/prompts');
  const pending = new AbortController();
  const withdrawn = () => pending.abort(signal.reason);
  signal.addEventListener('abort', withdrawn, { once: true });
  if (signal.aborted) withdrawn();
  const ignore = gestures(stdin, (gesture) =>
    pending.abort(gesture === 'back' ? new Back() : new Leave(gesture)),
  );
  try {
    return await promptFor(prompts, question, {
      input: stdin,
      output: endable(stdout, write),
      signal: pending.signal,
    });
  } catch (error) {
    if (pending.signal.aborted) throw pending.signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new Leave();
    throw error;
  } finally {
    ignore();
    signal.removeEventListener('abort', withdrawn);
  }
};

/** Puts questions as prompts, and leaves one line of each that was answered. */
export const promptQuestions = (setting: Setting): Put => {
  const { write, theme, roomForHelp } = setting;
  let helped = false;
  return async (question, _name, { signal }) => {
    const help = roomForHelp() ? helpLines(question, !helped) : [];
    helped ||= help.length > 0;
    for (const line of help) write(`${theme.paint('dim', line)}\n`);
    const value = await putPrompt(question, signal, setting);
    const answer = answerInWords(question, value);
    const done = `${theme.paint('good', theme.signs.met)} ${clean(question.message)} ${theme.paint('accent', answer)}`;
    if (answer !== '') write(`${done}\n`);
    return value;
  };
};
