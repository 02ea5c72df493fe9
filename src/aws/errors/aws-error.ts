import { Problem } from '../../lib/user-error.ts';
import { clean } from '../../lib/sanitize.ts';
import { codeOf, statusOf } from '../consistency.ts';

/** An error that came out of a call to AWS, taken apart. */
export type Trouble = {
  error: Error;
  /** AWS's code without "Exception", or Node's (`ENOTFOUND`), or nothing. */
  code: string;
  /** The words of AWS or the SDK: short, fit for a terminal, without values that may be secret. */
  said: string;
  status: number | undefined;
  /** The host that could not be reached, as far as the error tells. */
  host: string;
  /** What was being done, if the caller knows. */
  during: string;
  /** AWS itself answered, and said no. */
  answered: boolean;
};

/** One line of a table: it applies if the code is one of `codes` (where there are any) and the words match `says`. */
export type Row = {
  codes?: readonly string[];
  says?: RegExp;
  means: (trouble: Trouble, match: RegExpExecArray) => [sentence: string, ...next: string[]];
};

// AWS repeats what it objects to, and that can be a password or a code.
const quotedSecret = /Value '.*?' at '([^']*(?:password|code|secret|token|seed)[^']*)'/gi;

// So long without a break and with digits in it is no name: a token of the session, or a key, that AWS sends back.
const long = /[A-Za-z0-9+/=]{40,}/g;

const unlessOpaque = (run: string): string => (run.replaceAll(/\D/g, '').length < 3 ? run : '(not shown)');

const text = (error: Error, name: string): string | undefined => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? clean(String(value), 120) : undefined;
};

const hostOf = (error: Error): string => {
  const [name, address, port] = [text(error, 'hostname'), text(error, 'address'), text(error, 'port')];
  const socket = address === undefined ? undefined : [address, port].filter(Boolean).join(':');
  if (name === undefined || socket === undefined) return name ?? socket ?? 'AWS';
  return `${name} (${socket})`;
};

/** Takes an error apart. */
export const troubleOf = (error: Error, during: string | undefined): Trouble => {
  const answered = '$fault' in error;
  const code = (answered ? codeOf(error) : text(error, 'code')) ?? error.name;
  const said = error.message
    .replace(/\n *Deserialization error:[^]*$/, '')
    .replaceAll(quotedSecret, "The value of '$1'")
    .replaceAll(long, unlessOpaque);
  return {
    error,
    code: clean(code.replace(/Exception$/, ''), 80),
    said: clean(said, 300),
    status: statusOf(error),
    host: hostOf(error),
    during: during ?? 'the call',
    answered,
  };
};

/** The problem that the first row that applies makes of it. */
export const firstOf = (rows: readonly Row[], trouble: Trouble): Problem | undefined => {
  for (const { codes, says = /^/, means } of rows) {
    const match = says.exec(trouble.said);
    if (!match || (codes && !codes.includes(trouble.code))) continue;
    const [sentence, ...next] = means(trouble, match);
    // The error is not kept as the cause: the SDK hangs the signed request on it.
    return new Problem(sentence, next);
  }
  return undefined;
};
