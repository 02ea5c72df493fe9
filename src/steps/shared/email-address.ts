import { domainToASCII } from 'node:url';

/** What copying adds and nobody sees: zero-width spaces and joiners, a byte order mark. */
const invisiblePattern = /[\u200B-\u200D\u2060\uFEFF]/gu;

const decodePercents = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The address in what was typed or pasted: without `mailto:`, quotes, and the name before `<maria@example.com>`. */
export const extractEmailAddress = (typed: string): string => {
  const text = typed.replaceAll(invisiblePattern, '').trim();
  const inBrackets = /^[^<>@]*<([^<>]*)>$/u.exec(text)?.[1] ?? /^"[^"]*"\s*<([^<>]*)>$/u.exec(text)?.[1];
  const bare = (inBrackets ?? text).trim().replace(/^(["'])(.*)\1$/u, '$2');
  const link = /^mailto:([^?]*)/iu.exec(bare)?.[1];
  return (link === undefined ? bare : decodePercents(link)).trim();
};

const isAscii = (text: string): boolean => /^[\u0021-\u007E]*$/u.test(text);

/** Domains that no mail from outside reaches (RFC 2606, RFC 6761, RFC 6762). */
const unreachableDomainPattern = /(?:^|\.)(?:invalid|localhost|localdomain|local|internal|test)$/iu;

const findLocalPartObjection = (local: string): string | undefined => {
  if (local === '') return 'There is nothing before the @.';
  if (!isAscii(local)) return 'Before the @ AWS takes letters from a to z, digits and signs, and no others.';
  if (local.length > 64) return `At most 64 characters before the @; this has ${local.length}.`;
  if (local.startsWith('.') || local.endsWith('.'))
    return 'There is a dot too many beside the name before the @.';
  if (local.includes('..')) return 'There are two dots in a row before the @.';
  return /^[\w!#$%&'*+/=?^`{|}~.-]+$/u.test(local)
    ? undefined
    : 'Before the @ is a sign that an address cannot have.';
};

const findDomainObjection = (domain: string): string | undefined => {
  if (domain === '') return 'There is nothing after the @.';
  if (!isAscii(domain)) {
    const ascii = domainToASCII(domain);
    return ascii === ''
      ? 'The part after the @ is no domain.'
      : `AWS takes only plain letters after the @: write ${ascii} for ${domain}.`;
  }
  if (domain.startsWith('.')) return 'There is a dot too many after the @.';
  if (domain.endsWith('.')) return 'There is a dot too many at the end.';
  if (domain.includes('..')) return 'There are two dots in a row after the @.';
  if (!domain.includes('.')) return 'After the @ a part is missing, such as .com.';
  const labels = domain.split('.');
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'No part of a domain begins or ends with a hyphen.';
  if (labels.some((label) => label.length > 63)) return 'A part of the domain is longer than 63 characters.';
  if (!labels.every((label) => /^[a-z\d-]+$/iu.test(label)))
    return 'After the @ is a sign that a domain cannot have.';
  if (!/^(?:[a-z]{2,}|xn--[a-z\d-]+)$/iu.test(labels.at(-1) ?? ''))
    return 'The address does not end like a domain, such as .com.';
  return unreachableDomainPattern.test(domain)
    ? `No mail of AWS reaches ${domain}: it exists on your own network at most.`
    : undefined;
};

/** Why AWS or the mail could not reach an address, in one sentence; nothing where nothing is known against it. */
export const findEmailObjection = (address: string): string | undefined => {
  if ((address.match(/@/gu) ?? []).length > 1 && /[\s,;]/u.test(address)) return 'Give one address only.';
  const at = address.lastIndexOf('@');
  if (at < 0) return undefined;
  if (/\s/u.test(address)) return 'An address has no spaces in it.';
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (local.includes('@')) return 'An address has one @ only.';
  return findLocalPartObjection(local) ?? findDomainObjection(domain);
};
