import fc from 'fast-check';
import { everything, seed } from './extent.ts';
import { tally } from './tally.ts';

/**
 * Tries that many inputs of a kind, counts those that survive for the table, and fails with the smallest that does not:
 * the message has the seed to try it again with.
 */
export const surveyInputs = async <Input>(
  suite: string,
  inputs: fc.Arbitrary<Input>,
  attempt: (input: Input) => Promise<void>,
  { sample = 150, all = 2000 }: { sample?: number; all?: number } = {},
): Promise<void> => {
  const details = await fc.check(fc.asyncProperty(inputs, attempt), {
    seed,
    numRuns: everything ? all : sample,
    includeErrorInReport: true,
  });
  tally(suite, details.numRuns, details.failed ? details.numRuns - 1 : details.numRuns, 'inputs');
  if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details));
};
