import { randomBytes } from 'node:crypto';
import { createValidationError } from './error-response.ts';
import type { World } from './world/world.ts';

/** What an operation works with. Only writes may change the world. */
export type OperationContext = { world: World; now: Date; region: string };

/** An answer of AWS without the SDK's additions. */
export type OperationOutput<Output> = Omit<Output, '$metadata'>;

/**
 * An AWS operation. It changes the world or throws an ErrorResponse; a throw undoes its changes. The type is derived
 * from a method because TypeScript compares the parameters of methods loosely: a table can then hold operations that
 * each declare their own input.
 */
export type PracticeOperation = { perform(context: OperationContext, input: object): object }['perform'];

/** Operations by name: `CreateUser`. */
export type OperationTable = Readonly<Record<string, PracticeOperation>>;

export const formatIamArn = (world: World, resource: string) =>
  `arn:aws:iam::${world.account.id}:${resource}`;

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Random base32 characters, used in IAM IDs and in the seeds of MFA devices. */
export const generateBase32 = (length: number): string =>
  [...randomBytes(length)].map((byte) => base32Alphabet[byte % 32]).join('');

/** A new IAM ID. `prefix` is `AIDA` for users, `AGPA` for groups, `AKIA` for access keys. */
export const generateIamId = (prefix: string): string => prefix + generateBase32(16);

/** A page of a list, with the marker of the next page if there is one. */
export type ListPage<T> = { items: T[]; next?: string };

const encodeMarker = (offset: number) => Buffer.from(`practice:${offset}`).toString('base64url');

/** The page of `all` that a marker and a page size select. */
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

/** IAM's paging: `Marker` and `MaxItems` in the request, `IsTruncated` and `Marker` in the answer. */
export const paginateIam = <T>(
  all: readonly T[],
  input: { Marker?: string | undefined; MaxItems?: number | undefined },
) => {
  const { items, next } = paginate(all, input.Marker, input.MaxItems ?? 100);
  return { items, paging: { IsTruncated: next !== undefined, ...(next && { Marker: next }) } };
};
