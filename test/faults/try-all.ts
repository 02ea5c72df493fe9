import { tally, type Kind } from './tally.ts';

/** Whether everything is to be tried, or a sample that takes minutes at most. */
const everything = process.env['FAULTS'] === 'all';

/**
 * Every so manieth of the cases, beginning with another one for each `round`, so that rounds together come by all of
 * them; with FAULTS=all simply all.
 */
export const sampleOf = <Case>(cases: readonly Case[], stride: number, round = 0): readonly Case[] =>
  everything ? cases : cases.filter((_, index) => (index + round) % stride === 0);

/** Tries all cases, a few at a time, tells and keeps how many survived, and returns what went wrong with the others. */
export const tryAll = async <Case>(
  what: string,
  cases: readonly Case[],
  attempt: (one: Case) => Promise<string | undefined>,
  { atOnce = 1, name = String, kind }: { atOnce?: number; name?: (one: Case) => string; kind?: Kind } = {},
): Promise<readonly string[]> => {
  const waiting = [...cases];
  const failures: string[] = [];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const failure = await attempt(one).catch(String);
      if (failure !== undefined) failures.push(`${name(one)}: ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const survived = cases.length - failures.length;
  process.stdout.write(`${what}: ${survived} of ${cases.length} survived\n`);
  tally(what, cases.length, survived, kind);
  return failures;
};
