import { cp } from 'node:fs/promises';
import type { World } from '../../../src/practice/world/world.ts';
import type { AnyStep } from '../../../src/core/step.ts';
import type { StepStatus } from '../../../src/core/status.ts';
import { lastSeenIn } from '../../_support/last-seen.ts';
import {
  changesIn,
  essence,
  lookAt,
  play,
  rehearse,
  resumed,
  type Rehearsal,
} from '../../_support/rehearse.ts';
import { temporaryFolder } from '../../_support/temporary-folder.ts';
import { clueless, ending, isPromised, type Attempt } from './attempt.ts';
import type { Deed } from './somebody-else.ts';

const inWords = (value: unknown): string => JSON.stringify(value);

/** The owner's words are kept on the disk as well as in tags, so that a new user need not bear them. */
const isWord = (value: unknown) =>
  /^\{"Key":"aws-first-steps:(?:billing-access|budget|groups)"/.test(inWords(value));

/** The same whatever the order in which things were made. */
const unordered = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value
      .filter((one) => !isWord(one))
      .map(unordered)
      .toSorted((one, other) => (inWords(one) < inWords(other) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, one]) => [name, unordered(one)]));
};

const played = async (rehearsal: Rehearsal, steps: readonly AnyStep[]): Promise<Attempt> => {
  const lines: string[] = [];
  return ending(async () => {
    const { said, code } = await play(rehearsal, { steps });
    lines.push(said);
    return code;
  }, lines);
};

/** What the program holds true of each step when it has ended. */
const claimedOf = async ({ folder }: Rehearsal, steps: readonly AnyStep[]) => {
  const seen = await lastSeenIn(folder);
  return steps.map(({ id }) => seen[id]?.status);
};

/** Where steps come to: the parts of the account, and what is held true of each step. */
export type End = {
  account: Readonly<Record<string, string>>;
  statuses: readonly (StepStatus | undefined)[];
};

const endOf = async (rehearsal: Rehearsal, steps: readonly AnyStep[]): Promise<End> => {
  const parts = Object.entries(essence(rehearsal) as Record<string, unknown>);
  const account = parts.map(([name, part]) => [name, inWords(unordered(part))]);
  return { account: Object.fromEntries(account), statuses: await claimedOf(rehearsal, steps) };
};

/** In which parts one account is not as another. */
export const differences = (one: End['account'], other: End['account']): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => one[name] !== other[name])
    .map((name) => `${name}: ${one[name]}\n  in place of ${other[name]}`);

const toTheEnd = async (rehearsal: Rehearsal, steps: readonly AnyStep[]): Promise<End> => {
  const { code, said } = await played(rehearsal, steps);
  if (code !== 0) throw new Error(`ended with ${code}:\n${said.slice(-900)}`);
  return endOf(rehearsal, steps);
};

/** Steps that nobody interferes with: the account before each of their calls, and their end. */
export type Undisturbed = {
  steps: readonly AnyStep[];
  worlds: readonly World[];
  end: End;
  /** What it leaves: the account, and the folder of the program. */
  left: { world: World; folder: string };
};

/** Takes steps undisturbed. */
export const undisturbed = async (steps: readonly AnyStep[]): Promise<Undisturbed> => {
  const worlds: World[] = [];
  const elsewhere = () => (world: World) => void worlds.push(structuredClone(world));
  const rehearsal = await rehearse({ faults: { getOutsideChange: elsewhere } });
  const end = await toTheEnd(rehearsal, steps);
  return { steps, worlds, end, left: { world: rehearsal.practice.snapshot(), folder: rehearsal.folder } };
};

/** An account after a deed. */
const after = (deed: Deed, world: World): World => {
  const changed = structuredClone(world);
  deed(changed);
  return changed;
};

/** The calls before which a deed would change something, by their number. */
export const momentsFor = (deed: Deed, { worlds }: Undisturbed): readonly number[] =>
  worlds.flatMap((world, index) => (inWords(after(deed, world)) === inWords(world) ? [] : [index + 1]));

/** Where another setup comes to after a deed that was done when everything was over. */
export const endAfter = async (deed: Deed, { steps, left }: Undisturbed): Promise<End> => {
  const folder = await temporaryFolder();
  await cp(left.folder, folder, { recursive: true });
  return toTheEnd(await rehearse({ scenario: after(deed, left.world) }, folder), steps);
};

/** More calls than any run makes that does not wait for what was taken away. */
const patience = 300;

/**
 * Takes steps while somebody does something before the nth call. The desk goes on each errand once, so a run that waits
 * for what was taken away again is stopped, as its owner would stop it.
 */
const interfered = async (steps: readonly AnyStep[], deed: Deed, nth: number) => {
  let calls = 0;
  const elsewhere = () => {
    calls += 1;
    return calls === nth ? deed : undefined;
  };
  const isOver = () => calls > nth + patience;
  const rehearsal = await rehearse({ faults: { getOutsideChange: elsewhere, shouldHalt: isOver } });
  const first = await played(rehearsal, steps);
  return { rehearsal, ...first, since: calls - nth + 1, stopped: isOver() };
};

/** Claims that are not true, although as many calls were made since the deed as it takes to look. */
const liesIn = async (rehearsal: Rehearsal, steps: readonly AnyStep[], since: number) => {
  const claimed = await claimedOf(rehearsal, steps);
  const looks = await Promise.all(steps.map(async (step) => lookAt(step, await resumed(rehearsal))));
  return looks.flatMap(({ step, finding, evidence }, index) =>
    claimed[index] !== finding.status && since >= evidence.length
      ? [`${step.id} was called ${claimed[index]} and is ${finding.status}: ${finding.summary}`]
      : [],
  );
};

/** What is wrong with how a step was taken while somebody else did something before its nth call. */
export const troubleIn = async (
  { steps, end: { statuses } }: Undisturbed,
  deed: Deed,
  nth: number,
): Promise<{ trouble?: string; end?: End }> => {
  const { rehearsal, since, stopped, ...first } = await interfered(steps, deed, nth);
  const last = `and ended with ${first.code}:\n${first.said.slice(-600)}`;
  if (!stopped && (!isPromised(first) || clueless.test(first.said)))
    return { trouble: `was clueless, ${last}` };
  // In a whole setup a step that was looked at long ago is looked at again only by the next run.
  const lies = stopped || steps.length > 1 ? [] : await liesIn(rehearsal, steps, since);
  if (lies.length > 0) return { trouble: `${lies.join('; ')}, ${last}` };
  const again = await resumed(rehearsal);
  const end = await toTheEnd(again, steps);
  if (end.statuses.join() !== statuses.join()) return { trouble: `says ${end.statuses.join()}` };
  const third = await resumed(again);
  await played(third, steps);
  return changesIn(third).length === 0 ? { end } : { trouble: 'had still something to change' };
};
