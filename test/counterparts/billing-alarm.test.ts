import { ListTagsForResourceCommand, ListTopicsCommand, TagResourceCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { filesIn, runProgram } from '../terminal/_support/program.ts';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { answeredByProxy } from '../faults/_support/stand-ins.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { startMoto, type Moto } from './_support/moto.ts';
import { proveAlarm } from './_support/prove-alarm.ts';
import { clients, environment, verify } from './_support/signed-in.ts';

let moto: Moto;
let proxy: FaultProxy;

beforeAll(async () => {
  if (!motoIsInstalled()) return;
  moto = await startMoto();
  // moto does not know mute rules, and what silences an alarm has to be read before the step is done.
  proxy = await startProxy(moto.url, answeredByProxy);
});
afterAll(async () => {
  await proxy?.stop();
  await moto?.stop();
});

describe.skipIf(!motoIsInstalled())('the billing alarm, against moto', () => {
  it('goes from nothing to proven, and the proof is void once it is about other subscriptions', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const words = await proveAlarm(account, proxy.url, home);
    expect(await verify(account, proxy.url, home)).toMatchObject({ 'billing-alarm': 'met' });
    expect(Object.values(await filesIn(home)).join('\n')).not.toContain(words);
    const { sns } = clients(account, moto.url);
    const { Topics: [topic] = [] } = await sns.send(new ListTopicsCommand({}));
    const ResourceArn = topic?.TopicArn ?? '';
    const { Tags = [] } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags.map(({ Key }) => Key)).toEqual(
      expect.arrayContaining(['aws-first-steps:asked', 'aws-first-steps:proven']),
    );

    const value = Tags.find(({ Key }) => Key === 'aws-first-steps:proven')?.Value ?? '';
    const forged = value.replace(/subscription:\w+/, 'subscription:000000000000');
    await sns.send(
      new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'aws-first-steps:proven', Value: forged }] }),
    );
    const { stdout } = await runProgram(['verify', '--home', home, '--only', 'billing-alarm'], {
      env: environment(account, proxy.url),
    });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the subscriptions have changed since');
  });
});
