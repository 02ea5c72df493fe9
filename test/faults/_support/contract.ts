import type { AwsClients } from '../../../src/aws/clients.ts';
import { getErrorCode, getHttpStatus } from '../../../src/aws/errors/codes.ts';

/** How a backend answered: the status, the code of a refusal, and which fields the answer has. */
export type Answered = { status: number; code: string; fields: readonly string[] };

/** What a clause cannot read of the account itself: what is in a mail, and what a phone shows. */
export type Outside = { token: () => string; codes: (seed: string) => readonly [string, string] };

/** One call of the contract; the calls are made one after another in a new account. */
export type Clause = {
  name: string;
  call: (aws: AwsClients, topic: string, outside: Outside) => Promise<object>;
};

/** Strings that stand for a state are said; others differ from account to account. */
const state = /^(OK|ALARM|INSUFFICIENT_DATA|PendingConfirmation|pending confirmation)$/;

const isTelling = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && state.test(value));

/** The paths of all fields, with what numbers and states say; lists count as what their members have together. */
const fieldsOf = (value: unknown, path = ''): readonly string[] => {
  if (isTelling(value)) return [`${path}=${String(value)}`];
  if (Array.isArray(value)) return value.flatMap((one) => fieldsOf(one, `${path}[]`));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
    return [path];
  return Object.entries(value)
    .filter(([name, one]) => name !== '$metadata' && one !== undefined)
    .flatMap(([name, one]) => fieldsOf(one, path === '' ? name : `${path}.${name}`));
};

/** Makes the call, whatever comes of it. */
export const answeredBy = async (
  clause: Clause,
  aws: AwsClients,
  topic: string,
  outside: Outside,
): Promise<Answered> => {
  try {
    const output = await clause.call(aws, topic, outside);
    const fields = [...new Set(fieldsOf(output))].toSorted();
    return { status: statusIn(output), code: '', fields };
  } catch (error) {
    return { status: getHttpStatus(error) ?? 0, code: getErrorCode(error) ?? String(error), fields: [] };
  }
};

const statusIn = (output: object): number =>
  '$metadata' in output ? ((output.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0) : 0;
