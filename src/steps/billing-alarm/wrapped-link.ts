/**
 * What mail protection and mail programs make of a link, and how to read it back. Nothing is looked up: a wrapper that
 * keeps the address to itself (Mimecast) stays closed.
 */

const maxDepth = 4;
const maxLinks = 60;

const decodePercents = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const decodeBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

/** Proofpoint v2: `https-3A__sns.us-2Deast-2D1.amazonaws.com_confirmation.html-3F`. */
const decodeProofpointTwo = (text: string): string =>
  decodePercents(text.replaceAll('-', '%').replaceAll('_', '/'));

const runLengthAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Proofpoint v3: `/v3/__https://host/path?a=b*c__;JSU!!…`. Each `*` stands for one of the characters listed after it in
 * base64, and `**X` for as many as X counts.
 */
const decodeProofpointThree = (url: string): string | undefined => {
  const [, text, listed = ''] = /\/v3\/__(.+?)__;([\w-]*)(?:!|$)/u.exec(url) ?? [];
  if (text === undefined) return undefined;
  const characters = Buffer.from(listed, 'base64').toString('latin1');
  let at = 0;
  const take = (count: number) => {
    at += count;
    return characters.slice(at - count, at);
  };
  const decoded = text.replaceAll(/\*(?:\*([\w-]))?/gu, (_, run: string | undefined) =>
    take(run === undefined ? 1 : runLengthAlphabet.indexOf(run) + 2),
  );
  return Buffer.from(decoded, 'latin1')
    .toString('utf8')
    .replace(/^(https?:\/)(?!\/)/u, '$1/');
};

const startsLikeLink = (text: string): boolean => /^https?:\/\/?[^/]/iu.test(text);

/** The links that stand in a link: in its parameters, its path or its fragment, in the codings of the usual products. */
const listInnerLinks = (text: string): readonly string[] => {
  if (!URL.canParse(text)) return [];
  const { searchParams, pathname, hash } = new URL(text);
  const values = [...searchParams.values(), hash.slice(1)];
  const parts = [...values, ...pathname.split('/')];
  const embedded = /^.+?[/?=&#;](https?(?::|%3A)(?:\/|%2F).*)$/iu.exec(text)?.[1];
  return [
    ...values,
    decodeProofpointThree(text),
    ...values.map(decodeProofpointTwo),
    ...(embedded === undefined ? [] : [embedded, decodePercents(embedded)]),
    ...parts.map(decodePercents),
    ...parts.filter((one) => one.length > 20).map(decodeBase64),
  ]
    .filter((one) => one !== undefined)
    .filter(startsLikeLink);
};

const namedEntities: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'" };

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,5})|#x([\da-f]{1,4})|(amp|quot|lt|gt|apos));/giu, (_, ten, sixteen, name) =>
    name === undefined
      ? String.fromCodePoint(ten === undefined ? Number.parseInt(sixteen, 16) : Number(ten))
      : (namedEntities[String(name).toLowerCase()] ?? ''),
  );

/** The mail as it is sent: lines end with `=`, and what is not plain is `=3D`. */
const decodeQuotedPrintable = (text: string): string =>
  text
    .replaceAll(/=[\t ]*(?:\r?\n|\s|$)\s*/gu, '')
    .replaceAll(/=([\dA-F]{2})/gu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** What JSON makes of a link (the mails of the protocol email-json). */
const decodeJson = (text: string): string =>
  text
    .replaceAll(/\\u([\da-f]{4})/giu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(String.raw`\/`, '/');

/** A text as it may have been before it was copied, the least changed first. */
const listReadings = (pasted: string): readonly string[] => {
  const plain = decodeEntities(decodeEntities(decodeJson(pasted)));
  return /=3D/u.test(plain) ? [plain, decodeEntities(decodeQuotedPrintable(plain))] : [plain];
};

/** What stands around a link in a sentence, in brackets or in Markdown, and does not belong to it. */
const trimLink = (text: string): string => text.replace(/[.,;:!)\]}'*_]+$/u, '');

const linkPattern = /https?:\/\/[^\s"<>\\^`{|}]+/giu;

/** Every link in a text: as if its lines had been broken anywhere, and as it stands. */
const findLinks = (text: string): readonly string[] =>
  [text.replaceAll(/\s/gu, ''), text].flatMap((one) =>
    (one.match(linkPattern) ?? []).flatMap((link) => [link, trimLink(link)]),
  );

/** The links in a pasted text, and those within them, outermost first. */
export const listLinks = (pasted: string): readonly string[] => {
  const found = new Set<string>();
  let layer = listReadings(pasted).flatMap(findLinks);
  for (let depth = 0; depth <= maxDepth && layer.length > 0; depth += 1) {
    const fresh = layer.filter((link) => !found.has(link)).slice(0, maxLinks - found.size);
    for (const link of fresh) found.add(link);
    layer = fresh.flatMap(listInnerLinks).flatMap(listReadings).map(trimLink);
  }
  return [...found];
};
