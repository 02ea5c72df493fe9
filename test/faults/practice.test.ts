import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/account.ts';
import { steps } from '../../src/steps/index.ts';
import { essence, play, rehearse, resumed, stepNamed, type Rehearsal } from '../rehearse.ts';
import { clueless, ending, isPromised, type Attempt } from './attempt.ts';
import { practiceTrials, type PracticeTrial } from './practice-trials.ts';
import { sampleOf, tryAll } from './try-all.ts';

const attempt = async (rehearsal: Rehearsal, id: string): Promise<Attempt & { end: unknown }> => {
  const lines: string[] = [];
  const ended = await ending(async () => {
    const played = await play(rehearsal, { steps: [stepNamed(id)] });
    lines.push(played.said);
    return played.code;
  }, lines);
  return { ...ended, end: essence(rehearsal) };
};

const undisturbed = async (id: string) => {
  const rehearsal = await rehearse();
  const ended = await attempt(rehearsal, id);
  const { log } = rehearsal.practice;
  return { ...ended, operations: [...new Set(log.map(({ operation }) => operation))] };
};

type Reference = Awaited<ReturnType<typeof undisturbed>>;

const surrounded = async (trial: PracticeTrial, operation: string): Promise<Rehearsal> => {
  const rehearsal = await rehearse({ faults: trial.faults?.(operation) ?? {} });
  const plugin = trial.around?.(operation, rehearsal.clock);
  return plugin ? { ...rehearsal, aws: rehearsal.aws.with(plugin) } : rehearsal;
};

const survive = async (
  id: string,
  { code, end }: Reference,
  trial: PracticeTrial,
  operation: string,
): Promise<string | undefined> => {
  const { heals, says = /^/ } = trial;
  const rehearsal = await surrounded(trial, operation);
  const first = await attempt(rehearsal, id);
  const last = `and ended with ${first.code}:\n${first.said.slice(-600)}`;
  if (!isPromised(first) || clueless.test(first.said)) return `was clueless, ${last}`;
  const well = first.code === code;
  if (well && code === 0) expect(first.end).toEqual(end);
  if (heals && !well) return `did not get over it, ${last}`;
  // A read may be one that is not needed, or asked again; without a change there is no good end.
  if (!heals && well && code === 0 && !isRead(operation)) return 'ended well, although it cannot have';
  if (!heals && !well && !says.test(first.said)) return `did not say why, ${last}`;
  const again = await attempt(await resumed(rehearsal), id);
  expect(again.code, again.said.slice(-600)).toBe(code);
  expect(again.end).toEqual(end);
  return undefined;
};

const stepIds = steps.map(({ id }) => id);
const trials = Object.entries(practiceTrials).map(([what, trial], round) => ({ what, trial, round }));

describe('every step in the practice account', () => {
  const references = new Map<string, Promise<Reference>>();
  const referenceOf = (id: string) => {
    const reference = references.get(id) ?? undisturbed(id);
    references.set(id, reference);
    return reference;
  };

  it.each(trials)(
    'gets over, or says in words, $what',
    { timeout: 300_000 },
    async ({ what, trial, round }) => {
      const all = await Promise.all(
        stepIds.map(async (id) => (await referenceOf(id)).operations.map((operation) => ({ id, operation }))),
      );
      const failures = await tryAll(
        `${what}, practice`,
        sampleOf(all.flat(), 4, round),
        async ({ id, operation }) => survive(id, await referenceOf(id), trial, operation),
        { name: ({ id, operation }) => `${id} at ${operation}` },
      );
      expect(failures).toEqual([]);
    },
  );
});
