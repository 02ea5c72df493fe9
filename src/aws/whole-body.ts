import type { HttpResponse } from '@smithy/types';
import { UserError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';

/** The largest answer that is read, in bytes. A page of 1,000 users with policies of their own has about four million. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/** How long an answer may take from its first byte to its last, in milliseconds. */
const maxAnswerTime = 30_000;

const somethingElseAdvice =
  'AWS itself does not answer like that. Is a proxy, a VPN or an emulator between here and AWS?';

const createTooLargeError = (host: string): UserError =>
  new UserError(
    `${sanitize(host, 120)} sent an answer of more than ${maxAnswerBytes / 1024 / 1024} million bytes, so it was not read.`,
    [somethingElseAdvice],
  );

const createEndlessError = (host: string): UserError =>
  new UserError(
    `${sanitize(host, 120)} began to answer but did not finish within ${maxAnswerTime / 1000} seconds.`,
    [
      'Check the internet connection, then run this program again: it checks the account first.',
      somethingElseAdvice,
    ],
  );

const isStream = (body: unknown): body is NodeJS.ReadableStream & { destroy(error?: Error): void } =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;

/**
 * Reads the whole body of an answer, which the SDK itself would wait for without end and keep without limit. Rejects with
 * a {@link UserError} for a body that is too large or takes too long.
 */
export const readWholeBody = async (response: HttpResponse, host: string): Promise<HttpResponse> => {
  const { body } = response;
  if (!isStream(body)) return response;
  const tooLate = createEndlessError(host);
  const timer = setTimeout(() => body.destroy(tooLate), maxAnswerTime);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      const bytes = Buffer.from(part);
      size += bytes.length;
      if (size > maxAnswerBytes) throw createTooLargeError(host);
      parts.push(bytes);
    }
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return Object.assign(response, { body: Buffer.concat(parts) });
};
