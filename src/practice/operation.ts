import { randomBytes } from 'node:crypto';
import { createValidationError } from './error-response.ts';
import type { World } from './world/world.ts';

/** What an operation works with: the world that it may change if it is a write, and the circumstances of the call. */
export type OperationContext = { world: World; now: Date; region: string };

/** An answer of AWS without what the SDK adds to it. */
export type OperationOutput<Output> = Omit<Output, '$metadata'>;

/**
 * One operation of AWS: changes the world or throws a Refusal; a throw undoes whatever it changed. Taken from a
 * method, because only methods may name the input of their own operation where a table holds all of them.
 */
export type PracticeOperation = { perform(visit: OperationContext, input: object): object }['perform'];

/** Operations by name, `CreateUser`. */
export type OperationTable = Readonly<Record<string, PracticeOperation>>;

/** The ARN of something in IAM. */
export const formatIamArn = (world: World, resource: string) =>
  `arn:aws:iam::${world.account.id}:${resource}`;

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As many random base32 characters: ids of IAM and the seeds of MFA devices are made of them. */
export const generateBase32 = (length: number): string =>
  [...randomBytes(length)].map((byte) => base32Alphabet[byte % 32]).join('');

/** A new id of IAM: `AIDA` for users, `AGPA` for groups, `AKIA` for access keys. */
export const generateIamId = (prefix: string): string => prefix + generateBase32(16);

/** Part of a list, and the marker of what follows if something does. */
export type ListPage<T> = { items: T[]; next?: string };

const encodeMarker = (offset: number) => Buffer.from(`practice:${offset}`).toString('base64url');

/** The part of `all` that a marker and a page size ask for. */
export const paginate = <T>(
  all: readonly T[],
  marker: string | undefined,
  size: number,
  refusal: () => Error = () => createValidationError('Invalid Marker.'),
): ListPage<T> => {
  const offset =
    marker === undefined
      ? 0
      : Number(/^practice:(\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1] ?? -1);
  if (offset < 0) throw refusal();
  const end = offset + size;
  return { items: all.slice(offset, end), ...(end < all.length && { next: encodeMarker(end) }) };
};

/** IAM's way of paging: `Marker` and `MaxItems` in, `IsTruncated` and `Marker` out. */
export const paginateIam = <T>(
  all: readonly T[],
  input: { Marker?: string | undefined; MaxItems?: number | undefined },
) => {
  const { items, next } = paginate(all, input.Marker, input.MaxItems ?? 100);
  return { items, paging: { IsTruncated: next !== undefined, ...(next && { Marker: next }) } };
};
