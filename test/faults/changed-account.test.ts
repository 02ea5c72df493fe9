import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/index.ts';
import {
  differences,
  endAfter,
  momentsFor,
  troubleIn,
  undisturbed,
  type Undisturbed,
} from './_support/interfered.ts';
import { changes, losses, preemptions, type Deed } from './_support/somebody-else.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

const patience = { timeout: 1_800_000 };

const all = Object.entries({ ...losses, ...changes, ...preemptions });

/**
 * Of alarms that are deleted between two that are made, the second stays, and is all that is asked for; a group that is
 * made afterwards is not among those that got one more policy.
 */
const dependsOnTheMoment = new Set([
  ...Object.keys(preemptions),
  'deletes every alarm',
  'gives every group one more policy',
]);

type Case = { what: string; deed: Deed; nth: number };

const casesIn = (reference: Undisturbed): readonly Case[] =>
  all.flatMap(([what, deed]) => momentsFor(deed, reference).map((nth) => ({ what, deed, nth })));

/** Interferes with a run, and compares the end with that of a run after which the same was done. */
const attempting = (reference: Undisturbed) => {
  const ends = new Map<string, ReturnType<typeof endAfter>>();
  return async ({ what, deed, nth }: Case): Promise<string | undefined> => {
    const { trouble, end } = await troubleIn(reference, deed, nth);
    if (end === undefined || dependsOnTheMoment.has(what)) return trouble;
    const expected = ends.get(what) ?? endAfter(deed, reference);
    ends.set(what, expected);
    return differences(end.account, (await expected).account).join('\n') || undefined;
  };
};

const name = ({ what, nth }: Case) => `somebody ${what} before call ${nth}`;

describe('an account that somebody else changes during a run', () => {
  it.each(allSteps.map((step, round) => ({ id: step.id, step, round })))(
    'is never claimed to be what it is not, and set up by the next run: $id',
    patience,
    async ({ id, step, round }) => {
      const reference = await undisturbed([step]);
      const cases = sampleOf(casesIn(reference), 24, round);
      expect(await tryAll(`${id}, somebody else`, cases, attempting(reference), { name })).toEqual([]);
    },
  );

  it('is set up by the next run, whatever was done during the whole of a run', patience, async () => {
    const reference = await undisturbed(allSteps);
    const cases = sampleOf(casesIn(reference), 151);
    expect(await tryAll('whole setup, somebody else', cases, attempting(reference), { name })).toEqual([]);
  });
});

describe('an account that somebody else changes between two runs', () => {
  it('is in the end as it was, whatever was taken away', patience, async () => {
    const reference = await undisturbed(allSteps);
    const attempt = async ([, deed]: readonly [string, Deed]) => {
      const { account, statuses } = await endAfter(deed, reference);
      expect(statuses).toEqual(reference.end.statuses);
      return differences(account, reference.end.account).join('\n') || undefined;
    };
    expect(
      await tryAll('between two runs, somebody else', Object.entries(losses), attempt, {
        name: ([what]) => what,
      }),
    ).toEqual([]);
  });
});
