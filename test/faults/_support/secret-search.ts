import { tally } from './tally.ts';

/**
 * What must be written nowhere: seeds of second factors, passwords, keys and tokens whole, codes as somebody reads them,
 * and the words of a fire drill, which are right in any case and with anything between them.
 */
export type Secrets = { whole: readonly string[]; codes: readonly string[]; words?: readonly string[] };

/** What was written somewhere, and where. */
export type Written = { where: string; text: string };

/** As base64 writes it in the middle of something longer: at each place in a group of three bytes, without the ends. */
const inBase64 = (secret: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'-'.repeat(before)}${secret}`).toString('base64');
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + secret.length) * 4) / 3));
  });

const urlSafe = (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_');

/** A password may have characters that JSON, XML and URLs write in another way; the SDK returns a seed as bytes. */
const shapesOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  const base64 = inBase64(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...base64,
    ...base64.map(urlSafe),
    bytes.join(','),
    bytes.toString('hex'),
  ];
};

/** Half of a secret is too much of it, or 32 characters: a line may have been cut, or broken by what stands beside it. */
const piecesOf = (secret: string): readonly string[] => {
  const size = Math.min(32, Math.ceil(secret.length / 2));
  if (secret.length < 16) return [secret];
  return Array.from({ length: Math.floor(secret.length / size) }, (_, nth) =>
    secret.slice(nth * size, (nth + 1) * size),
  );
};

/** A text without its gaps: also as it reads without the backslashes of Markdown, and with byte arrays as lists. */
const readingsOf = (text: string): readonly string[] => {
  const squeezed = text.replaceAll(/\s/g, '');
  const unescaped = squeezed.replaceAll(/\\([\W_])/g, '$1');
  return [...new Set([squeezed, unescaped, unescaped.replaceAll(/"?\d+"?:(?=\d)/g, '')])];
};

/** Neither a part of a longer number nor of a date; the end of a sentence is none of either. */
const isCodeIn = (code: string, text: string): boolean =>
  new RegExp(String.raw`(?<!\d|\d[.-])${code.slice(0, 3)}[ \u00A0-]?${code.slice(3)}(?!\d|\.\d)`).test(text);

/** Both words are enough: what is left to guess is a number of two digits. */
const areWordsIn = (words: string, text: string): boolean => {
  const [first = '', second = ''] = words.split(' ');
  return new RegExp(String.raw`(?<![a-z])${first}(?:%20|[^a-z0-9])*${second}(?![a-z])`, 'i').test(text);
};

/** The secrets that stand in a text: whole, in pieces, in groups of four, encoded. */
export const foundIn = (text: string, { whole, codes, words = [] }: Secrets): readonly string[] => {
  const readings = readingsOf(text);
  return [
    ...whole.filter((secret) =>
      piecesOf(secret)
        .flatMap(shapesOf)
        .some((shape) => readings.some((reading) => reading.includes(shape))),
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

/** Counts the texts that were searched for the table; none where what would have been searched was skipped. */
export const tallySearches = (suite: string): void => {
  if (searched > 0) tally(suite, searched, clean, 'secrets');
};
