import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isRead } from '../../../src/aws/operation-name.ts';
import { readJournal, type JournalLine } from '../../../src/state/journal.ts';
import type { FreshAccount, Moto } from '../../counterparts/_support/moto.ts';
import { clueless } from './attempt.ts';
import { seatAt, type Seat } from './child.ts';
import { codeOf, unattended } from './counterpart.ts';
import { answeredByProxy } from './stand-ins.ts';
import { startProxy, type Disturbance, type Exchange, type FaultProxy } from '../../_support/aws-proxy.ts';
import { stateOf } from './read-back.ts';

/** A fresh account of moto behind a proxy, and a place from which the program is started in it. */
export type Scene = { moto: Moto; account: FreshAccount; proxy: FaultProxy; seat: Seat };

/** How a run ends that nothing happens to: some steps wait for a person. */
export const usualEnd = codeOf(unattended);

/** The changing calls that came by, in their order. */
export const changesIn = ({ proxy }: Pick<Scene, 'proxy'>) =>
  proxy.log.filter(({ operation }) => !isRead(operation));

/** Lets `act` have the nth changing call, counted over all operations. */
export const atChange = (nth: number, act: (exchange: Exchange) => Promise<void>): Disturbance => {
  let seen = 0;
  return ({ operation }) => (!isRead(operation) && (seen += 1) === nth ? act : undefined);
};

/** Plays in a fresh account. */
export const within = async <T>(moto: Moto, act: (scene: Scene) => Promise<T>): Promise<T> => {
  const [account, proxy] = [await moto.freshAccount(), await startProxy(moto.url, answeredByProxy)];
  try {
    return await act({ moto, account, proxy, seat: await seatAt(proxy.url, account) });
  } finally {
    await proxy.stop();
  }
};

/** What the account of a scene holds, as an independent client sees it. */
export const endOf = ({ moto, account }: Scene) => stateOf(moto.url, account);

/** The journal of the scene's account. */
export const journalOf = ({ seat, account }: Scene): Promise<readonly JournalLine[]> =>
  readJournal(join(seat.home, account.accountId));

/** A run that nothing happens to: its changing calls, and the account that it leaves. */
export type Undisturbed = { changes: readonly string[]; end: Awaited<ReturnType<typeof stateOf>> };

/** Lets a run come to its end undisturbed. */
export const undisturbed = (moto: Moto): Promise<Undisturbed> =>
  within(moto, async (scene) => {
    const { code, stderr } = await scene.seat.run();
    if (code !== usualEnd) throw new Error(`ended with ${code}:\n${stderr}`);
    return { changes: changesIn(scene).map(({ operation }) => operation), end: await endOf(scene) };
  });

/** What was sent and is not in the journal. */
export const unwrittenIn = async (scene: Scene): Promise<string | undefined> => {
  const begun = (await journalOf(scene)).filter(({ phase }) => phase === 'begin');
  const sent = changesIn(scene).map(({ operation }) => operation);
  const missing = sent.filter((operation, index) => begun[index]?.operation !== operation);
  return missing.length === 0 ? undefined : `not in the journal: ${missing.join()}`;
};

/** Starts again where a run was broken off, and says what is wrong with the end, or with what a third run does. */
export const troubleAfter = async (scene: Scene, { end }: Undisturbed): Promise<string | undefined> => {
  const { proxy, seat } = scene;
  proxy.disturb(() => undefined);
  const { code, stderr } = await seat.run();
  if (code !== usualEnd) return `ended with ${code}:\n${stderr.slice(-600)}`;
  if (!isDeepStrictEqual(await endOf(scene), end)) return 'the account is another one';
  const before = changesIn(scene).length;
  const again = await seat.run();
  if (again.code !== usualEnd || changesIn(scene).length > before)
    return `did more the next time:\n${again.stderr}`;
  return clueless.test(stderr) ? `said what it should not:\n${stderr}` : unwrittenIn(scene);
};
