import type * as Inquirer from '@inquirer/prompts';
import { findObjection, type ChoiceOption, type Question } from '../../core/question.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';
import { formatTypingHint, parseTypedAnswer } from '../shared/typed-answer.ts';

/** What a prompt needs besides its question. */
export type PromptContext = {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  signal: AbortSignal;
};

const createTypedValidator = (question: Question) => (line: string) => {
  const typed = parseTypedAnswer(question, line);
  return 'value' in typed ? true : sanitize(typed.objection);
};

const toInquirerChoice = ({ value, label, hint, state }: ChoiceOption, theme: Theme) => ({
  value,
  name:
    state === undefined ? sanitize(label) : `${getStatusSign(state, theme.signs).sign} ${sanitize(label)}`,
  ...(hint === undefined ? {} : { description: sanitize(hint) }),
});

// Prompts erase themselves when they are done, so that withdrawn questions and typed codes disappear. We write the
// answers ourselves, one line each.
const clearPromptOnDone = true;

/** What is to be typed, in words; nothing where something is picked, or where the question says it all. */
export const describeExpectedAnswer = (question: Question): string =>
  question.kind === 'secret' ||
  question.kind === 'choice' ||
  question.kind === 'choices' ||
  (question.kind === 'text' && question.format === 'confirmation')
    ? ''
    : sanitize(formatTypingHint(question)).replace(/:\s*$/u, '');

/** Opens the prompt for a question. Codes are shown as they are typed: they expire within half a minute. */
export const openInquirerPrompt = async (
  prompts: typeof Inquirer,
  question: Question,
  message: string,
  context: PromptContext,
  theme: Theme,
): Promise<unknown> => {
  const how = { ...context, clearPromptOnDone };
  switch (question.kind) {
    case 'choice': {
      const [only, another] = question.options;
      // With nothing to choose there is one row: below a code there is room for no more.
      if (only && !another) {
        await prompts.input({ message }, how);
        return only.value;
      }
      const choices = question.options.map((option) => toInquirerChoice(option, theme));
      return prompts.select(
        { message, choices, ...(question.default === undefined ? {} : { default: question.default }) },
        how,
      );
    }
    case 'choices': {
      const byDefault = new Set(question.default);
      const choices = question.options.map((option) => ({
        ...toInquirerChoice(option, theme),
        checked: byDefault.has(option.value),
      }));
      const validate = (picked: readonly { value: string }[]) =>
        findObjection(
          question,
          picked.map(({ value }) => value),
        ) ?? true;
      return prompts.checkbox({ message, choices, validate }, how);
    }
    // Typed and not picked, so that what has no default is not answered by a stray Enter.
    case 'confirm':
    case 'text':
    case 'secret':
    case 'count': {
      const line = await prompts.input({ message, validate: createTypedValidator(question) }, how);
      const typed = parseTypedAnswer(question, line);
      return 'value' in typed ? typed.value : line;
    }
  }
};

/** An answer as it is written behind its question. */
export const formatPromptAnswer = (question: Question, value: unknown): string => {
  if (question.kind === 'secret') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const options = question.kind === 'choice' || question.kind === 'choices' ? question.options : [];
  const label = (one: unknown) => options.find((option) => option.value === one)?.label ?? String(one);
  return sanitize(Array.isArray(value) ? value.map(label).join(', ') || 'none' : label(value));
};
