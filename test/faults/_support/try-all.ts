import { everything, seed } from './extent.ts';
import { tally, type Kind } from './tally.ts';

/**
 * Every so manieth of the cases, beginning with another one for each `round`; with FAULTS=all simply all. Suites give
 * rounds so that their samples differ from each other, and as many runs in a row as the stride is long, each with the next
 * FAULTS_SEED, come by every case.
 */
export const sampleOf = <Case>(cases: readonly Case[], stride: number, round = 0): readonly Case[] =>
  everything ? cases : cases.filter((_, index) => (index + round + seed) % stride === 0);

/** Tries all cases, a few at a time, and returns what went wrong with those that did not survive. */
export const failuresOf = async <Case>(
  cases: readonly Case[],
  attempt: (one: Case) => Promise<string | undefined>,
  { atOnce = 1, name = String }: { atOnce?: number; name?: (one: Case) => string } = {},
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
  return failures;
};

/** The same, and tells and keeps how many survived, and which sample it was. */
export const tryAll = async <Case>(
  what: string,
  cases: readonly Case[],
  attempt: (one: Case) => Promise<string | undefined>,
  { kind, ...how }: { atOnce?: number; name?: (one: Case) => string; kind?: Kind } = {},
): Promise<readonly string[]> => {
  const failures = await failuresOf(cases, attempt, how);
  const survived = cases.length - failures.length;
  const sample = everything ? '' : ` (FAULTS_SEED=${seed})`;
  process.stdout.write(`${what}: ${survived} of ${cases.length} survived${sample}\n`);
  tally(what, cases.length, survived, kind);
  return failures;
};
