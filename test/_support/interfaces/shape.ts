/** What a value is, as the frozen files call it: a `moment` is a text that holds a date and a time. */
const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
    ? 'moment'
    : typeof value;
};

/** A key that is not there. */
const absent = Symbol('absent');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const below = (value: unknown, [first, ...rest]: readonly string[]): readonly unknown[] => {
  if (first === undefined) return [value];
  if (first === '[]') return Array.isArray(value) ? value.flatMap((one) => below(one, rest)) : [];
  if (!isObject(value)) return [];
  if (first === '*') return Object.values(value).flatMap((one) => below(one, rest));
  if (Object.hasOwn(value, first)) return below(value[first], rest);
  // What lies below a key that is gone has gone with it, and is said of that key alone.
  return rest.length === 0 ? [absent] : [];
};

const parts = (path: string): readonly string[] => path.replaceAll('[]', '.[]').replace(/^\./, '').split('.');

/** All that is at a path such as `steps[].evidence[].at`; `*` is any key. */
export const valuesAt = (document: unknown, path: string): readonly unknown[] =>
  below(document, parts(path)).filter((value) => value !== absent);

/**
 * Frozen key paths, each with its type, or its types as `object|null`. A path that ends in `?` need not be everywhere.
 */
export type Shape = Readonly<Record<string, string>>;

const fits = (type: string, allowed: readonly string[]): boolean =>
  allowed.includes(type) || (type === 'moment' && allowed.includes('string'));

/** What of a shape the documents do not keep: a key that is gone, a type that is another, one that never comes. */
export const brokenIn = (what: string, documents: readonly unknown[], shape: Shape): readonly string[] =>
  Object.entries(shape).flatMap(([written, types]) => {
    const path = written.replace(/\?$/, '');
    const found = documents.flatMap((document) => below(document, parts(path)));
    const there = new Set(found.filter((value) => value !== absent).map(typeOf));
    const allowed = types.split('|');
    const strange = [...there].filter((type) => !fits(type, allowed));
    const never = allowed.filter((type) => ![...there].some((one) => fits(one, [type])));
    if (there.size === 0) return [`${what}: "${path}" is gone`];
    return [
      ...(path === written && found.includes(absent) ? [`${what}: "${path}" is not always there`] : []),
      ...strange.map((type) => `${what}: "${path}" is ${type} and not ${types}`),
      ...never.map((type) => `${what}: "${path}" is never ${type} any more`),
    ];
  });

/** Frozen values that must come somewhere, by their path. */
export type Values = Readonly<Record<string, readonly unknown[]>>;

/** Which of the frozen values come in none of the documents. */
export const valuesGoneFrom = (
  what: string,
  documents: readonly unknown[],
  values: Values,
): readonly string[] =>
  Object.entries(values).flatMap(([path, frozen]) => {
    const found = new Set(documents.flatMap((document) => valuesAt(document, path)));
    return frozen
      .filter((value) => !found.has(value))
      .map((value) => `${what}: "${path}" is never ${JSON.stringify(value)} any more`);
  });
