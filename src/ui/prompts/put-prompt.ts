import { BackError, ExitError, type HelpPage } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import type { PresentQuestion } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { wrapWithHangingIndent } from '../shared/hanging-indent.ts';
import type { Theme } from '../shared/theme.ts';
import { findTypedOption, nothingChosenText } from '../shared/type-ahead.ts';
import { createFrameKeeper } from './frame.ts';
import { listenForGestures, listenForTyping } from './input.ts';
import { formatPromptAnswer, describeExpectedAnswer, openInquirerPrompt } from './questions.ts';
import { describeHelp } from '../shared/wording.ts';
import { createEndableStream, type InputStream, type OutputStream } from '../shared/streams.ts';

const formatExitHelp = ({ cannotGoBack }: Question, hasHelp: boolean): string =>
  `(${cannotGoBack ? '' : 'Esc goes back, '}${hasHelp ? '? helps, ' : ''}Ctrl-C stops here: what is done is kept.)`;

export type PromptConsole = {
  stdin: InputStream;
  stdout: OutputStream;
  write: (text: string) => void;
  columns: () => number;
  theme: Theme;
  /** Whether there is room for words of help: below a code every row counts. */
  hasRoomForHelp: () => boolean;
  /** What is shown to those who press a question mark. */
  getHelp: () => HelpPage | undefined;
};

/** Whether a question mark is a key, and nothing that could be typed. */
const isPressed = ({ kind }: Question): boolean => kind !== 'text' && kind !== 'secret';

/** The owner wants to read the help, and then to be asked again. */
class HelpWantedError extends Error {}

/** Pasted text comes with marks around it, so that a line break in it answers nothing. */
const markPastesSequence = '\u001B[?2004h';
const leavePastesSequence = '\u001B[?2004l';

type FrameKeeper = ReturnType<typeof createFrameKeeper>;

/** The rows of a question, its help below it, and last what is expected. The prompt adds a sign before the first. */
const formatPromptMessage = (
  question: Question,
  help: string | undefined,
  { columns, theme }: PromptConsole,
): string => {
  // What Enter does with nothing typed is said even where there is no room for help.
  const emptyAnswer = question.kind === 'secret' && question.pattern.test('') ? question.help : undefined;
  const expected =
    help === undefined && emptyAnswer !== undefined
      ? sanitize(emptyAnswer)
      : describeExpectedAnswer(question);
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

/** Runs one prompt; rejects with the reason when the signal aborts or the owner presses Esc or Ctrl-D. */
const runPrompt = async (
  question: Question,
  text: string,
  signal: AbortSignal,
  { stdin, stdout, write, theme, getHelp }: PromptConsole,
  setFrame: (frame: FrameKeeper | undefined) => void,
): Promise<unknown> => {
  const prompts = await import('@inquirer/prompts');
  const pending = new AbortController();
  const withdraw = () => pending.abort(signal.reason);
  signal.addEventListener('abort', withdraw, { once: true });
  if (signal.aborted) withdraw();
  const stopListening = listenForGestures(stdin, (gesture) => {
    if (gesture !== 'help') pending.abort(gesture === 'back' ? new BackError() : new ExitError(gesture));
    else if (isPressed(question) && getHelp()) pending.abort(new HelpWantedError());
  });
  const frame = createFrameKeeper();
  setFrame(frame);
  if (stdout.isTTY) write(markPastesSequence);
  try {
    const output = createEndableStream(stdout, (drawn) => {
      frame.keep(drawn);
      write(drawn);
    });
    const context = { input: stdin, output, signal: pending.signal };
    return await openInquirerPrompt(prompts, question, text, context, theme);
  } catch (error) {
    if (pending.signal.aborted) throw pending.signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitError();
    throw error;
  } finally {
    setFrame(undefined);
    if (stdout.isTTY) write(leavePastesSequence);
    stopListening();
    signal.removeEventListener('abort', withdraw);
  }
};

const writeHelp = ({ getHelp, write, columns, theme }: PromptConsole): void => {
  const help = getHelp();
  if (!help) return;
  const [title = '', ...lines] = describeHelp(help);
  const text = ['', theme.paint('strong', title), ...lines.map((line) => `  ${line}`), ''];
  write(text.map((line) => `${wrapWithHangingIndent(line, columns())}\n`).join(''));
};

/** Asks again where something was typed that chooses nothing: Enter then took what the cursor happened to stand on. */
const runUntilChosen = async (
  question: Question,
  text: string,
  signal: AbortSignal,
  promptConsole: PromptConsole,
  setFrame: (frame: FrameKeeper | undefined) => void,
): Promise<unknown> => {
  const options = question.kind === 'choice' || question.kind === 'choices' ? question.options : [];
  for (;;) {
    const typing = listenForTyping(promptConsole.stdin);
    try {
      const value = await runPrompt(question, text, signal, promptConsole, setFrame);
      const typed = typing.getTyped();
      if (options.length === 0 || typed === '' || findTypedOption(options, typed) !== undefined) return value;
    } catch (error) {
      if (!(error instanceof HelpWantedError)) throw error;
      writeHelp(promptConsole);
      continue;
    } finally {
      typing.stop();
    }
    promptConsole.write(`${promptConsole.theme.paint('warn', `! ${nothingChosenText}`)}\n`);
  }
};

/**
 * Presents questions as prompts, and leaves one line for each that was answered. The keys to exit are shown once, the help
 * of a question once and again after `remind`.
 */
export const createPromptPresenter = (
  promptConsole: PromptConsole,
): {
  put: PresentQuestion;
  remind: () => void;
  /** Draws the open prompt again: below what stands there, or in place of what the window has wrapped anew. */
  redraw: (where: 'below' | 'over') => void;
  isAsking: () => boolean;
} => {
  let open: FrameKeeper | undefined;
  const setFrame = (frame: FrameKeeper | undefined) => {
    open = frame;
  };
  const { write, columns, theme, hasRoomForHelp, getHelp } = promptConsole;
  const shownExitHelp = new Set<string>();
  const shownHelp = new Set<string>();
  const put: PresentQuestion = async (question, name, { signal }) => {
    const exitHelp = formatExitHelp(question, isPressed(question) && getHelp() !== undefined);
    const hasRoom = hasRoomForHelp();
    if (hasRoom && !shownExitHelp.has(exitHelp))
      write(`${wrapWithHangingIndent(theme.paint('dim', exitHelp), columns())}\n`);
    const help = hasRoom && !shownHelp.has(name) ? question.help : undefined;
    if (hasRoom) {
      shownExitHelp.add(exitHelp);
      shownHelp.add(name);
    }
    const message = formatPromptMessage(question, help, promptConsole);
    const value = await runUntilChosen(question, message, signal, promptConsole, setFrame);
    const answer = formatPromptAnswer(question, value);
    const done = `${theme.paint('good', theme.signs.done)} ${sanitize(question.message)} ${theme.paint('accent', answer)}`;
    if (answer !== '' && hasRoom) write(`${wrapWithHangingIndent(done, columns())}\n`);
    return value;
  };
  return {
    put,
    remind: () => {
      shownHelp.clear();
    },
    redraw: (where) => {
      if (open) write(where === 'below' ? open.drawBelow() : open.drawOver(columns()));
    },
    isAsking: () => open !== undefined,
  };
};
