import { sumPrices } from '../core/price.ts';
import { countOutcomes, describeOutcomes } from './outcome.ts';
import type { PlanReport, Report, ReportContext } from './report.ts';

/** The last line of a report: what it comes to, and the command to go on with, which must not be broken into lines. */
export type Closing = { verdict: string; command?: { label: string; line: string } };

const pluralize = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What is said once nothing is left to do: what that rests on, and when to look again. */
const createDoneClosing = (report: Report, { verify }: ReportContext): Closing => {
  const { attested, skipped, total } = countOutcomes(report);
  if (report.account.practice) {
    const label = 'For real:';
    return {
      verdict: 'You have rehearsed to the end.',
      command: { label, line: 'npx aws-first-steps' },
    };
  }
  const verdict =
    skipped === 0
      ? 'Your account is set up.'
      : `Nothing is left to do. ${skipped} of ${pluralize(total, 'step')} skipped.`;
  return {
    verdict:
      attested === 0
        ? verdict
        : `${verdict} ${pluralize(attested, 'step')} ${attested === 1 ? 'rests' : 'rest'} on your word.`,
    command: { label: 'Look again in three months:', line: verify },
  };
};

/** What the results of `verify` come to. */
export const createReportClosing = (report: Report, context: ReportContext): Closing => {
  const { unmet, waiting, unknown } = countOutcomes(report);
  const verdict = `${describeOutcomes(report)}.`;
  if (unmet + waiting > 0) return { verdict, command: { label: 'Next:', line: context.setup } };
  if (unknown > 0) return { verdict, command: { label: 'Check again:', line: context.verify } };
  return context.isPartial
    ? { verdict, command: { label: 'Check all steps:', line: context.verify } }
    : createDoneClosing(report, context);
};

/** What is left of the plan comes to in money, in one sentence. */
const describeTotalPrice = ({ steps }: PlanReport): string => {
  const { monthlyUsd, conditions, unknown } = sumPrices(
    steps.map(({ title, cost, monthlyUsd: usd, costCondition }) => ({
      title,
      price: {
        text: cost,
        ...(usd !== undefined && { monthlyUsd: usd }),
        ...(costCondition !== undefined && { condition: costCondition }),
      },
    })),
  );
  const sum = Number.isInteger(monthlyUsd) ? String(monthlyUsd) : monthlyUsd.toFixed(2);
  const more = unknown.length === 0 ? '' : `, and what ${unknown.join(' and ')} may cost`;
  return `In all: ${[`${sum} USD a month`, ...conditions].join(' ')}${more}.`;
};

export const countChanges = ({ steps }: PlanReport): number =>
  steps.flatMap(({ actions }) => actions.flatMap(({ calls }) => calls)).length;

const describeChanges = (plan: PlanReport): string => {
  const changes = countChanges(plan);
  return changes === 0 ? 'No changes by this program.' : `${pluralize(changes, 'change')}, none made yet.`;
};

/** What a plan comes to: price and changes. */
export const describePlanTotal = (plan: PlanReport): string =>
  `${describeTotalPrice(plan)} ${describeChanges(plan)}`;

/** The last line of `plan`. */
export const createPlanClosing = (plan: PlanReport, { setup, verify, isPartial }: ReportContext): Closing => {
  if (plan.steps.length > 0)
    return { verdict: describePlanTotal(plan), command: { label: 'To do it:', line: setup } };
  return isPartial
    ? {
        verdict: 'Nothing is left to do in these steps.',
        command: { label: 'Check all steps:', line: verify },
      }
    : { verdict: 'Nothing is left to do.' };
};
