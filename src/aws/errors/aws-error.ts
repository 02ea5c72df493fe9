import { UserError } from '../../lib/user-error.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { isProxy, type Proxy } from '../start/proxy.ts';
import { getNotedSignIn, type SignIn, type SignInKind } from '../start/sign-in.ts';
import { getErrorCode, getHttpStatus } from './codes.ts';

/** An error from a call to AWS, split into its parts. */
export type AwsError = {
  error: Error;
  /** AWS's code without "Exception", or Node's code (`ENOTFOUND`), or empty. */
  code: string;
  /** The message of AWS or the SDK, shortened for a terminal and without values that may be secret. */
  message: string;
  status: number | undefined;
  /** The host that could not be reached, if the error names it. */
  host: string;
  /** The operation that failed, if the caller knows it. */
  operation: string;
  /** Whether AWS itself returned the error. */
  isAwsResponse: boolean;
  /** The proxy by which the call went. */
  proxy: Proxy | undefined;
  /** The credentials with which the call was made. */
  signIn: SignIn | undefined;
};

/** A row of a table. It applies if `codes` (when given) contains the code and the message matches `says`. */
export type ErrorRule = {
  codes?: readonly string[];
  matches?: RegExp;
  /** Only for credentials from these sources, where it is known. */
  signIn?: readonly SignInKind[];
  explain: (trouble: AwsError, match: RegExpExecArray) => [sentence: string, ...next: string[]];
};

// AWS quotes the value it rejects, and that can be a password or a code.
const quotedSecretPattern = /Value '.*?' at '([^']*(?:password|code|secret|token|seed)[^']*)'/gi;

// A string this long that contains digits is not a name: it is a session token or key that AWS repeats.
const opaqueTokenPattern = /[A-Za-z0-9+/=]{40,}/g;

const hideOpaqueToken = (run: string): string => (run.replaceAll(/\D/g, '').length < 3 ? run : '(not shown)');

/** The text without what looks like a key or a session token. */
export const redactTokens = (text: string): string => text.replaceAll(opaqueTokenPattern, hideOpaqueToken);

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

const readProxy = (error: Error): Proxy | undefined => {
  const noted: unknown = Reflect.get(error, 'proxy');
  return isProxy(noted) ? noted : undefined;
};

export const toAwsError = (error: Error, during: string | undefined): AwsError => {
  const answered = '$fault' in error;
  const code = (answered ? getErrorCode(error) : readErrorProperty(error, 'code')) ?? error.name;
  const said = redactTokens(
    error.message
      .replace(/\n *Deserialization error:[^]*/, '')
      .replaceAll(quotedSecretPattern, "The value of '$1'"),
  );
  return {
    error,
    code: sanitize(code.replace(/Exception$/, ''), 80),
    message: sanitize(said, 300),
    status: getHttpStatus(error),
    host: describeHost(error),
    operation: during ?? 'the call',
    isAwsResponse: answered,
    proxy: readProxy(error),
    signIn: getNotedSignIn(error),
  };
};

export const applyFirstRule = (rows: readonly ErrorRule[], trouble: AwsError): UserError | undefined => {
  for (const { codes, matches = /^/, signIn, explain } of rows) {
    const match = matches.exec(trouble.message);
    if (!match || (codes && !codes.includes(trouble.code))) continue;
    if (signIn && !(trouble.signIn && signIn.includes(trouble.signIn.kind))) continue;
    const [sentence, ...next] = explain(trouble, match);
    // The error is not kept as the cause, because the SDK attaches the signed request to it.
    return new UserError(sentence, next);
  }
  return undefined;
};
