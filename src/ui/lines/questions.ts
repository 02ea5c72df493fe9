import { BackError } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { Put } from '../shared/asking.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { lineInput } from './input.ts';
import { invitation, readTyped } from '../shared/typed.ts';

const STOP = 'Press Ctrl-C to stop here: what is done is kept.';
const GO_BACK = 'Type back (or <) to go to the question before.';
const BACK = new Set(['back', '<']);

/**
 * Asked before a code is drawn, because half blocks are noise to a screen reader and the code needs colours: drawn
 * without them it is light on dark in most terminals, which many phones do not read.
 */
export const howToScan: ChoiceQuestion = {
  kind: 'choice',
  message: 'How does the secret get into your phone?',
  help: 'A drawn code is a picture made of colours and blocks, of no use to a screen reader.',
  options: [
    { value: 'type', label: 'I type the secret, or paste the link' },
    { value: 'draw', label: 'Draw the code, so that I can scan it' },
  ],
  default: 'type',
};

const lead = (question: Question): string[] => {
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
export type LineDesk = {
  input: ReturnType<typeof lineInput>;
  /** Whether what is typed is seen as it is typed. */
  echoes: boolean;
  write(text: string): void;
  aside(): string | undefined;
};

const answerTo = async (question: Question, desk: LineDesk, signal: AbortSignal): Promise<string> => {
  desk.input.forget();
  const aside = question.kind === 'secret' ? desk.aside() : undefined;
  if (aside !== undefined) desk.write(`${sanitize(aside)}\n`);
  desk.write(`${sanitize(invitation(question)).trimEnd()} `);
  try {
    const line = await desk.input.next(signal);
    // What comes from a pipe is not seen; without it, a log would be a row of unanswered questions.
    if (!desk.echoes) desk.write(`${question.kind === 'secret' ? '(not shown)' : sanitize(line)}\n`);
    return line;
  } catch (reason) {
    desk.write('\n');
    throw reason;
  }
};

/** Puts questions as numbered lines, again and again until the answer is one that can be taken. */
export const lineQuestions = (desk: LineDesk): Put => {
  const helped = new Set<string>();
  return async (question, _name, { signal }) => {
    const help = [STOP, ...(question.cannotGoBack ? [] : [GO_BACK])].filter((line) => !helped.has(line));
    for (const line of help) helped.add(line);
    desk.write([...help, ...lead(question)].map((line) => `${line}\n`).join(''));
    for (;;) {
      const line = await answerTo(question, desk, signal);
      if (BACK.has(line.trim().toLowerCase())) throw new BackError();
      const typed = readTyped(question, line);
      if ('value' in typed) return typed.value;
      desk.write(`${sanitize(typed.objection)}\n`);
    }
  };
};
