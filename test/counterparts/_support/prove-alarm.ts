import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { startProgram } from '../../terminal/_support/program.ts';
import { answerAll, personAtLines, type Reply } from '../../terminal/_support/person.ts';
import type { FreshAccount } from './moto.ts';
import { clients, environment } from './signed-in.ts';

/** What AWS does once billing alerts are on; moto takes it from anybody. */
const publishCharges = (account: FreshAccount, url: string) =>
  clients(account, url).cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Billing',
      MetricData: [
        { MetricName: 'EstimatedCharges', Value: 1, Dimensions: [{ Name: 'Currency', Value: 'USD' }] },
      ],
    }),
  );

/** Moto sends no mail, so the words are read where CloudWatch keeps them. */
const wordsAt = async (account: FreshAccount, url: string): Promise<string> => {
  const { MetricAlarms = [] } = await clients(account, url).cloudwatch.send(new DescribeAlarmsCommand({}));
  const ringing = MetricAlarms.find(({ StateValue }) => StateValue === 'ALARM');
  return /(?<=words to type are: )\w+ \w+ \d\d/.exec(ringing?.StateReason ?? '')?.[0] ?? 'none';
};

const untilTheDrill: readonly Reply[] = [
  ['Is this the account', 'enter'],
  ['Which address', (seat) => seat.answer('maria@example.com')],
  ['Warn at how many', 'enter'],
  ['Go ahead?', 'enter'],
];

/** Sets the billing alarm up and proves it, as somebody in front of lines does. Returns the words of the drill. */
export const proveAlarm = async (account: FreshAccount, url: string, home: string): Promise<string> => {
  await publishCharges(account, url);
  const args = ['--home', home, '--only', 'billing-alarm', '--ui', 'lines'];
  const terminal = startProgram(args, { env: environment(account, url), cols: 100, rows: 30 });
  const seat = personAtLines(terminal, 'lines');
  await answerAll(seat, untilTheDrill);
  // Whether a subscription is locked is not the same in all versions of moto.
  await seat.see(/Subscribe again|Waiting for the mail of the fire drill/);
  if (seat.text().includes('Subscribe again')) seat.press('enter');
  await answerAll(seat, [['Waiting for the mail of the fire drill', 'enter']]);
  await seat.see('Which words');
  const words = await wordsAt(account, url);
  seat.answer(words);
  const { code } = await terminal.exit;
  if (code !== 0) throw new Error(`ended with ${code}:\n${terminal.scrollback().join('\n')}`);
  return words;
};
