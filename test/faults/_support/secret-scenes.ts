import { explainError } from '../../../src/aws/errors/explain.ts';
import { formatBugReport, formatUserError } from '../../../src/cli/exit-messages.ts';
import { planSteps } from '../../../src/commands/plan.ts';
import type { PracticeOptions } from '../../../src/practice/account.ts';
import { ErrorResponse } from '../../../src/practice/error-response.ts';
import { formatPlan, formatReport } from '../../../src/report/formats.ts';
import { reportContext } from '../../_support/report/reports.ts';
import { allSteps } from '../../../src/steps/index.ts';
import { verifySteps } from '../../../src/commands/verify.ts';
import { openSession, readWrittenFiles, type PracticeRun } from '../../_support/practice-run.ts';
import type { Written } from './secret-search.ts';

const page = { isTTY: false, columns: 80 } as NodeJS.WriteStream;

/** What was sent to AWS under such a name, by these rehearsals. */
export const sentBy = (rehearsals: readonly PracticeRun[], name: RegExp): readonly string[] =>
  rehearsals.flatMap(({ practice }) =>
    practice.log.flatMap(({ input }) =>
      Object.entries(input).flatMap(([key, value]) => (name.test(key) ? [String(value)] : [])),
    ),
  );

const reportsOf = async (rehearsal: PracticeRun): Promise<readonly Written[]> => {
  const session = await openSession(rehearsal);
  const report = await verifySteps(session, allSteps);
  const planned = await planSteps(session, allSteps, () => ({}));
  return [
    ...(['table', 'json', 'markdown', 'junit'] as const).map((format) => ({
      where: `verify ${format}`,
      text: formatReport(format, report, page, reportContext),
    })),
    ...(['table', 'json', 'markdown'] as const).map((format) => ({
      where: `plan ${format}`,
      text: formatPlan(format, planned, page, reportContext),
    })),
  ];
};

/** All that an error could be written as: its words, its stack, and whatever hangs on it, as a log would show it. */
export const wordsOf = (error: unknown): readonly Written[] => {
  const problem = explainError(error);
  return [
    { where: 'the last words', text: problem ? formatUserError(problem) : formatBugReport(error) },
    { where: 'the error', text: `${String(error)} ${JSON.stringify(problem ?? {})}` },
  ];
};

/** What was kept, and all reports, of an account in which something was done. */
export const afterwards = async (rehearsal: PracticeRun): Promise<readonly Written[]> => [
  { where: 'the kept files', text: await readWrittenFiles(rehearsal) },
  ...(await reportsOf(rehearsal)),
];

/** A refusal that repeats what it refuses, in one of the ways in which AWS quotes. */
const echo = (input: object, quote: (name: string, value: string) => string): string =>
  Object.entries(input)
    .map(([name, value]) => quote(name, String(value)))
    .join('; ');

const quotes: readonly ((name: string, value: string) => string)[] = [
  (name, value) =>
    `Value '${value}' at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint`,
  (name, value) => `${name}=${value} is not valid`,
  (_, value) => `The value "${value}" was refused`,
];

/** What may happen to a call of an operation. */
export type Trouble = {
  operation: string;
  how: string;
  faults: (inputs: () => object) => PracticeOptions['faults'];
};

const refusing = (
  operation: string,
  quote: (typeof quotes)[number],
  inputs: () => object,
): PracticeOptions['faults'] => ({
  getError: (name) =>
    name === operation
      ? new ErrorResponse('ValidationError', 400, `1 validation error detected: ${echo(inputs(), quote)}`)
      : undefined,
});

/** A program that dies before it or after it, an answer that is lost, and refusals that quote what was sent. */
export const troublesWith = (operation: string): readonly Trouble[] => [
  {
    operation,
    how: 'killed before',
    faults: () => ({ shouldHalt: (name, _, when) => name === operation && when === 'before' }),
  },
  {
    operation,
    how: 'killed after',
    faults: () => ({ shouldHalt: (name, _, when) => name === operation && when === 'after' }),
  },
  {
    operation,
    how: 'answered into the void',
    faults: () => ({ shouldLoseResponse: (name) => name === operation }),
  },
  ...quotes.map((quote, index) => ({
    operation,
    how: `refused with an echo (${index + 1})`,
    faults: (inputs: () => object) => refusing(operation, quote, inputs),
  })),
];
