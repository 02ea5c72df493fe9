import { BackError, type HelpPage } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { PresentQuestion } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { createLineInput } from './input.ts';
import { asksForHelp, describeHelp } from '../shared/wording.ts';
import { formatTypingHint, parseTypedAnswer } from '../shared/typed-answer.ts';

const stopHelp = 'Press Ctrl-C to stop here: what is done is kept.';
const backHelp = 'Type back (or <) to go to the question before.';
const helpHelp = 'Type ? for help.';
const backWords = new Set(['back', '<']);

/**
 * Asked before a code is drawn, because half blocks are noise to a screen reader and the code needs colours: without
 * them it is light on dark in most terminals, which many phones cannot read.
 */
export const howToScanQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'How does the secret get into your phone?',
  help: 'A drawn code is a picture made of colours and blocks, of no use to a screen reader.',
  options: [
    { value: 'type', label: 'I type the secret, or paste the link' },
    { value: 'draw', label: 'Draw the code, so that I can scan it' },
  ],
  default: 'type',
};

const listQuestionLines = (question: Question): string[] => {
  const options = question.kind === 'choice' || question.kind === 'choices' ? question.options : [];
  return [
    question.message,
    ...(question.help === undefined ? [] : [question.help]),
    ...options.map(
      ({ label, hint }, index) => `${index + 1}. ${label}${hint === undefined ? '' : ` (${hint})`}`,
    ),
  ].map((line) => sanitize(line));
};

/** Where questions are written and answers come from. `getLiveLine` returns one more line to show before a secret is typed. */
export type LineConsole = {
  input: ReturnType<typeof createLineInput>;
  /** Whether the terminal shows what is typed. */
  isEchoed: boolean;
  write(text: string): void;
  getLiveLine(): string | undefined;
  /** What is written for those who type a question mark. */
  getHelp(): HelpPage | undefined;
};

const readAnswerLine = async (
  question: Question,
  lineConsole: LineConsole,
  signal: AbortSignal,
): Promise<string> => {
  lineConsole.input.forget();
  const liveLine = question.kind === 'secret' ? lineConsole.getLiveLine() : undefined;
  if (liveLine !== undefined) lineConsole.write(`${sanitize(liveLine)}\n`);
  lineConsole.write(`${sanitize(formatTypingHint(question)).trimEnd()} `);
  try {
    const line = await lineConsole.input.next(signal);
    // What comes from a pipe is not seen; without it, a log would be a row of unanswered questions.
    if (!lineConsole.isEchoed)
      lineConsole.write(`${question.kind === 'secret' ? '(not shown)' : sanitize(line)}\n`);
    return line;
  } catch (reason) {
    lineConsole.write('\n');
    throw reason;
  }
};

/** Presents questions as numbered lines, until the answer is valid. */
export const createLinePresenter = (lineConsole: LineConsole): PresentQuestion => {
  const shownHelp = new Set<string>();
  return async (question, _name, { signal }) => {
    const canAskForHelp = lineConsole.getHelp() !== undefined && asksForHelp(question, '?');
    const help = [
      stopHelp,
      ...(question.cannotGoBack ? [] : [backHelp]),
      ...(canAskForHelp ? [helpHelp] : []),
    ].filter((line) => !shownHelp.has(line));
    for (const line of help) shownHelp.add(line);
    lineConsole.write([...help, ...listQuestionLines(question)].map((line) => `${line}\n`).join(''));
    for (;;) {
      const line = await readAnswerLine(question, lineConsole, signal);
      if (backWords.has(line.trim().toLowerCase())) throw new BackError();
      const page = asksForHelp(question, line) ? lineConsole.getHelp() : undefined;
      if (page) {
        lineConsole.write(
          [...describeHelp(page), ...listQuestionLines(question)].map((one) => `${one}\n`).join(''),
        );
        continue;
      }
      const typed = parseTypedAnswer(question, line);
      if ('value' in typed) return typed.value;
      lineConsole.write(`${sanitize(typed.objection)}\n`);
    }
  };
};
