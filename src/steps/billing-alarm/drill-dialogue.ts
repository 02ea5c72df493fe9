import { DescribeAlarmHistoryCommand } from '@aws-sdk/client-cloudwatch';
import { isTolerable } from '../../aws/errors/explain.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { ActionContext } from '../../core/action.ts';
import { showWarning } from '../../core/messages.ts';
import type { ChoiceQuestion, TextQuestion } from '../../core/question.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { shortenName } from './alarms.ts';
import { machineProtocols } from './facts.ts';
import { subscribeOtherAddress, waitForConfirmation } from './confirmation-mail.ts';
import { hasSameWords } from './drill-words.ts';

/** A fire drill in progress: the mail has been sent, and the owner must type the words in it. */
export type RunningDrill = {
  /** Only the mail may reveal them. */
  words: string;
  addresses: readonly string[];
  alarmName: string;
  topic: string;
  /**
   * Triggers the alarm again, with the same words and the account's current settings. Undefined if nobody can be
   * reached.
   */
  triggerAgain(): Promise<RunningDrill | undefined>;
  saveProof(): Promise<void>;
  /** Sets back an alarm that would not fall back by itself. */
  setBack(): Promise<void>;
};

/** After this many wrong answers, the owner is more likely reading an older mail than mistyping. */
const wrongAnswersBeforeResend = 3;

/** After this many wrong answers, nobody is reading that mail. */
const maxDrillTries = 8;

const createDrillQuestion = (wrong: number): ChoiceQuestion => ({
  kind: 'choice',
  message: 'The mail of the fire drill',
  help: 'It comes within a minute or two. Until the words are typed, nothing is proven.',
  options: [
    { value: 'words', label: 'Type the words in it' },
    { value: 'again', label: 'Send it again' },
    { value: 'missing', label: 'It did not come' },
    { value: 'other', label: 'Use another address' },
    { value: 'later', label: 'Leave it for later' },
  ],
  default: wrong >= wrongAnswersBeforeResend ? 'again' : 'words',
});

const drillWordsQuestion: TextQuestion = {
  kind: 'text',
  format: 'drill-words',
  message: 'Which words are in the mail?',
  help: 'Two words and a number, in its first sentence, after "The words to type are".',
  example: 'two words 22',
  pattern: /\S/,
  rule: 'Type the words from the mail',
  max: 200,
};

const announceDrill = (context: ActionContext, { addresses, alarmName }: RunningDrill): void =>
  context.dialogue.show({
    kind: 'manual-task',
    id: 'fire-drill',
    doneQuestion: 'drill',
    instructions: [
      `AWS is sending a mail "ALARM: ${shortenName(alarmName)}" to ${addresses.map(shortenName).join(', ') || 'the subscribers of the topic'}.`,
      'It is a drill: nothing is wrong, and the alarm falls back by itself.',
      'Its first sentence has two words and a number: type them here.',
    ],
  });

/** What CloudWatch says of its last try to publish, if it failed: `not authorized to perform: SNS:Publish`. */
const readFailedAction = async ({ aws }: ActionContext, AlarmName: string): Promise<string | undefined> => {
  const history = await aws.cloudwatch
    .send(
      new DescribeAlarmHistoryCommand({
        AlarmName,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        HistoryItemType: 'Action',
        MaxRecords: 10,
      }),
    )
    .catch((error: unknown) => {
      if (!isTolerable(error)) throw error;
      return undefined;
    });
  const [last] = history?.AlarmHistoryItems ?? [];
  const text = sanitize(`${last?.HistorySummary ?? ''} ${last?.HistoryData ?? ''}`, 300);
  return /fail|not authorized|denied/i.test(text) ? text : undefined;
};

const explainMissingMail = async (
  context: ActionContext,
  { topic, alarmName }: RunningDrill,
): Promise<void> => {
  const [subscribers, failure] = await context.dialogue.runWithProgress(
    'Asking AWS who is subscribed, and what became of the message',
    () => Promise.all([readTopicSubscriptions(context.aws, topic), readFailedAction(context, alarmName)]),
    'transient',
  );
  const confirmed = subscribers.filter(isConfirmedSubscription);
  const readers = confirmed.filter(({ Protocol = '' }) => !machineProtocols.has(Protocol));
  const addresses = readers.map(({ Endpoint }) => shortenName(Endpoint));
  const kinds = [...new Set(confirmed.map(({ Protocol }) => Protocol))].join(' and ');
  const nobody =
    confirmed.length > 0
      ? `Only ${kinds} is subscribed, which reads no mail: use another address.`
      : 'Nobody is subscribed any more: somebody, or a mail scanner, has ended it. Use an address again.';
  const texts = [
    ...(failure === undefined
      ? []
      : [
          `CloudWatch could not publish to the topic: ${failure}`,
          'Look at the access policy of the topic in the SNS console of us-east-1, and at its encryption key.',
        ]),
    addresses.length > 0
      ? `Subscribed and confirmed: ${addresses.join(', ')}. Is that where you look?`
      : nobody,
    ...(failure === undefined && addresses.length > 0
      ? [
          'Look in spam, and for rules that file mail of no-reply@sns.amazonaws.com. A minute is normal; after ten, send it again.',
        ]
      : []),
  ];
  for (const text of texts) context.dialogue.show({ kind: 'text', text });
};

/** Triggers the alarm again, or says why it cannot. Returns the drill that continues. */
const repeatDrill = async (context: ActionContext, drill: RunningDrill): Promise<RunningDrill> => {
  const again = await context.dialogue.runWithProgress(
    'Setting the alarm off again (cloudwatch:SetAlarmState to OK, then to ALARM)',
    () => drill.triggerAgain(),
  );
  if (!again) showWarning(context.dialogue, 'The alarm reaches nobody at the moment, so nothing was sent.');
  return again ?? drill;
};

const repeatDrillAtOtherAddress = async (
  context: ActionContext,
  drill: RunningDrill,
): Promise<RunningDrill> => {
  const before = (await readTopicSubscriptions(context.aws, drill.topic)).flatMap(
    ({ SubscriptionArn: arn }) => arn ?? [],
  );
  const email = await subscribeOtherAddress(context, drill.topic);
  await waitForConfirmation(drill.topic, email, before).perform(context);
  return repeatDrill(context, drill);
};

const askDrillWords = async (context: ActionContext, { words }: RunningDrill): Promise<boolean> =>
  hasSameWords(await context.dialogue.ask(drillWordsQuestion, 'drill-words'), words);

const completeDrill = async (context: ActionContext, drill: RunningDrill): Promise<void> => {
  await context.dialogue.runWithProgress('Noting on the topic that the alarm reaches you', () =>
    drill.saveProof(),
  );
  const text = 'Those are the words: the alarm reaches you. It falls back by itself now.';
  context.dialogue.show({ kind: 'text', text, tone: 'success' });
};

/** Asks until the words are right or the owner postpones the drill. */
export const runDrillDialogue = async (context: ActionContext, first: RunningDrill): Promise<void> => {
  let drill = first;
  let wrong = 0;
  let tries = 0;
  announceDrill(context, drill);
  for (;;) {
    const answer = await context.dialogue.ask(createDrillQuestion(wrong), 'drill');
    if (answer === 'later') return;
    if (answer === 'missing') await explainMissingMail(context, drill);
    if (answer === 'other') drill = await repeatDrillAtOtherAddress(context, drill);
    if (answer === 'again') drill = await repeatDrill(context, drill);
    if (answer === 'again' || answer === 'other') {
      announceDrill(context, drill);
      wrong = 0;
    }
    if (answer !== 'words') continue;
    if (await askDrillWords(context, drill)) return completeDrill(context, drill);
    wrong += 1;
    tries += 1;
    if (tries === maxDrillTries)
      return showWarning(context.dialogue, 'That is enough for now: the drill is left for later.');
    showWarning(
      context.dialogue,
      wrong >= wrongAnswersBeforeResend
        ? 'Those are not the words either. Is it an older mail? Send it again, and take the newest.'
        : 'Those are not the words of this drill. They are in the first sentence of the newest mail.',
    );
  }
};
