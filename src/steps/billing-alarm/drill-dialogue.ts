import { formatLocalTime } from '../../lib/dates.ts';
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
import { createMissingQuestion, missingAnswer } from '../shared/watch.ts';

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
  message: 'Waiting for the mail of the fire drill',
  help: 'It comes within a minute or two.',
  options: [
    { value: 'words', label: 'Type the words from the mail' },
    { value: missingAnswer, label: 'It did not come' },
    { value: 'later', label: 'Leave it for later', hint: 'until then nothing is proven' },
  ],
  default: wrong >= wrongAnswersBeforeResend ? missingAnswer : 'words',
});

const drillMissingQuestion = createMissingQuestion(undefined, [
  { value: 'again', label: 'Send it again' },
  { value: 'other', label: 'Use another address' },
]);

const drillWordsQuestion: TextQuestion = {
  kind: 'text',
  format: 'drill-words',
  message: 'Which words are in the mail?',
  help: 'Two words and a number, after "The words to type are".',
  example: 'castle ticket 93',
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
      `Open the mail "ALARM: ${shortenName(alarmName)}" to ${addresses.map(shortenName).join(', ') || 'the subscribers of the topic'}.`,
      'Type the two words and the number from its first sentence. It is a drill: nothing is wrong.',
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
      ? `Use another address: only ${kinds} is subscribed, which reads no mail.`
      : 'Use an address again: nobody is subscribed any more. Somebody, or a mail scanner, has ended it.';
  const texts = [
    ...(failure === undefined
      ? []
      : [
          `CloudWatch could not publish to the topic: ${failure}`,
          'Look at the access policy of the topic and at its encryption key, in the SNS console of us-east-1.',
        ]),
    addresses.length > 0 ? `The mail goes to ${addresses.join(', ')}. Is that where you look?` : nobody,
    ...(failure === undefined && addresses.length > 0
      ? [
          'Look in spam, and at rules that file mail of no-reply@sns.amazonaws.com. After ten minutes, send it again.',
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
  if (!again) {
    showWarning(context.dialogue, 'Nothing was sent: the alarm reaches nobody at the moment.');
    return drill;
  }
  const text = `The alarm was set off again at ${formatLocalTime(context.clock.now())}: another mail comes, with other words.`;
  context.dialogue.show({ kind: 'text', tone: 'success', text });
  return again;
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

/** Says what is known of a mail that did not come, and sends it again if the owner wants that. */
const repeatMissingDrill = async (
  context: ActionContext,
  drill: RunningDrill,
): Promise<RunningDrill | undefined> => {
  await explainMissingMail(context, drill);
  switch (await context.dialogue.ask(drillMissingQuestion, 'drill-missing')) {
    case 'again':
      return repeatDrill(context, drill);
    case 'other':
      return repeatDrillAtOtherAddress(context, drill);
    default:
      return undefined;
  }
};

const askDrillWords = async (context: ActionContext, { words }: RunningDrill): Promise<boolean> =>
  hasSameWords(await context.dialogue.ask(drillWordsQuestion, 'drill-words'), words);

const completeDrill = async (context: ActionContext, drill: RunningDrill): Promise<void> => {
  await context.dialogue.runWithProgress('Noting on the topic that the alarm reaches you', () =>
    drill.saveProof(),
  );
  const text = 'Those are the words: the alarm reaches you. It goes back to normal by itself.';
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
    if (answer === missingAnswer) {
      const repeated = await repeatMissingDrill(context, drill);
      if (repeated === undefined) continue;
      drill = repeated;
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
        ? 'Those are not the words either. Is it an older mail? Choose "It did not come" to send a new one.'
        : 'Those are not the words of this drill. Take them from the newest mail.',
    );
  }
};
