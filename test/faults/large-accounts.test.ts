import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { checkSteps, type CheckResult } from '../../src/run/check.ts';
import { createLargeAccount, type LargeAccountSize } from '../../src/practice/scenarios/large-account.ts';
import { createNewAccount } from '../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../src/practice/world/world.ts';
import type { Question } from '../../src/core/question.ts';
import { allSteps } from '../../src/steps/index.ts';
import { runScripted, startPracticeRun, openSession, type PracticeRun } from '../_support/practice-run.ts';
import { plantAdministrator, plantAlarm, plantTopic, publishCharges } from '../_support/practice-worlds.ts';
import { keyboards } from '../_support/ui/seats.ts';
import { growth, pageSizes, type Calls } from './_support/page-growth.ts';
import { tally } from './_support/tally.ts';

let tried = 0;
let survived = 0;
afterAll(() => tally('large accounts', tried, survived, 'inputs'));

const counted = async (work: () => Promise<void>): Promise<void> => {
  tried += 1;
  await work();
  survived += 1;
};

const now = new Date('2026-11-23T12:00:00.000Z');
const small: LargeAccountSize = { users: 5, groups: 3, devices: 2, topics: 2, alarms: 2 };
const huge: LargeAccountSize = { users: 5000, groups: 300, devices: 1500, topics: 200, alarms: 1000 };

/** AWS has a quota of 5,000 users and 300 groups: a setup needs room for its own. */
const withRoom: LargeAccountSize = { users: 4990, groups: 290 };

/** An account of that size in which everything is in order, so that nothing is found only because it is large. */
const inOrder = (size: LargeAccountSize): World => {
  const world = createLargeAccount(createNewAccount(now), size);
  // What is in order stands last: whoever reads the first page only, does not find it.
  plantAdministrator(world, 'zoe');
  const topic = plantTopic(world, 'zz-billing', true);
  plantAlarm(world, 'zz billing', { AlarmActions: [topic] });
  for (const [index, { arn }] of world.topics.slice(0, -1).entries()) {
    const one = { ...world.subscriptions[0], arn: `${arn}:${index}`, topicArn: arn };
    world.subscriptions.unshift({
      ...one,
      endpoint: `team-${index}@example.com`,
    } as World['subscriptions'][number]);
  }
  publishCharges(world);
  return world;
};

const lookAtAll = async (rehearsal: PracticeRun): Promise<readonly CheckResult[]> =>
  checkSteps(allSteps, await openSession(rehearsal));

const callsOf = ({ practice }: PracticeRun): Calls => {
  const calls: Record<string, number> = {};
  for (const { operation } of practice.log) calls[operation] = (calls[operation] ?? 0) + 1;
  return calls;
};

const outcomesOf = (looks: readonly CheckResult[]) =>
  looks.map(({ step, finding }) => `${step.id}: ${finding.status}`);

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/** How much more is in use after looking than before, with the looks still in hand. */
const retainedBy = async (size: LargeAccountSize): Promise<number> => {
  const rehearsal = await startPracticeRun({ scenario: inOrder(size) });
  // Awaited as it is, it would still be held, and counted before as well as after.
  await lookAtAll(rehearsal).then(() => undefined);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const looks = await lookAtAll(rehearsal);
  collectGarbage();
  const after = process.memoryUsage().heapUsed;
  expect(looks).toHaveLength(allSteps.length);
  return after - before;
};

const everyOptionOf = (question: Question): number => ('options' in question ? question.options.length : 0);

/** The longest list that anybody is asked to choose from: two screens and a half of the smallest window. */
const mostOptions = 50;

describe('an account with 5,000 users, 300 groups, 200 topics and 1,000 alarms', () => {
  it('is found to be as in order as a small one', () =>
    counted(async () => {
      const [few, many] = [
        await startPracticeRun({ scenario: inOrder(small) }),
        await startPracticeRun({ scenario: inOrder(huge) }),
      ];
      const [before, after] = [await lookAtAll(few), await lookAtAll(many)];
      expect(after.filter(({ failed }) => failed)).toEqual([]);
      expect(outcomesOf(after)).toEqual(outcomesOf(before));
      expect(outcomesOf(after)).toEqual(
        expect.arrayContaining(['admin-user: met', 'billing-alarm: waiting']),
      );
    }));

  it('is as wanting as a small one where only one of thousands is out of order', () =>
    counted(async () => {
      const world = inOrder(huge);
      world.users[4321]?.attached.push('arn:aws:iam::aws:policy/AmazonS3FullAccess');
      const looks = await lookAtAll(await startPracticeRun({ scenario: world }));
      const groups = looks.find(({ step }) => step.id === 'groups')?.finding;
      expect(groups?.status).toBe('unmet');
      expect(groups?.summary).toMatch(/not through a group: user-4322;/);
    }));

  it('costs more calls only by the pages of its lists', () =>
    counted(async () => {
      const [few, many] = [
        await startPracticeRun({ scenario: inOrder(small) }),
        await startPracticeRun({ scenario: inOrder(huge) }),
      ];
      await lookAtAll(few);
      await lookAtAll(many);
      expect(growth(callsOf(few), callsOf(many), pageSizes(huge))).toEqual([]);
    }));

  it('has no more calls and no longer questions in a whole setup, and none of its names is lost', () =>
    counted(async () => {
      const empty = (size: LargeAccountSize) =>
        startPracticeRun({ scenario: createLargeAccount(createNewAccount(now), size) });
      const [few, many] = [await empty(small), await empty({ ...huge, ...withRoom })];
      await runScripted(few);
      const { dialogue, code, said } = await runScripted(many);
      expect(code, said).toBe(0);
      // Every step is looked at on its own again, before and after it.
      const looks = 3 * allSteps.length;
      expect(growth(callsOf(few), callsOf(many), pageSizes(huge), looks)).toEqual([]);
      const asked = dialogue.transcript.flatMap((one) => (one.kind === 'question' ? [one.question] : []));
      expect(Math.max(...asked.map(everyOptionOf))).toBeLessThanOrEqual(mostOptions);
      const after = many.practice.snapshot();
      expect([after.users.length, after.topics.length, after.alarms.length]).toEqual([4991, 201, 1002]);
    }));

  it('leaves in memory no more than the facts about it', () =>
    counted(async () => {
      const items = Object.values(huge).reduce((sum, count) => sum + count, 0);
      const grown = (await retainedBy(huge)) - (await retainedBy(small));
      // As a fact, each takes some hundred bytes; whole answers of AWS, or copies for every step, take many times that.
      expect(grown / items).toBeGreaterThan(50);
      expect(grown / items).toBeLessThan(1024);
    }));
});

describe('a question with thousands of names', () => {
  const world = createLargeAccount(createNewAccount(now), huge);
  const membersQuestion = async (): Promise<Question> => {
    const looks = await lookAtAll(await startPracticeRun({ scenario: world }));
    const groups = looks.find(({ step }) => step.id === 'groups');
    const question = groups?.step.questions(groups.finding.facts)['members-developers'];
    if (!question) throw new Error('nobody is asked about members');
    return question;
  };

  it('offers the first ones, and says how many there are and what becomes of the others', () =>
    counted(async () => {
      const question = await membersQuestion();
      expect(everyOptionOf(question)).toBe(mostOptions);
      expect(question.help).toMatch(/first 50 of 5000 users/);
    }));

  it.each(keyboards)(
    'fits into 60 x 20 with the words of the question in sight: $name',
    ({ name, seat: open }) =>
      counted(async () => {
        const seat = open({ columns: 60, rows: 20 });
        const question = await membersQuestion();
        const asked = seat.front.ask(question, 'members-developers').catch(() => undefined);
        await seat.until(/user-0001/);
        await seat.until(/Who belongs to/);
        // Line by line, all of them are written one below the other.
        const rows = seat.screen().split('\n');
        expect(name === 'lines' || rows.length <= 20, seat.screen()).toBe(true);
        seat.front.requestExit('SIGINT');
        await asked;
      }),
  );
});
