import { tally } from './tally.ts';

/**
 * What must be written nowhere: seeds of second factors, passwords, keys and tokens whole, codes as somebody reads them,
 * and the words of a fire drill, which are right in any case and with anything between them.
 */
export type Secrets = { whole: readonly string[]; codes: readonly string[]; words?: readonly string[] };

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

/** Half of a secret is too much of it, or 32 characters: a line may have been cut, or broken by what stands beside it. */
const piecesOf = (secret: string): readonly string[] => {
  const size = Math.min(32, Math.ceil(secret.length / 2));
  if (secret.length < 24) return [secret];
  return Array.from({ length: Math.floor(secret.length / size) }, (_, nth) =>
    secret.slice(nth * size, (nth + 1) * size),
  );
};

const isCodeIn = (code: string, text: string): boolean =>
  new RegExp(String.raw`(?<![\d.-])${code.slice(0, 3)} ?${code.slice(3)}(?![\d.])`).test(text);

/** Both words are enough: what is left to guess is a number of two digits. */
const areWordsIn = (words: string, text: string): boolean => {
  const [first = '', second = ''] = words.split(' ');
  return new RegExp(String.raw`(?<![a-z])${first}(?:%20|[^a-z0-9])*${second}(?![a-z])`, 'i').test(text);
};

/** The secrets that stand in a text: whole, in pieces, in groups of four, encoded. */
export const foundIn = (text: string, { whole, codes, words = [] }: Secrets): readonly string[] => {
  const squeezed = text.replaceAll(/\s/g, '');
  return [
    ...whole.filter((secret) =>
      piecesOf(secret)
        .flatMap(shapesOf)
        .some((shape) => squeezed.includes(shape)),
    ),
    ...codes.filter((code) => isCodeIn(code, text)),
    ...words.filter((one) => areWordsIn(one, text)),
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
