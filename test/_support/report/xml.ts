/** An element of a parsed XML document. */
export type Element = {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string => {
  const impossible = /&(?!(?:amp|lt|gt|quot|apos);)|[<\uFFFE\uFFFF\p{Cs}]|(?![\t\n\r])\p{Cc}/u.exec(text);
  if (impossible) throw new Error(`not well-formed: ${JSON.stringify(text)}`);
  return text.replaceAll(/&(\w+);/g, (_, name: string) => entities[name] ?? '');
};

const token =
  /<(?<close>\/)?(?<name>[a-z-]+)(?<attributes>(?: [a-z]+="[^"]*")*)(?<empty>\/)?>|(?<text>[^<]+)|(?<other>.)/gsu;

/** A strict reader of the small part of XML that a JUnit report needs; it refuses everything else. */
export const parseXml = (document: string): Element => {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const { groups = {} } of document
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
    .matchAll(token)) {
    const parent = open.at(-1);
    if (!parent || groups['other'] !== undefined)
      throw new Error(`not well-formed at ${JSON.stringify(groups)}`);
    if (groups['text'] !== undefined) {
      parent.text += unescaped(groups['text']);
    } else if (groups['close']) {
      if (open.pop()?.name !== groups['name']) throw new Error(`${groups['name']} is closed but not open`);
    } else {
      const attributes = [...(groups['attributes'] ?? '').matchAll(/ ([a-z]+)="([^"]*)"/gu)];
      const element: Element = {
        name: groups['name'] ?? '',
        attributes: Object.fromEntries(
          attributes.map(([, name = '', value = '']) => [name, unescaped(value)]),
        ),
        children: [],
        text: '',
      };
      parent.children.push(element);
      if (!groups['empty']) open.push(element);
    }
  }
  const [only, ...more] = root.children;
  if (!only || more.length > 0 || open.length > 1) throw new Error('not one whole document');
  return only;
};
