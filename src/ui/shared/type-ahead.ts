import type { ChoiceOption } from '../../core/question.ts';

/** What is said to letters that choose nothing. The next Enter then takes nothing. */
export const nothingChosenText =
  'Nothing here begins with that. Choose with the arrow keys, then press Enter.';

/**
 * The position that typed text chooses: the first option that begins with it, by its label or its value, or else the one
 * with that number. Undefined if it chooses nothing.
 */
export const findTypedOption = (options: readonly ChoiceOption[], typed: string): number | undefined => {
  const text = typed.trim().toLowerCase();
  if (text === '') return undefined;
  const starting = options.findIndex(
    ({ value, label }) => label.toLowerCase().startsWith(text) || value.toLowerCase().startsWith(text),
  );
  if (starting >= 0) return starting;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= options.length ? number - 1 : undefined;
};
