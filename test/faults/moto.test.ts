import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import type { FreshAccount } from '../counterparts/_support/moto.ts';
import { listFirstAndLastMoments, type Moment } from '../_support/starting-accounts.ts';
import { fastClock } from '../_support/practice-run.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import {
  attempt,
  clueless,
  didWithout,
  isPromised,
  type AttemptInMoto,
  type Surroundings,
} from './_support/attempt.ts';
import {
  attended,
  codeOf,
  endOf,
  startCounterpart,
  unattended,
  type Counterpart,
} from './_support/counterpart.ts';
import { partOf, stateAfter } from './_support/left-behind.ts';
import { makeNames } from './_support/names.ts';
import { comparedWithMoto, unknownToMoto } from './_support/operations.ts';
import { startProxy, type Disturbance, type FaultProxy } from '../_support/aws-proxy.ts';
import { stateOf } from './_support/read-back.ts';
import { tallySearches } from './_support/secret-search.ts';
import { answeredByProxy } from './_support/stand-ins.ts';
import { lagging, laggingFor } from './_support/staleness.ts';
import { trialsIn, type Trial } from './_support/trials.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

const names = makeNames();
const patient = { timeout: 900_000 };

/** Nobody can be there for some steps and somebody must for the others, so they are not in the same runs. */
const courses = [
  {
    whose: 'the unattended steps',
    ids: unattended,
    stride: 11,
    standIns: [
      'billing:GetBillingPreferences',
      'budgets:DescribeSubscribersForNotification',
      'freetier:GetAccountPlanState',
    ],
  },
  { whose: 'the steps with somebody at the desk', ids: attended, stride: 19, standIns: [] },
];

afterAll(() => tallySearches('texts searched for secrets, of faults in front of moto'));

describe.skipIf(!motoIsInstalled()).each(courses)('$whose against moto', ({ ids, stride, standIns }) => {
  let moto: Counterpart;
  let proxy: FaultProxy;
  beforeAll(async () => {
    moto = await startCounterpart();
    proxy = await startProxy(moto.url, answeredByProxy);
    process.env['AWS_ENDPOINT_URL'] = names.urlOf(proxy.url);
  });
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await proxy.stop();
    await moto.stop();
  });

  const disturbed = async (
    account: FreshAccount,
    folder: string,
    disturbance: Disturbance = () => undefined,
    around: Surroundings = {},
  ) => {
    proxy.log.splice(0);
    proxy.disturb(disturbance);
    const ended = await attempt(account, folder, ids, { lookup: names.lookup, ...around });
    names.restore();
    return { ...ended, end: () => stateOf(moto.url, account) };
  };

  const undisturbed = () =>
    moto.lent(async (account) => {
      const { code, said, statuses, end } = await disturbed(account, await temporaryFolder());
      expect(code, said).toBe(codeOf(ids));
      expect(statuses, said).toEqual(ids.map(endOf));
      // Compared with each other only, two runs could leave the same thing too many.
      expect(await end()).toEqual(stateAfter(ids));
      const operations = proxy.log.map(({ operation }) => operation);
      return {
        operations: [...new Set(operations)],
        sent: operations,
        moments: listFirstAndLastMoments(proxy.log),
        end: await end(),
      };
    });

  let found: ReturnType<typeof undisturbed> | undefined;
  const reference = () => (found ??= undisturbed());

  type Ended = Awaited<ReturnType<typeof disturbed>>;

  /** The steps of which a run says that they came to their end. */
  const claimedBy = ({ statuses }: AttemptInMoto) => ids.filter((id, index) => statuses[index] === endOf(id));

  /** Whether a run says so of every step. */
  const saysItIsWell = (ended: AttemptInMoto) => claimedBy(ended).length === ids.length;

  /** The claims of a run that are not true. */
  const falseClaims = async (ended: Ended): Promise<readonly string[]> => {
    const [is, should] = [await ended.end(), (await reference()).end];
    return claimedBy(ended).filter((id) => !isDeepStrictEqual(partOf(id, is), partOf(id, should)));
  };

  /** What is wrong with how a run ended; `healed` if nothing should have been noticed. */
  const objection = async (ended: Ended, healed: boolean): Promise<string | undefined> => {
    const { code, said, end } = ended;
    const last = `and ended with ${code}:\n${said.slice(-900)}`;
    if (!isPromised(ended) || clueless.test(said)) return `was clueless, ${last}`;
    // The next run may repair what this one only said, so it is compared before.
    const untrue = await falseClaims(ended);
    if (untrue.length > 0) return `was wrong about ${untrue.join()}, ${last}`;
    if (saysItIsWell(ended)) {
      expect(code, said).toBe(codeOf(ids));
      expect(await end()).toEqual((await reference()).end);
      return undefined;
    }
    return healed ? `did not get over it, ${last}` : undefined;
  };

  const survive = ({ heals, says = /^/, at, around, sentOnce }: Trial, moment: Moment) =>
    moto.lent(async (account) => {
      const { operation, nth } = moment;
      const folder = await temporaryFolder();
      const first = await disturbed(account, folder, at(moment), around);
      const sent = proxy.log.map((call) => call.operation);
      if (sent.filter((one) => one === operation).length < nth) return 'it was never called';
      if (sentOnce && sent.length > (await reference()).sent.length) return 'something was sent twice';
      const [well, isChange] = [saysItIsWell(first), !isRead(operation)];
      const saysWhy = says.test(first.said) || didWithout(first, operation);
      // A step can count as done without a change that was refused; the owner is told, and the next run completes it.
      const isToBeCompleted = !heals && isChange && well && saysWhy && !clueless.test(first.said);
      const wrong = isToBeCompleted ? undefined : await objection(first, heals);
      if (wrong !== undefined) return wrong;
      if (!well && !saysWhy) return `did not say why:\n${first.said.slice(-900)}`;
      // A read may be one that is not needed, or asked again; without a change there is no good end.
      if (!heals && isChange && well && !saysWhy) return 'ended well, although it cannot have';
      return objection(await disturbed(account, folder), true);
    });

  const rounds = Object.entries(trialsIn(names)).map(([what, trial], round) => ({ what, trial, round }));
  it.each(rounds)('get over, or say in words, $what', patient, async ({ what, trial, round }) => {
    const { moments } = await reference();
    const cases = sampleOf(moments, stride, round);
    const failures = await tryAll(`${what}, moto`, cases, (moment) => survive(trial, moment), {
      name: ({ operation, nth }) => `${operation} ${nth}`,
    });
    expect(failures).toEqual([]);
  });

  it('come to the same end although AWS shows changes late', patient, async () => {
    const cases: Readonly<Record<string, (clock: ReturnType<typeof fastClock>) => Disturbance>> = {
      'one read': () => lagging(1),
      'two reads': () => lagging(2),
      'four reads': () => lagging(4),
      'two seconds': (clock) => laggingFor(clock, 2_000),
      'ten seconds': (clock) => laggingFor(clock, 10_000),
      'thirty seconds': (clock) => laggingFor(clock, 30_000),
    };
    const failures = await tryAll('changes seen late, moto', Object.entries(cases), ([, late]) =>
      moto.lent(async (account) => {
        const clock = fastClock();
        return objection(await disturbed(account, await temporaryFolder(), late(clock), { clock }), true);
      }),
    );
    expect(failures).toEqual([]);
  });

  it('find nothing in an account that is lent again', async () => {
    const before = await moto.lent((account) => stateOf(moto.url, account));
    await moto.lent(async (account) => disturbed(account, await temporaryFolder()));
    expect(await moto.lent((account) => stateOf(moto.url, account))).toEqual(before);
  });

  it.each(standIns)('are given an answer to %s, which moto does not have', async (operation) => {
    expect(Object.keys(answeredByProxy)).toContain(operation);
    expect((await reference()).operations).toContain(operation);
  });

  it('make no call that was not compared with moto, or is known not to be', async () => {
    const { operations } = await reference();
    const known = [...comparedWithMoto, ...Object.keys(unknownToMoto)];
    expect(operations.filter((one) => !known.includes(one))).toEqual([]);
  });
});
