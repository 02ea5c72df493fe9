import { describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { isDone } from '../../src/core/status.ts';
import { allSteps } from '../../src/steps/index.ts';
import {
  startingAccountNames,
  startIn,
  listFirstAndLastMoments,
  runStepsIn,
  type StartingAccountName,
  type Moment,
} from '../_support/starting-accounts.ts';
import {
  comparableAccount,
  checkIn,
  resumeRun,
  findStep,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { operationsOfTheProgram } from '../_support/source-operations.ts';
import { clueless, didWithout, ending, isPromised, type Attempt } from './_support/attempt.ts';
import { practiceTrials, type PracticeTrial } from './_support/practice-trials.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

/** A step, taken in one of the accounts that steps are disturbed in. */
type Scene = { begins: StartingAccountName; id: string };

const attempt = async (
  rehearsal: PracticeRun,
  { begins, id }: Scene,
): Promise<Attempt & { end: unknown }> => {
  const lines: string[] = [];
  const ended = await ending(async () => {
    const played = await runStepsIn(begins, rehearsal, [id]);
    lines.push(played.said);
    return played.code;
  }, lines);
  return { ...ended, end: comparableAccount(rehearsal) };
};

const undisturbed = async (scene: Scene) => {
  const rehearsal = await startIn(scene.begins);
  const ended = await attempt(rehearsal, scene);
  expect(ended.code, ended.said).toBe(0);
  return { ...ended, moments: listFirstAndLastMoments(rehearsal.practice.log) };
};

type Reference = Awaited<ReturnType<typeof undisturbed>>;

const surrounded = async (trial: PracticeTrial, { begins }: Scene, moment: Moment): Promise<PracticeRun> => {
  const rehearsal = await startIn(begins, { faults: trial.faults?.(moment) ?? {} });
  const plugin = trial.around?.(moment, rehearsal.clock);
  return plugin ? { ...rehearsal, aws: rehearsal.aws.withPlugin(plugin) } : rehearsal;
};

const cameBy = ({ practice }: PracticeRun, { operation, nth }: Moment) =>
  practice.log.filter((one) => one.operation === operation).length >= nth;

/** Reads without which something is not offered that nobody has to take: the account is then another one, and right. */
const leadsToOffers = new Set(['sns:GetSubscriptionAttributes']);

/** Whether the owner is told why something is not done, or could not be read. */
const saysWhy = (ended: Attempt, { says = /^/ }: PracticeTrial, { operation }: Moment) =>
  says.test(ended.said) || didWithout(ended, operation);

const survive = async (
  scene: Scene,
  { end }: Reference,
  trial: PracticeTrial,
  moment: Moment,
): Promise<string | undefined> => {
  const rehearsal = await surrounded(trial, scene, moment);
  const first = await attempt(rehearsal, scene);
  const last = `and ended with ${first.code}:\n${first.said.slice(-600)}`;
  if (!cameBy(rehearsal, moment)) return `it was never called, ${last}`;
  if (!isPromised(first) || clueless.test(first.said)) return `was clueless, ${last}`;
  const well = first.code === 0;
  if (trial.heals && !well) return `did not get over it, ${last}`;
  // A read may be one that is not needed, or asked again; a change that was not made is missed by somebody.
  const notNeeded = well && isRead(moment.operation);
  if (notNeeded && leadsToOffers.has(moment.operation)) return undefined;
  if (trial.heals || notNeeded) {
    expect(first.end).toEqual(end);
    return undefined;
  }
  if (!saysWhy(first, trial, moment)) return `did not say why, ${last}`;
  const again = await resumeRun(rehearsal);
  const { finding } = await checkIn(findStep(scene.id), again);
  if (well && !isDone(finding.status)) return `ended well, although it is ${finding.status}`;
  // It was only not known, and offers nothing any more.
  if (leadsToOffers.has(moment.operation) && isDone(finding.status)) return undefined;
  const second = await attempt(again, scene);
  expect(second.code, second.said.slice(-600)).toBe(0);
  // An offer that was not made is not made later to a step that is done by then.
  if (!leadsToOffers.has(moment.operation)) expect(second.end).toEqual(end);
  return undefined;
};

const scenes = startingAccountNames.flatMap((begins) => allSteps.map(({ id }): Scene => ({ begins, id })));
const trials = Object.entries(practiceTrials).map(([what, trial], round) => ({ what, trial, round }));

describe('every step in the practice account', () => {
  const references = new Map<Scene, Promise<Reference>>();
  const referenceOf = (scene: Scene) => {
    const reference = references.get(scene) ?? undisturbed(scene);
    references.set(scene, reference);
    return reference;
  };

  const casesOf = async ({ throughout }: PracticeTrial, round: number) => {
    const all = await Promise.all(
      scenes.map(async (scene) => (await referenceOf(scene)).moments.map((moment) => ({ scene, moment }))),
    );
    return throughout ? all.flatMap((cases) => cases.slice(0, 1)) : sampleOf(all.flat(), 12, round);
  };

  it.each(trials)(
    'gets over, or says in words, $what',
    { timeout: 300_000 },
    async ({ what, trial, round }) => {
      const failures = await tryAll(
        `${what}, practice`,
        await casesOf(trial, round),
        async ({ scene, moment }) => survive(scene, await referenceOf(scene), trial, moment),
        {
          name: ({ scene: { begins, id }, moment: { operation, nth } }) =>
            `${id} at ${operation} ${nth}, beginning in ${begins}`,
        },
      );
      expect(failures).toEqual([]);
    },
  );

  it('disturbs every change that the program can make, except for those that are listed', async () => {
    const cases = await Promise.all(trials.map(({ trial, round }) => casesOf(trial, round)));
    const disturbed = new Set(cases.flat().map(({ moment }) => moment.operation));
    const changes = (await operationsOfTheProgram()).filter((operation) => !isRead(operation));
    expect(changes.filter((operation) => !disturbed.has(operation))).toEqual(undisturbedChanges);
  });
});

/** Changes of which no step of these accounts has need, each with its reason. */
const undisturbedChanges: readonly string[] = [
  // Of an alarm that a mute rule silences: the tests of the alarm do both.
  'cloudwatch:DeleteAlarmMuteRule',
  'cloudwatch:PutAlarmMuteRule',
  // Of an administrator without MFA, when the owner chooses it: the contract of the admin-user step disturbs it.
  'iam:DeleteLoginProfile',
  // Of a topic that reaches nobody else: the tests of the alarm do it.
  'sns:SetSubscriptionAttributes',
];
