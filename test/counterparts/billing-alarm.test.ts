import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ListTagsForResourceCommand, ListTopicsCommand, TagResourceCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { filesIn, runProgram, startProgram } from '../terminal/_support/program.ts';
import { personAtLines, answerAll, type Reply } from '../terminal/_support/person.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { startMoto, type FreshAccount, type Moto } from './_support/moto.ts';
import { clients, environment, verify } from './_support/signed-in.ts';

let moto: Moto;
let front: FaultProxy;

beforeAll(async () => {
  if (!motoIsInstalled()) return;
  moto = await startMoto();
  // moto has no mute rules, and an alarm is not done as long as nobody knows of them.
  front = await startProxy(moto.url, { 'cloudwatch:ListAlarmMuteRules': { AlarmMuteRuleSummaries: [] } });
});
afterAll(async () => {
  await front?.stop();
  await moto?.stop();
});

/** What AWS does once billing alerts are on; moto takes it from anybody. */
const publishCharges = (account: FreshAccount) =>
  clients(account, moto.url).cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Billing',
      MetricData: [
        { MetricName: 'EstimatedCharges', Value: 1, Dimensions: [{ Name: 'Currency', Value: 'USD' }] },
      ],
    }),
  );

const alarmsOf = async (account: FreshAccount) => {
  const { MetricAlarms = [] } = await clients(account, moto.url).cloudwatch.send(
    new DescribeAlarmsCommand({}),
  );
  return MetricAlarms;
};

/** Moto sends no mail, so the words are read where CloudWatch keeps them. */
const wordsAt = async (account: FreshAccount): Promise<string> => {
  const ringing = (await alarmsOf(account)).find(({ StateValue }) => StateValue === 'ALARM');
  return /(?<=words to type are: )\w+ \w+ \d\d/.exec(ringing?.StateReason ?? '')?.[0] ?? 'none';
};

const untilTheDrill: readonly Reply[] = [
  ['Is this the account', 'enter'],
  ['Which address', (seat) => seat.answer('maria@example.com')],
  ['Warn at how many', 'enter'],
  ['Go ahead?', 'enter'],
];

describe.skipIf(!motoIsInstalled())('the billing alarm, against moto', () => {
  it('goes from nothing to proven, and the proof is void once it is about other subscriptions', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    await publishCharges(account);
    const args = ['--home', home, '--only', 'billing-alarm', '--ui', 'lines'];
    const terminal = startProgram(args, { env: environment(account, front.url), cols: 100, rows: 30 });
    const seat = personAtLines(terminal, 'lines');
    await answerAll(seat, untilTheDrill);
    // Whether a subscription is locked is not the same in all versions of moto.
    await seat.see(/Subscribe anew|The mail of the fire drill/);
    if (seat.text().includes('Subscribe anew')) seat.press('enter');
    await answerAll(seat, [['The mail of the fire drill', 'enter']]);
    await seat.see('Which words');
    const words = await wordsAt(account);
    seat.answer(words);
    await answerAll(seat, [['Go on?', 'enter']]);
    expect(await terminal.exit).toMatchObject({ code: 0 });

    expect(await verify(account, front.url, home)).toMatchObject({ 'billing-alarm': 'met' });
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
      env: environment(account, front.url),
    });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the subscriptions have changed since');
  });
});
