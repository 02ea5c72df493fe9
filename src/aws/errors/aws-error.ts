import { UserError } from '../../lib/user-error.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { getErrorCode, getHttpStatus } from './codes.ts';

/** An error that came out of a call to AWS, taken apart. */
export type AwsError = {
  error: Error;
  /** AWS's code without "Exception", or Node's (`ENOTFOUND`), or nothing. */
  code: string;
  /** The words of AWS or the SDK: short, fit for a terminal, without values that may be secret. */
  message: string;
  status: number | undefined;
  /** The host that could not be reached, as far as the error tells. */
  host: string;
  /** What was being done, if the caller knows. */
  operation: string;
  /** AWS itself answered, and said no. */
  isAwsResponse: boolean;
};

/** One line of a table: it applies if the code is one of `codes` (where there are any) and the words match `says`. */
export type ErrorRule = {
  codes?: readonly string[];
  matches?: RegExp;
  explain: (trouble: AwsError, match: RegExpExecArray) => [sentence: string, ...next: string[]];
};

// AWS repeats what it objects to, and that can be a password or a code.
const quotedSecretPattern = /Value '.*?' at '([^']*(?:password|code|secret|token|seed)[^']*)'/gi;

// So long without a break and with digits in it is no name: a token of the session, or a key, that AWS sends back.
const opaqueTokenPattern = /[A-Za-z0-9+/=]{40,}/g;

const hideOpaqueToken = (run: string): string => (run.replaceAll(/\D/g, '').length < 3 ? run : '(not shown)');

const readErrorProperty = (error: Error, name: string): string | undefined => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? sanitize(String(value), 120) : undefined;
};

const describeHost = (error: Error): string => {
  const [name, address, port] = [
    readErrorProperty(error, 'hostname'),
    readErrorProperty(error, 'address'),
    readErrorProperty(error, 'port'),
  ];
  const socket = address === undefined ? undefined : [address, port].filter(Boolean).join(':');
  if (name === undefined || socket === undefined) return name ?? socket ?? 'AWS';
  return `${name} (${socket})`;
};

/** Takes an error apart. */
export const toAwsError = (error: Error, during: string | undefined): AwsError => {
  const answered = '$fault' in error;
  const code = (answered ? getErrorCode(error) : readErrorProperty(error, 'code')) ?? error.name;
  const said = error.message
    .replace(/\n *Deserialization error:[^]*$/, '')
    .replaceAll(quotedSecretPattern, "The value of '$1'")
    .replaceAll(opaqueTokenPattern, hideOpaqueToken);
  return {
    error,
    code: sanitize(code.replace(/Exception$/, ''), 80),
    message: sanitize(said, 300),
    status: getHttpStatus(error),
    host: describeHost(error),
    operation: during ?? 'the call',
    isAwsResponse: answered,
  };
};

/** The problem that the first row that applies makes of it. */
export const applyFirstRule = (rows: readonly ErrorRule[], trouble: AwsError): UserError | undefined => {
  for (const { codes, matches = /^/, explain } of rows) {
    const match = matches.exec(trouble.message);
    if (!match || (codes && !codes.includes(trouble.code))) continue;
    const [sentence, ...next] = explain(trouble, match);
    // The error is not kept as the cause: the SDK hangs the signed request on it.
    return new UserError(sentence, next);
  }
  return undefined;
};
