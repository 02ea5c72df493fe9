import { expect } from 'vitest';
import { tally, type Kind } from './tally.ts';

/**
 * Tries all cases, counts those that survive for the table, and fails with the first ones that do not: `attempt` throws
 * for those.
 */
export const survey = async <Case>(
  suite: string,
  cases: readonly Case[],
  attempt: (one: Case) => Promise<void>,
  kind: Kind = 'inputs',
): Promise<void> => {
  const lost: string[] = [];
  for (const one of cases) {
    await attempt(one).catch((error: unknown) => lost.push(`${String(one).slice(0, 400)}: ${String(error)}`));
  }
  tally(suite, cases.length, cases.length - lost.length, kind);
  expect(lost.slice(0, 5)).toEqual([]);
};
