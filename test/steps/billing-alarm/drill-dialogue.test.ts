import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { ActionContext } from '../../../src/core/action.ts';
import { runDrillDialogue, type RunningDrill } from '../../../src/steps/billing-alarm/drill-dialogue.ts';
import { fastClock, startPracticeRun } from '../../_support/practice-run.ts';
import { owner, type Reply } from '../../_support/scripted-owner.ts';

type Subscriber = { Protocol: string; Endpoint: string; SubscriptionArn: string };
const topic = 'arn:aws:sns:us-east-1:123456789012:money';
const subscriber = (Protocol: string, Endpoint: string, confirmed = true): Subscriber => ({
  Protocol,
  Endpoint,
  SubscriptionArn: confirmed ? `${topic}:11111111-2222-3333-4444-555555555555` : 'PendingConfirmation',
});

const drillWith = async (
  replies: Readonly<Record<string, readonly Reply[]>>,
  {
    subscribers = [subscriber('email', 'maria@example.com')],
    history = async (): Promise<object> => ({}),
    again = async () => undefined,
    addresses = ['maria@example.com'],
  }: {
    subscribers?: readonly Subscriber[];
    history?: () => Promise<object>;
    again?: RunningDrill['triggerAgain'];
    addresses?: readonly string[];
  } = {},
) => {
  const { aws } = await startPracticeRun();
  const who = owner(replies);
  const saved: string[] = [];
  const asked: object[] = [];
  const context: ActionContext = {
    aws: aws.withPlugin(async ({ operation, input }, next) => {
      if (operation === 'sns:ListSubscriptionsByTopic') return { Subscriptions: subscribers };
      if (operation !== 'cloudwatch:DescribeAlarmHistory') return next();
      asked.push(input);
      return history();
    }),
    clock: fastClock(),
    dialogue: who,
    attestations: { of: () => undefined, keep: async () => undefined },
  };
  const drill: RunningDrill = {
    words: 'amber spider 22',
    addresses,
    alarmName: 'bill',
    topic,
    triggerAgain: again,
    saveProof: async () => void saved.push('first'),
    setBack: async () => undefined,
  };
  const run = () => runDrillDialogue(context, drill);
  const announcements = () =>
    who.told.flatMap((note) => (note.kind === 'manual-task' ? [note.instructions[0]] : []));
  const defaults = () =>
    who.asked.flatMap(({ question }) => (question.kind === 'choice' ? [question.default] : []));
  return { run, who, saved, asked, announcements, defaults, drill };
};

const right = ['amber spider 22'];
const missing = { drill: ['missing', 'later'], 'drill-missing': ['back'] };
const again = { 'drill-missing': ['again'] };

describe('the proof of a fire drill', () => {
  it('is kept once the words of the mail are typed, and only then', async () => {
    const { run, saved, who } = await drillWith({ 'drill-words': ['amber spider 23', ...right] });
    await run();
    expect(saved).toEqual(['first']);
    expect(who.names()).toEqual(['drill', 'drill-words', 'drill', 'drill-words']);
    expect(who.told.at(-1)).toMatchObject({ tone: 'success' });
  });

  it('is not kept when the drill is left for later', async () => {
    const { run, saved, who } = await drillWith({ drill: ['later'] });
    await run();
    expect(saved).toEqual([]);
    expect(who.names()).toEqual(['drill']);
  });

  it('is that of the newest drill', async () => {
    const saved: string[] = [];
    const { run, ...first } = await drillWith(
      { drill: ['missing', 'words'], ...again, 'drill-words': ['other words 33'] },
      {
        again: async () => ({
          ...first.drill,
          words: 'other words 33',
          alarmName: 'newer',
          saveProof: async () => void saved.push('newer'),
        }),
      },
    );
    await run();
    expect(saved).toEqual(['newer']);
    expect(first.saved).toEqual([]);
    expect(first.announcements()).toEqual([
      'Open the mail "ALARM: bill" to maria@example.com.',
      'Open the mail "ALARM: newer" to maria@example.com.',
    ]);
  });
});

describe('a fire drill', () => {
  it('names the subscribers of the topic where it knows no address', async () => {
    const { run, announcements } = await drillWith({ drill: ['later'] }, { addresses: [] });
    await run();
    expect(announcements()).toEqual(['Open the mail "ALARM: bill" to the subscribers of the topic.']);
  });

  it('goes on as it was when nobody could be reached again, and says so', async () => {
    const { run, saved, who } = await drillWith({
      drill: ['missing', 'words'],
      ...again,
      'drill-words': right,
    });
    await run();
    expect(who.sentences()).toContain('Nothing was sent: the alarm reaches nobody at the moment.');
    expect(saved).toEqual(['first']);
  });

  it('suggests another mail after three wrong answers, and no more once that is sent', async () => {
    const wrong = Array.from({ length: 3 }, () => 'wrong');
    const { run, defaults, who } = await drillWith({
      drill: ['words', 'words', 'words', 'missing', 'missing', 'later'],
      'drill-missing': ['back', 'again'],
      'drill-words': wrong,
    });
    await run();
    expect(defaults()).toEqual(['words', 'words', 'words', 'missing', 'again', 'missing', 'again', 'words']);
    const verdicts = who.told.flatMap((note) =>
      note.kind === 'text' && note.text.startsWith('Those are not') ? [note.text] : [],
    );
    expect(verdicts.map((text) => text.includes('older mail'))).toEqual([false, false, true]);
  });

  it('is announced again only when a mail was sent again', async () => {
    const { run, announcements } = await drillWith({
      drill: ['missing', 'words', 'missing', 'later'],
      'drill-missing': ['back', 'again'],
      'drill-words': ['wrong'],
    });
    await run();
    expect(announcements()).toHaveLength(2);
  });
});

describe('a mail of the drill that did not come', () => {
  it('is looked for in the spam of those who are subscribed and confirmed', async () => {
    const { run, who, asked } = await drillWith(missing, {
      subscribers: [
        subscriber('email', 'maria@example.com'),
        subscriber('email', 'anna@example.com', false),
        subscriber('sqs', 'arn:aws:sqs:us-east-1:123456789012:queue'),
      ],
    });
    await run();
    expect(who.sentences()).toContain('The mail goes to maria@example.com. Is that where you look?');
    expect(who.sentences()).toContain('Look in spam');
    expect(who.sentences()).not.toContain('could not publish');
    expect(asked).toMatchObject([
      { AlarmName: 'bill', HistoryItemType: 'Action', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    ]);
  });

  it('is not looked for in spam where only machines are subscribed', async () => {
    const { run, who } = await drillWith(missing, {
      subscribers: [subscriber('sqs', 'arn:q'), subscriber('lambda', 'arn:f'), subscriber('sqs', 'arn:r')],
    });
    await run();
    expect(who.sentences()).toBe(
      'Use another address: only sqs and lambda is subscribed, which reads no mail.',
    );
  });

  it('has nobody to go to where nobody has confirmed', async () => {
    const { run, who } = await drillWith(missing, {
      subscribers: [subscriber('email', 'maria@example.com', false)],
    });
    await run();
    expect(who.sentences()).toMatch(/nobody is subscribed any more/);
  });

  it.each(['Failed to execute action', 'User is not authorized to publish', 'Access DENIED'])(
    'has not been published where CloudWatch says "%s", and the policy is named instead of spam',
    async (HistorySummary) => {
      const { run, who } = await drillWith(missing, {
        history: async () => ({ AlarmHistoryItems: [{ HistorySummary }, { HistorySummary: 'older' }] }),
      });
      await run();
      expect(who.sentences()).toContain(`CloudWatch could not publish to the topic: ${HistorySummary}`);
      expect(who.sentences()).toContain('access policy of the topic');
      expect(who.sentences()).not.toContain('spam');
    },
  );

  it('has been published where only an older try failed, or where CloudWatch may not be asked', async () => {
    for (const history of [
      async () => ({
        AlarmHistoryItems: [{ HistorySummary: 'Successfully executed' }, { HistorySummary: 'Failed' }],
      }),
      () =>
        Promise.reject(
          new CloudWatchServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: {} }),
        ),
    ]) {
      const { run, who } = await drillWith(missing, { history });
      await run();
      expect(who.sentences()).toContain('Look in spam');
      expect(who.sentences()).not.toContain('could not publish');
    }
  });

  it('is not explained when asking ends in an error that is none of AWS', async () => {
    const broken = new TypeError('broken');
    const { run } = await drillWith(missing, { history: () => Promise.reject(broken) });
    await expect(run()).rejects.toThrow('broken');
  });
});
