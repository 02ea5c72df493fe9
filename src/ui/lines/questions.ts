import { BackError } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { PresentQuestion } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { createLineInput } from './input.ts';
import { formatTypingHint, parseTypedAnswer } from '../shared/typed-answer.ts';

const stopHelp = 'Press Ctrl-C to stop here: what is done is kept.';
const backHelp = 'Type back (or <) to go to the question before.';
const backWords = new Set(['back', '<']);

/**
 * Asked before a code is drawn, because half blocks are noise to a screen reader and the code needs colours: drawn
 * without them it is light on dark in most terminals, which many phones do not read.
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

/** Where questions are written and their answers come from. `aside` is one more line before a secret is typed. */
export type LineConsole = {
  input: ReturnType<typeof createLineInput>;
  /** Whether what is typed is seen as it is typed. */
  isEchoed: boolean;
  write(text: string): void;
  getLiveLine(): string | undefined;
};

const readAnswerLine = async (
  question: Question,
  desk: LineConsole,
  signal: AbortSignal,
): Promise<string> => {
  desk.input.forget();
  const aside = question.kind === 'secret' ? desk.getLiveLine() : undefined;
  if (aside !== undefined) desk.write(`${sanitize(aside)}\n`);
  desk.write(`${sanitize(formatTypingHint(question)).trimEnd()} `);
  try {
    const line = await desk.input.next(signal);
    // What comes from a pipe is not seen; without it, a log would be a row of unanswered questions.
    if (!desk.isEchoed) desk.write(`${question.kind === 'secret' ? '(not shown)' : sanitize(line)}\n`);
    return line;
  } catch (reason) {
    desk.write('\n');
    throw reason;
  }
};

/** Puts questions as numbered lines, again and again until the answer is one that can be taken. */
export const createLinePresenter = (desk: LineConsole): PresentQuestion => {
  const helped = new Set<string>();
  return async (question, _name, { signal }) => {
    const help = [stopHelp, ...(question.cannotGoBack ? [] : [backHelp])].filter((line) => !helped.has(line));
    for (const line of help) helped.add(line);
    desk.write([...help, ...listQuestionLines(question)].map((line) => `${line}\n`).join(''));
    for (;;) {
      const line = await readAnswerLine(question, desk, signal);
      if (backWords.has(line.trim().toLowerCase())) throw new BackError();
      const typed = parseTypedAnswer(question, line);
      if ('value' in typed) return typed.value;
      desk.write(`${sanitize(typed.objection)}\n`);
    }
  };
};
