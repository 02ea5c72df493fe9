import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import { startProgram } from '../terminal/_support/program.ts';
import { attended, environmentIn, startCounterpart, type Counterpart } from './_support/counterpart.ts';
import { stateAfter } from './_support/left-behind.ts';
import { atChange, changesIn, endOf, unwrittenIn, within, type Scene } from './_support/moto-scene.ts';
import { sitThrough } from './_support/person.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

/** What somebody changes who is never interrupted. */
const changes = [
  'iam:CreateGroup',
  'iam:AttachGroupPolicy',
  'iam:CreateUser',
  'iam:AddUserToGroup',
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:CreateLoginProfile',
];

const moments = changes.flatMap((change, index) =>
  (['before', 'after'] as const).map((when) => ({ change, when, nth: index + 1 })),
);

const start = ({ seat, account, proxy }: Scene) => {
  const args = ['--home', seat.home, '--only', attended.join(), '--account', account.accountId];
  return startProgram(args, { env: environmentIn(proxy.url, account) });
};

const operationsIn = (scene: Scene) => changesIn(scene).map(({ operation }) => operation);

/** What is wrong with a run that nothing happens to. */
const trouble = async (scene: Scene): Promise<string | undefined> => {
  const terminal = start(scene);
  const { code } = await sitThrough(terminal);
  if (code !== 0) return `ended with ${code}:\n${terminal.scrollback().join('\n')}`;
  const [is, should] = [await endOf(scene), stateAfter(attended)];
  return isDeepStrictEqual(is, should) ? unwrittenIn(scene) : `left ${JSON.stringify(is)}`;
};

describe.skipIf(!motoIsInstalled())('somebody in a terminal, against moto', () => {
  let moto: Counterpart;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  it('makes these changes when nothing happens, and none when they come again', { timeout: 120_000 }, () =>
    within(moto, async (scene) => {
      expect(await trouble(scene)).toBeUndefined();
      expect(operationsIn(scene)).toEqual(changes);
      expect(await trouble(scene)).toBeUndefined();
      expect(operationsIn(scene)).toEqual(changes);
    }),
  );

  const killed = async (scene: Scene, { nth, when }: (typeof moments)[number]) => {
    const terminal = start(scene);
    scene.proxy.disturb(
      atChange(nth, async (exchange) => {
        if (when === 'after') await exchange.forward();
        terminal.kill('SIGKILL');
        await terminal.exit;
        exchange.breakOff();
      }),
    );
    const { code, signal } = await sitThrough(terminal);
    scene.proxy.disturb(() => undefined);
    return signal === 9 ? undefined : `was not killed, and ended with ${code}`;
  };

  it('comes to the same administrator after the program was killed', { timeout: 900_000 }, async () => {
    const failures = await tryAll(
      'SIGKILL before and after a change of somebody in a terminal, moto',
      sampleOf(moments, 4, 3),
      (moment) => within(moto, async (scene) => (await killed(scene, moment)) ?? trouble(scene)),
      { name: ({ change, when }) => `${when} ${change}`, kind: 'kills', atOnce: 3 },
    );
    expect(failures).toEqual([]);
  });
});
