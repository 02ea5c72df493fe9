import { tally } from './tally.ts';

/** What must be written nowhere: the seeds of second factors, passwords and keys whole, codes as somebody reads them. */
export type Secrets = { whole: readonly string[]; codes: readonly string[] };

/** What was written somewhere, and where. */
export type Written = { where: string; text: string };

/** A password may have characters that JSON, XML and URLs write in another way. */
const shapesOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  Buffer.from(secret).toString('base64'),
];

/** Half of a secret is too much of it: a line may have been cut, or broken by something that stands beside it. */
const halvesOf = (secret: string): readonly string[] => {
  const middle = Math.floor(secret.length / 2);
  return secret.length < 24 ? [secret] : [secret.slice(0, middle), secret.slice(middle)];
};

const isCodeIn = (code: string, text: string): boolean =>
  new RegExp(String.raw`(?<![\d.-])${code.slice(0, 3)} ?${code.slice(3)}(?![\d.])`).test(text);

/** The secrets of `all` that stand in a text: whole, cut in two, in groups of four, encoded. */
export const foundIn = (text: string, { whole, codes }: Secrets): readonly string[] => {
  const squeezed = text.replaceAll(/\s/g, '');
  return [
    ...whole.filter((secret) =>
      halvesOf(secret)
        .flatMap(shapesOf)
        .some((shape) => squeezed.includes(shape)),
    ),
    ...codes.filter((code) => isCodeIn(code, text)),
  ];
};

let searched = 0;
let clean = 0;

/** Searches all texts for all secrets; returns the places that hold any. */
export const placesHolding = (secrets: Secrets, texts: readonly Written[]): readonly string[] => {
  const places = texts.filter(({ text }) => foundIn(text, secrets).length > 0).map(({ where }) => where);
  searched += texts.length;
  clean += texts.length - places.length;
  return places;
};

/** Counts the texts that were searched for the table. */
export const tallySearches = (suite: string): void => tally(suite, searched, clean, 'secrets');
