const currencyPattern = /US\s?\$|\$|USD/giu;

const removeCurrency = (typed: string): string => typed.replaceAll(currencyPattern, ' ').trim();

/** `5,50`: one amount to a European, two amounts to others. */
const findDoubtfulAmount = (text: string): string | undefined =>
  text
    .split(/[\s;]+/u)
    .map((part) => part.replaceAll(/^,|,$/gu, ''))
    .find((part) => /^\d+,\d+$/u.test(part));

/** Amounts as they are kept, `5, 20`, of `$5 and $20` or `5 USD; 20 USD`. What is doubtful stays as it was typed. */
export const normalizeAmounts = (typed: string): string => {
  const text = removeCurrency(typed);
  if (findDoubtfulAmount(text) !== undefined) return typed.trim();
  return text
    .split(/[\s,;]+|\band\b/u)
    .filter(Boolean)
    .join(', ');
};

/** Why typed amounts cannot be told apart, in one sentence. */
export const findAmountsObjection = (value: string): string | undefined => {
  const doubtful = findDoubtfulAmount(removeCurrency(value));
  if (doubtful === undefined) return undefined;
  const [whole, rest = ''] = doubtful.split(',');
  if (rest.length > 2) return `Write ${whole}${rest} for one amount, or leave a space between two.`;
  return `Write ${whole}.${rest} for one amount, or ${whole} ${rest} for two.`;
};

/** One amount as it is kept, `12.50`, of `$12.50`, `12.50 USD` or `12,50`. */
export const normalizeAmount = (typed: string): string =>
  removeCurrency(typed).replace(/^(\d+),(\d\d?)$/u, '$1.$2');
