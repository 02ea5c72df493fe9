import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import {
  hasSameWords,
  generateDrillWords,
  formatDrillReason,
} from '../../../src/steps/billing-alarm/drill-words.ts';
import { owner, type Owner, type Reply } from '../../_support/scripted-owner.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
  readWrittenFiles,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import {
  accountWith,
  plantAlarm,
  plantTopic,
  publishCharges,
  runStepByHand,
} from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');

const drillMails = ({ practice }: PracticeRun) =>
  practice.desk.listMails().filter(({ subject }) => subject.startsWith('ALARM:'));

const words = (practiceRun: PracticeRun): string =>
  /(?<=type are: )\w+ \w+ \d\d/.exec(drillMails(practiceRun).at(-1)?.text ?? '')?.[0] ?? '';

const states = (practiceRun: PracticeRun): readonly unknown[] =>
  listChanges(practiceRun).flatMap(({ input, operation }) =>
    operation === 'cloudwatch:SetAlarmState' && 'StateValue' in input ? [input.StateValue] : [],
  );

/** An account in which only the drill is missing. */
const ready = (plant: (world: Parameters<Parameters<typeof accountWith>[0]>[0]) => void = () => {}) =>
  startPracticeRun({
    scenario: accountWith((world) => {
      publishCharges(world);
      plantAlarm(world, 'budget', { AlarmActions: [plantTopic(world, 'money', true)] });
      for (const one of world.subscriptions) one.authenticated = true;
      plant(world);
    }),
  });

const drilled = async (
  practiceRun: PracticeRun,
  replies: Readonly<Record<string, readonly Reply[]>> = {},
): Promise<{ who: Owner; status: string; summary: string }> => {
  const who = owner({ 'drill-words': [() => words(practiceRun)], ...replies });
  const { checkResult } = await runStepByHand('billing-alarm', practiceRun, who);
  return { who, status: checkResult.finding.status, summary: checkResult.finding.summary };
};

const status = async (practiceRun: PracticeRun) => {
  const { finding } = await checkIn(step, practiceRun);
  return `${finding.status}: ${finding.summary}`;
};

describe('the fire drill', () => {
  it('ends after eight wrong answers, whatever was sent again in between, and proves nothing', async () => {
    const { who, status: ended } = await drilled(await ready(), {
      drill: [
        ...Array.from({ length: 5 }, () => 'words'),
        'missing',
        ...Array.from({ length: 9 }, () => 'words'),
      ],
      'drill-missing': ['again'],
      'drill-words': Array.from({ length: 20 }, () => 'amber spider 00'),
    });
    expect(ended).toBe('waiting');
    expect(who.sentences()).toContain('That is enough for now: the drill is left for later.');
    expect(who.names().filter((name) => name === 'drill-words')).toHaveLength(8);
  });

  it('sends a mail through the alarm, and the words in it are the proof', async () => {
    const practiceRun = await ready();
    expect(await drilled(practiceRun)).toMatchObject({
      status: 'met',
      summary: 'Alarm at 10 USD a month; proven on 2026-11-23, today',
    });
    const [mail] = drillMails(practiceRun);
    expect(mail?.text.split('\n')[0]).toMatch(
      /has entered the ALARM state, because "This is only a fire drill of aws-first-steps, nothing is wrong\. The words to type are: /,
    );
  });

  it('reveals the words nowhere: not on the screen, not in the plan, not in a file', async () => {
    const practiceRun = await ready();
    const { who } = await drilled(practiceRun, { drill: ['later'] });
    const secret = words(practiceRun);
    expect(secret).toMatch(/^\w+ \w+ \d\d$/);
    expect(JSON.stringify([who.told, who.asked])).not.toContain(secret);
    expect(await readWrittenFiles(practiceRun)).toContain('SetAlarmState');
    expect(await readWrittenFiles(practiceRun)).not.toContain(secret);
  });

  it('keeps waiting when the owner leaves it for later, and starts over the next time', async () => {
    const practiceRun = await ready();
    expect((await drilled(practiceRun, { drill: ['later'] })).status).toBe('waiting');
    expect((await drilled(practiceRun)).status).toBe('met');
    expect(drillMails(practiceRun)).toHaveLength(2);
  });

  it('accepts no other words, however often they are typed, and then suggests sending the mail again', async () => {
    const practiceRun = await ready();
    const wrong = ['amber apple 11', 'no', '1'];
    const { who, ...end } = await drilled(practiceRun, {
      'drill-words': [...wrong, () => words(practiceRun)],
    });
    const defaults = who.asked.flatMap(({ name, question }) =>
      name === 'drill' && question.kind === 'choice' ? [question.default] : [],
    );
    expect(defaults).toEqual(['words', 'words', 'words', 'missing', 'words']);
    expect(end.status).toBe('met');
    expect(who.sentences()).toContain('Is it an older mail?');
  });

  it('gives up after many wrong words, without a proof', async () => {
    const practiceRun = await ready();
    const { status: end } = await drilled(practiceRun, {
      drill: Array.from({ length: 20 }, () => 'words'),
      'drill-missing': ['again'],
      'drill-words': Array.from({ length: 20 }, () => 'wrong'),
    });
    expect(end).toBe('waiting');
  });

  it('can send the mail again, by a state change that AWS notices', async () => {
    const practiceRun = await ready();
    expect(
      (await drilled(practiceRun, { drill: ['missing', 'words'], 'drill-missing': ['again'] })).status,
    ).toBe('met');
    expect(states(practiceRun)).toEqual(['ALARM', 'OK', 'ALARM']);
    expect(drillMails(practiceRun)).toHaveLength(2);
  });

  it('says where to look when the mail does not arrive', async () => {
    const practiceRun = await ready();
    const { who } = await drilled(practiceRun, { drill: ['missing', 'later'], 'drill-missing': ['back'] });
    expect(who.sentences()).toContain('The mail goes to maria@example.com');
    expect(who.sentences()).toContain('Look in spam');
  });

  it('can mail to another address, which is confirmed first', async () => {
    const practiceRun = await ready();
    const { status: end } = await drilled(practiceRun, {
      drill: ['missing', 'words'],
      'drill-missing': ['other'],
      'other-email': ['jo@example.com'],
      'wait-for-mail': ['paste'],
      'confirmation-link': [
        () => /https:\S+confirmation\S+/.exec(practiceRun.practice.desk.listMails().at(-1)?.text ?? '')?.[0],
      ],
    });
    expect(end).toBe('met');
    expect(drillMails(practiceRun).map(({ to }) => to)).toEqual([
      'maria@example.com',
      'maria@example.com',
      'jo@example.com',
    ]);
  });

  it('first resets an alarm that is already in ALARM, and the plan says so', async () => {
    const practiceRun = await ready((world) => {
      for (const one of world.alarms) {
        one.staged = { value: 'ALARM', reason: 'Threshold Crossed', at: '2026-11-23T12:00:09.000Z' };
      }
    });
    const { who } = await drilled(practiceRun);
    expect(states(practiceRun)).toEqual(['OK', 'ALARM']);
    expect(JSON.stringify(who.told)).toContain('to OK first, since it is there already');
  });

  it('does not start when nobody is there to read the mail: everything else is done, and the step waits', async () => {
    const practiceRun = await startPracticeRun();
    const answers = { 'billing-alarm': { email: 'maria@example.com', amounts: '7' } };
    const { code, said } = await runScripted(practiceRun, { steps: [step], answers, desk: false });
    expect(code).toBe(1);
    expect(states(practiceRun)).toEqual([]);
    expect(said).toContain('The fire drill needs somebody who reads the mail');
    await practiceRun.practice.desk.clickConfirmationLinks();
    expect(await status(practiceRun)).toMatch(
      /^waiting: Alarm at 7 USD a month; not proven yet that it reaches you/,
    );
  });

  it('does not start while nobody can be reached', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({ email: ['maria@example.com'] });
    await runStepByHand('billing-alarm', practiceRun, who);
    expect(states(practiceRun)).toEqual([]);
    expect(who.sentences()).toContain('The fire drill comes later: nobody can be reached yet.');
  });
});

describe('the proof that the alarm reaches the owner', () => {
  const proven = async () => {
    const practiceRun = await ready();
    await drilled(practiceRun);
    return practiceRun;
  };

  it('is a tag on the topic, so that another machine finds it', async () => {
    const practiceRun = await proven();
    const [tag] = practiceRun.practice.snapshot().topics[0]?.tags ?? [];
    expect(tag?.Key).toBe('aws-first-steps:proven');
    // What a tag may hold (SNS API Reference, Tag): letters, digits, spaces and _.:/=+-@, at most 256 of them.
    expect(tag?.Value).toMatch(/^2026-11-23 [\w.:/=+\-@ ]{1,240}$/);
    const elsewhere = await startPracticeRun({
      scenario: practiceRun.practice.snapshot(),
      clock: practiceRun.clock,
    });
    expect(await status(elsewhere)).toMatch(/^met: .*proven on 2026-11-23, today$/);
  });

  it('says how old it is', async () => {
    const practiceRun = await proven();
    await practiceRun.clock.sleep(24 * 60 * 60 * 1000);
    expect(await status(practiceRun)).toContain('proven on 2026-11-23, yesterday');
    await practiceRun.clock.sleep(2 * 24 * 60 * 60 * 1000);
    expect(await status(practiceRun)).toContain('proven on 2026-11-23, 3 days ago');
  });

  const changes: readonly [string, (world: ReturnType<PracticeRun['practice']['snapshot']>) => void][] = [
    ['the alarms have', (world) => Object.assign(world.alarms[0]?.settings ?? {}, { Threshold: 12 })],
    [
      'the alarms have',
      (world) => world.alarms[0]?.settings.AlarmActions.push('arn:aws:sns:us-east-1:431209876655:other'),
    ],
    ['the topic has', (world) => Object.assign(world.topics[0]?.attributes ?? {}, { Policy: '{}' })],
    [
      'the topic has',
      (world) => Object.assign(world.topics[0]?.attributes ?? {}, { KmsMasterKeyId: 'my-key' }),
    ],
    [
      'the subscriptions have',
      (world) =>
        Object.assign(world.subscriptions[0] ?? {}, {
          attributes: { RedrivePolicy: '{"deadLetterTargetArn":"x"}' },
        }),
    ],
    [
      'the subscriptions have',
      (world) => Object.assign(world.subscriptions[0] ?? {}, { arn: `${world.topics[0]?.arn}:new` }),
    ],
  ];

  it.each<[string, (world: ReturnType<PracticeRun['practice']['snapshot']>) => void]>([
    [
      'a further alarm on the same topic',
      (world) => plantAlarm(world, 'more', { ...world.alarms[0]?.settings, AlarmName: 'more', Threshold: 7 }),
    ],
    [
      'the same policy with other white space',
      (world) => {
        const [topic] = world.topics;
        if (!topic) return;
        const statement = {
          Sid: 'other-name',
          Effect: 'Allow',
          Principal: '*',
          Action:
            'SNS:Publish SNS:ListSubscriptionsByTopic SNS:Subscribe SNS:DeleteTopic SNS:RemovePermission SNS:AddPermission SNS:SetTopicAttributes SNS:GetTopicAttributes'.split(
              ' ',
            ),
          Resource: [topic.arn],
          Condition: { StringEquals: { 'AWS:SourceOwner': world.account.id } },
        };
        topic.attributes['Policy'] = JSON.stringify(
          { Version: '2008-10-17', Statement: statement },
          undefined,
          4,
        );
      },
    ],
  ])('holds after %s', async (_, change) => {
    const world = (await proven()).practice.snapshot();
    change(world);
    expect(await status(await startPracticeRun({ scenario: world }))).toMatch(/^met: .*proven on 2026-11-23/);
  });

  it.each(changes)('is void after %s changed, and the finding says so', async (what, change) => {
    const world = (await proven()).practice.snapshot();
    change(world);
    const practiceRun = await startPracticeRun({ scenario: world });
    expect(await status(practiceRun)).toContain(
      `it was proven on 2026-11-23 that it reaches you, but ${what} changed since`,
    );
    expect((await drilled(practiceRun)).status).toBe('met');
  });

  it('needs a drill when the topic is encrypted with a key of the owner', async () => {
    const world = (await proven()).practice.snapshot();
    for (const topic of world.topics)
      topic.attributes['KmsMasterKeyId'] = 'arn:aws:kms:us-east-1:431209876655:key/1';
    expect(await status(await startPracticeRun({ scenario: world }))).toMatch(
      /^waiting: .*encrypted with the key arn:aws:kms:\S+, and only a fire drill tells/,
    );
  });

  it.each(['2026-11-23', 'soon', '2026-99-99 alarm:0 topic:0 subscription:0', ''])(
    'is not a tag that says "%s"',
    async (Value) => {
      const practiceRun = await ready((world) => {
        for (const topic of world.topics) topic.tags = [{ Key: 'aws-first-steps:proven', Value }];
      });
      expect(await status(practiceRun)).toMatch(/^waiting: .*not proven yet/);
    },
  );

  it('does not count when its day is to come, and the check says so', async () => {
    const world = (await proven()).practice.snapshot();
    for (const topic of world.topics)
      for (const tag of topic.tags) tag.Value = tag.Value.replace('2026-11-23 ', '2027-01-01 ');
    expect(await status(await startPracticeRun({ scenario: world }))).toMatch(
      /^waiting: .*its proof of 2027-01-01 does not count, since that day is to come/,
    );
  });

  it('is unknown, not absent, when AWS refuses to list the tags', async () => {
    const before = await proven();
    const practiceRun = await resumeRun(before, {
      faults: {
        getError: (operation) =>
          operation === 'sns:ListTagsForResource' ? createAccessDeniedError(operation) : undefined,
      },
    });
    expect(await status(practiceRun)).toMatch(
      /^waiting: .*not known whether it is proven.*refused: sns:ListTagsForResource/,
    );
    expect(step.plan((await checkIn(step, practiceRun)).finding.facts, {})).toEqual([]);
  });
});

describe('the words of the fire drill', () => {
  it('are plain, and hardly ever repeat', () => {
    const many = new Set(Array.from({ length: 200 }, generateDrillWords));
    expect(many.size).toBeGreaterThan(190);
    for (const one of many) expect(one).toMatch(/^[a-z]{4,8} [a-z]{4,8} [2-9]{2}$/);
  });

  it.each(['maple river 47', 'Maple River 47', ' maple  river47 ', '"maple river 47".'])(
    'are recognized when typed as "%s"',
    (typed) => {
      expect(hasSameWords(typed, 'maple river 47')).toBe(true);
    },
  );

  it.each(['maple river', 'maple river 74', '', 'river maple 47'])(
    'are not recognized when typed as "%s"',
    (typed) => {
      expect(hasSameWords(typed, 'maple river 47')).toBe(false);
    },
  );

  it('fit into a state reason of CloudWatch, and do not break the sentence of its mail', () => {
    const reason = formatDrillReason(generateDrillWords());
    expect(reason.length).toBeLessThan(1023);
    expect(reason).not.toContain('"');
  });
});
