import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { nearest } from '../lib/did-you-mean.ts';
import { wrongUsage, type Problem } from '../lib/user-error.ts';
import { defaultOf, objection, type Questions } from './question.ts';
import { kebabCase } from './question-names.ts';
import { clean } from '../lib/sanitize.ts';

const answer = v.union(
  [v.boolean(), v.number(), v.string(), v.array(v.string())],
  'expected true, false, a number, a text or a list of texts',
);

const badName = 'a name is made of lower-case words, digits and hyphens, like "own-team"';

/** An object of `values` by name. To valibot a list is an object too. */
const byName = <Schema extends v.GenericSchema>(values: Schema, what: string) =>
  v.pipe(
    v.unknown(),
    v.check((input) => !Array.isArray(input), what),
    v.record(v.pipe(v.string(), v.regex(kebabCase, badName)), values, what),
  );

const file = byName(
  byName(answer, 'expected an object of answers by question'),
  'expected an object of steps',
);

/** One answer as it stands in an answers file. */
export type FileAnswer = v.InferOutput<typeof answer>;

/** The answers for an unattended run: by step id, then by the name of the question. */
export type AnswersFile = Readonly<Record<string, Readonly<Record<string, FileAnswer>>>>;

/** The answer to a question of a step, or nothing if the file leaves it open. */
export const answerIn = (answers: AnswersFile, step: string, question: string): FileAnswer | undefined => {
  const ofStep = Object.hasOwn(answers, step) ? answers[step] : undefined;
  return ofStep && Object.hasOwn(ofStep, question) ? ofStep[question] : undefined;
};

// A hundred answers to a hundred steps are a tenth of this; anything larger is the wrong file.
const LARGEST = 256 * 1024;

const quoted = (text: string) => `"${clean(text, 60)}"`;

const HOW = 'An answers file is JSON: {"step-id": {"question": answer}}.';

const unusable = (path: string, why: string): Problem =>
  wrongUsage(`The answers file ${quoted(path)} ${why}.`, [HOW]);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you',
  ELOOP: 'is a link that leads nowhere',
  EISDIR: 'is a folder',
};

const contentOf = async (path: string): Promise<Buffer> => {
  // Not blocking, because opening a pipe waits for its writer; where that does not exist, there are no such pipes.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw unusable(path, 'is a folder');
    if (!found.isFile()) throw unusable(path, 'is not a regular file');
    const room = Buffer.alloc(LARGEST + 1);
    const { bytesRead } = await handle.read(room, 0, room.length, 0);
    if (bytesRead > LARGEST) throw unusable(path, `is larger than ${LARGEST / 1024} KiB`);
    return room.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

const parsed = (path: string, content: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw unusable(path, 'is not JSON');
  }
};

/** Reads an answers file. Throws a {@link Problem} of one sentence for anything that cannot be one. */
export const readAnswers = async (path: string): Promise<AnswersFile> => {
  const content = await contentOf(path).catch((error: unknown) => {
    const reason = REASONS[codeOf(error)];
    throw codeOf(error) === '' ? error : unusable(path, reason ?? `cannot be read (${codeOf(error)})`);
  });
  const result = v.safeParse(file, parsed(path, content));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  throw unusable(path, `cannot be used${where === null ? '' : ` at ${quoted(where)}`}: ${issue.message}`);
};

const unknownName = (what: string, name: string, known: readonly string[]): Problem => {
  const meant = nearest(name, known);
  const next = meant === undefined ? `Known: ${known.join(', ') || 'none'}.` : `Did you mean "${meant}"?`;
  return wrongUsage(`The answers file names ${what} that does not exist: ${quoted(name)}.`, [next]);
};

/** Checks that every step and question exists. Throws a {@link Problem} that names the first that does not. */
export const checkNames = (
  answers: AnswersFile,
  steps: readonly { id: string; answerable: readonly string[] }[],
): void => {
  for (const [id, given] of Object.entries(answers)) {
    const step = steps.find((one) => one.id === id);
    if (!step)
      throw unknownName(
        'a step',
        id,
        steps.map((one) => one.id),
      );
    for (const name of Object.keys(given)) {
      if (!step.answerable.includes(name)) throw unknownName(`a question of "${id}"`, name, step.answerable);
    }
  }
};

/**
 * Checks the values against the questions that the account as it is now leads to; an answer to a question that need not
 * be asked is no mistake. Throws a {@link Problem} that names the first that cannot be used.
 */
export const checkAnswers = (
  answers: AnswersFile,
  steps: readonly { id: string; asks: Questions }[],
): void => {
  for (const { id, asks } of steps) {
    const soFar: Record<string, unknown> = {};
    for (const [name, question] of Object.entries(asks)) {
      if (question.when && !question.when(soFar)) continue;
      const value = answerIn(answers, id, name);
      soFar[name] = value ?? defaultOf(question);
      const why = value === undefined ? undefined : objection(question, value);
      if (why !== undefined)
        throw wrongUsage(`The answer to "${name}" of "${id}" cannot be used. ${clean(why)}`);
    }
  }
};
