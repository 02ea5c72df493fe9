import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { closestMatch } from '../lib/did-you-mean.ts';
import { usageError, type UserError } from '../lib/user-error.ts';
import {
  getDefault,
  getLeftOutAnswer,
  findObjection,
  normalizeFileAnswer,
  type Questions,
} from './question.ts';
import { kebabCase } from './question-names.ts';
import { findJsonErrorLine } from '../lib/json-error-line.ts';
import { sanitize } from '../lib/sanitize.ts';

const fileAnswerSchema = v.union(
  [v.boolean(), v.number(), v.string(), v.array(v.string())],
  'expected true, false, a number, a text or a list of texts',
);

const badName = 'a name is made of lower-case words, digits and hyphens, like "own-team"';

/** Names of every object, which valibot passes over without a word. */
const unusableNames = new Set(['__proto__', 'constructor', 'prototype']);

const hasUnusableName = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && Object.keys(input).some((name) => unusableNames.has(name));

/** An object of `values` by name. To valibot a list is an object too. */
const createRecordSchema = <Schema extends v.GenericSchema>(values: Schema, what: string) =>
  v.pipe(
    v.unknown(),
    v.check((input) => !Array.isArray(input), what),
    v.check((input) => !hasUnusableName(input), `${[...unusableNames].join(', ')} are no names here`),
    v.record(v.pipe(v.string(), v.regex(kebabCase, badName)), values, what),
  );

const answersFileSchema = createRecordSchema(
  createRecordSchema(fileAnswerSchema, 'expected an object of answers by question'),
  'expected an object of steps',
);

export type FileAnswer = v.InferOutput<typeof fileAnswerSchema>;

/** The answers for an unattended run: by step id, then by the name of the question. */
export type AnswersFile = Readonly<Record<string, Readonly<Record<string, FileAnswer>>>>;

/** The answer to a question of a step, or nothing if the file leaves it open. */
export const findFileAnswer = (
  answers: AnswersFile,
  step: string,
  question: string,
): FileAnswer | undefined => {
  const ofStep = Object.hasOwn(answers, step) ? answers[step] : undefined;
  return ofStep && Object.hasOwn(ofStep, question) ? ofStep[question] : undefined;
};

// A hundred answers to a hundred steps are a tenth of this; anything larger is the wrong file.
const maxAnswersFileBytes = 256 * 1024;

const quoteSanitized = (text: string) => `"${sanitize(text, 60)}"`;

const answersFileFormat = 'An answers file is JSON: {"step-id": {"question": answer}}.';

const createUnusableAnswersFileError = (path: string, why: string): UserError =>
  usageError(`The answers file ${quoteSanitized(path)} ${why}.`, [answersFileFormat]);

const answersFileErrorReasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you',
  ELOOP: 'is a link that leads nowhere',
  EISDIR: 'is a folder',
};

const readAnswersFileContent = async (path: string): Promise<Buffer> => {
  // Not blocking, because opening a pipe waits for its writer; where that does not exist, there are no such pipes.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw createUnusableAnswersFileError(path, 'is a folder');
    if (!found.isFile()) throw createUnusableAnswersFileError(path, 'is not a regular file');
    const room = Buffer.alloc(maxAnswersFileBytes + 1);
    const { bytesRead } = await handle.read(room, 0, room.length, 0);
    if (bytesRead > maxAnswersFileBytes)
      throw createUnusableAnswersFileError(path, `is larger than ${maxAnswersFileBytes / 1024} KiB`);
    return room.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const getNodeErrorCode = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const decodeUtf8 = (path: string, content: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw createUnusableAnswersFileError(path, 'is not JSON: it is not text in UTF-8');
  }
};

const parseAnswersJson = (path: string, content: Buffer): unknown => {
  const text = decodeUtf8(path, content);
  try {
    return JSON.parse(text);
  } catch {
    throw createUnusableAnswersFileError(path, `is not JSON: look at line ${findJsonErrorLine(text)}`);
  }
};

/** Reads an answers file. Throws a {@link UserError} of one sentence for anything that cannot be one. */
export const readAnswersFile = async (path: string): Promise<AnswersFile> => {
  const content = await readAnswersFileContent(path).catch((error: unknown) => {
    const reason = answersFileErrorReasons[getNodeErrorCode(error)];
    throw getNodeErrorCode(error) === ''
      ? error
      : createUnusableAnswersFileError(path, reason ?? `cannot be read (${getNodeErrorCode(error)})`);
  });
  const result = v.safeParse(answersFileSchema, parseAnswersJson(path, content));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  throw createUnusableAnswersFileError(
    path,
    `cannot be used${where === null ? '' : ` at ${quoteSanitized(where)}`}: ${issue.message}`,
  );
};

const createUnknownNameError = (what: string, name: string, known: readonly string[]): UserError => {
  const meant = closestMatch(name, known);
  const next = meant === undefined ? `Known: ${known.join(', ') || 'none'}.` : `Did you mean "${meant}"?`;
  return usageError(`The answers file names ${what} that does not exist: ${quoteSanitized(name)}.`, [next]);
};

/** Checks that every step and question exists. Throws a {@link UserError} that names the first that does not. */
export const checkAnswerNames = (
  answers: AnswersFile,
  steps: readonly { id: string; questionNames: readonly string[] }[],
): void => {
  for (const [id, given] of Object.entries(answers)) {
    const step = steps.find((one) => one.id === id);
    if (!step)
      throw createUnknownNameError(
        'a step',
        id,
        steps.map((one) => one.id),
      );
    for (const name of Object.keys(given)) {
      if (!step.questionNames.includes(name))
        throw createUnknownNameError(`a question of "${id}"`, name, step.questionNames);
    }
  }
};

/**
 * Checks the values against the questions that the account as it is now leads to; an answer to a question that need not
 * be asked is no mistake. Throws a {@link UserError} that names the first that cannot be used.
 */
export const checkAnswers = (
  answers: AnswersFile,
  steps: readonly { id: string; questions: Questions }[],
): void => {
  for (const { id, questions } of steps) {
    const soFar: Record<string, unknown> = {};
    for (const [name, question] of Object.entries(questions)) {
      if (question.when && !question.when(soFar)) continue;
      const value = normalizeFileAnswer(question, findFileAnswer(answers, id, name));
      soFar[name] = value ?? getLeftOutAnswer(question) ?? getDefault(question);
      const why = value === undefined ? undefined : findObjection(question, value);
      if (why !== undefined)
        throw usageError(`The answer to "${name}" of "${id}" cannot be used. ${sanitize(why)}`, [
          'Correct it in the answers file. Nothing was changed.',
        ]);
    }
  }
};
