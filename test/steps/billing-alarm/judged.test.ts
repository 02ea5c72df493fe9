import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import {
  findBillingAlarmProblems,
  findBrokenAlarms,
} from '../../../src/steps/billing-alarm/alarm-problems.ts';
import {
  chooseRouteTopic,
  endsInMachine,
  findAlarmRoute,
  findAlarmsThrough,
  findMailingTopics,
  hasReader,
  type BillingAlarmFacts,
} from '../../../src/steps/billing-alarm/facts.ts';
import { judgeBillingAlarm } from '../../../src/steps/billing-alarm/finding.ts';
import { planBillingAlarm } from '../../../src/steps/billing-alarm/plan.ts';
import { formatProofTag, judgeDrillProof } from '../../../src/steps/billing-alarm/proof.ts';
import { hashShort, isHashOfSome, joinProofTag } from '../../../src/steps/billing-alarm/proof-tag.ts';
import { billingAlarmQuestions, resolveChosenTopic } from '../../../src/steps/billing-alarm/questions.ts';
import { openTopicPolicy } from '../../../src/steps/billing-alarm/topic-policy.ts';

const account = '123456789012';
const topicNamed = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;
const money = topicNamed('money');
const own = topicNamed('aws-first-steps-billing');
const awsKey = 'alias/aws/sns';

const alarm = (name: string, change: MetricAlarm = {}): MetricAlarm => ({
  AlarmName: name,
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`,
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
  ActionsEnabled: true,
  AlarmActions: [money],
  ...change,
});

const composite = (name: string, AlarmRule: string, change: CompositeAlarm = {}): CompositeAlarm => ({
  AlarmName: name,
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`,
  AlarmRule,
  ActionsEnabled: true,
  AlarmActions: [money],
  ...change,
});

const subscription = (change: Subscription = {}): Subscription => ({
  SubscriptionArn: `${money}:11111111-2222-3333-4444-555555555555`,
  TopicArn: money,
  Protocol: 'email',
  Endpoint: 'maria@example.com',
  ...change,
});
const arnOf = ({ SubscriptionArn = '' }: Subscription) => SubscriptionArn;
const pending = subscription({ SubscriptionArn: 'PendingConfirmation' });
const queue = subscription({ SubscriptionArn: `${money}:queue`, Protocol: 'sqs', Endpoint: 'queue' });

/** An account whose alarm reaches somebody; only the drill is missing. */
const facts = (change: Partial<BillingAlarmFacts> = {}): BillingAlarmFacts => ({
  accountId: account,
  now: new Date('2026-11-24T12:00:00Z'),
  alarms: [alarm('bill')],
  alarmCount: 1,
  alarmsInOtherRegion: undefined,
  topics: [money],
  subscriptions: [subscription()],
  metricPublished: true,
  preference: { state: 'on', keys: [] },
  isMemberAccount: false,
  topicDetails: { [money]: { attributes: { key: '', policy: '' }, tags: {} } },
  compositeAlarms: [],
  muteRules: {},
  subscriptionSettings: {},
  lockedSubscriptions: { [arnOf(subscription())]: true },
  refusedReads: [],
  ...change,
});

/** The same account after a drill on a day. */
const proven = (day = '2026-11-23', change: Partial<BillingAlarmFacts> = {}): BillingAlarmFacts => {
  const before = facts(change);
  const route = findAlarmRoute(before);
  const { topicDetails } = before;
  if (!route) throw new Error('the alarm reaches nobody');
  const tags = { 'aws-first-steps:proven': formatProofTag(day, before, route) };
  const details = { ...topicDetails[route.topic], tags };
  return { ...before, topicDetails: { ...topicDetails, [route.topic]: details } };
};

const withDetails = (key: string, policy = '', tags: Record<string, string> = {}) => ({
  topicDetails: { [money]: { attributes: { key, policy }, tags } },
});

const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: money,
  ...more,
});
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const closed = policyOf(statement({ Principal: { Service: 'budgets.amazonaws.com' } }));

const says = (change: Partial<BillingAlarmFacts> = {}) => judgeBillingAlarm(facts(change));
const problems = (change: Partial<BillingAlarmFacts> = {}) =>
  findBillingAlarmProblems(facts(change)).map(({ description }) => description);
const callsOf = (actions: readonly Action[]) =>
  actions.flatMap(({ calls }) => calls.map(({ operation }) => operation.replace(/^\w+:/, '')));
const plan = (some: BillingAlarmFacts, answers: { topic?: string; email?: string; amounts?: string } = {}) =>
  planBillingAlarm(some, { topic: undefined, email: undefined, amounts: undefined, ...answers });

describe('the finding about the alarm', () => {
  it('is done only once a drill has proven that it reaches the owner', () => {
    const waiting = says();
    expect(waiting.status).toBe('waiting');
    expect(waiting.summary).toMatch(/^Alarm at 10 USD a month; not proven yet/);
    expect(waiting.remedy).toMatch(/^Run the setup: you type the words/);
    const done = judgeBillingAlarm(proven());
    expect(done).toMatchObject({
      status: 'met',
      summary: 'Alarm at 10 USD a month; proven on 2026-11-23, yesterday',
    });
  });

  it.each([
    ['2026-11-24', /today$/],
    ['2026-11-23', /yesterday$/],
    ['2026-11-22', /2 days ago$/],
  ])('says how long ago that was: %s', (day, words) => {
    expect(judgeBillingAlarm(proven(day)).summary).toMatch(words);
  });

  it('rests on no proof of a day to come, and on none that cannot be read', () => {
    const future = judgeBillingAlarm(proven('2026-11-25'));
    expect(future.status).toBe('waiting');
    expect(future.summary).toContain('its proof of 2026-11-25 does not count');
    const unread = says({ topicDetails: { [money]: { attributes: { key: '', policy: '' } } } });
    expect(unread.status).toBe('waiting');
    expect(unread.summary).toContain('not known whether it is proven');
    expect(unread.summary).not.toContain('not proven yet');
  });

  it('says what has changed since the proof', () => {
    const before = proven();
    const { SubscriptionArn: _old, ...rest } = subscription();
    const other = { ...rest, SubscriptionArn: `${money}:other` };
    const changed = judgeBillingAlarm({ ...before, subscriptions: [other] });
    expect(changed.status).toBe('waiting');
    expect(changed.summary).toContain('proven on 2026-11-23');
    expect(changed.summary).toContain('the subscriptions have changed since');
    const both = judgeBillingAlarm({
      ...before,
      subscriptions: [other],
      alarms: [alarm('bill', { Threshold: 20 })],
    });
    expect(both.summary).toContain('the alarms have changed, and the subscriptions have changed since');
  });

  it('is not known where AWS refused what tells whether the proof still holds', () => {
    const reads = ['sns:GetTopicAttributes', 'cloudwatch:DescribeAnything'];
    const finding = judgeBillingAlarm({ ...proven(), refusedReads: reads });
    expect(finding.status).toBe('unknown');
    expect(finding.remedy).toContain('sns:GetTopicAttributes');
    expect(finding.remedy).not.toContain('DescribeAnything');
    const other = judgeBillingAlarm({ ...proven(), refusedReads: ['cloudwatch:DescribeAnything'] });
    expect(other.status).toBe('met');
    expect(other.summary).toContain('refused: cloudwatch:DescribeAnything');
  });

  it('waits for the figures of AWS, and says where they must be turned on', () => {
    const missing = { metricPublished: false };
    const on = judgeBillingAlarm(proven('2026-11-23', missing));
    expect(on.status).toBe('waiting');
    expect(on.summary).toMatch(/billing alerts are on, but AWS publishes no figures.*proven on 2026-11-23/);
    expect(on.remedy).toBe('Look again tomorrow.');
    const unknown = { ...missing, preference: { state: 'unknown' as const, keys: [] } };
    const notKnown = judgeBillingAlarm(proven('2026-11-23', unknown));
    expect(notKnown.summary).toContain('AWS publishes no billing figures yet');
    expect(notKnown.summary).not.toContain('the account that pays');
    expect(notKnown.remedy).toMatch(/^Turn on "Receive CloudWatch billing alerts"/);
    expect(says({ ...unknown, isMemberAccount: true }).summary).toContain('the account that pays');
    // What is to be done about the drill comes after that, without another word about tomorrow.
    expect(says(unknown).remedy).toMatch(/^Turn on .*/);
    expect(says(missing).remedy).toMatch(/^Run the setup: you type the words/);
  });

  it('says that anybody with a mail can end the subscription, unless it is locked or that is not known', () => {
    const words = 'its link was clicked';
    const arn = arnOf(subscription());
    expect(judgeBillingAlarm({ ...proven(), lockedSubscriptions: { [arn]: false } }).summary).toContain(
      words,
    );
    expect(judgeBillingAlarm(proven()).summary).not.toContain(words);
    expect(judgeBillingAlarm({ ...proven(), lockedSubscriptions: {} }).summary).not.toContain(words);
  });

  it('says what is not known of the key of the topic, which only a drill tells', () => {
    const words = 'encrypted with the key my-key';
    expect(says(withDetails('my-key')).summary).toContain(words);
    expect(judgeBillingAlarm(proven('2026-11-23', withDetails('my-key'))).summary).not.toContain(words);
    expect(says().summary).not.toContain('encrypted');
  });

  it('names the amounts of all alarms that are heard, each once', () => {
    const alarms = [alarm('a', { Threshold: 20 }), alarm('b'), alarm('c', { Threshold: 20 })];
    expect(says({ alarms }).summary).toMatch(/^Alarm at 10 and 20 USD a month/);
  });

  it('is open where the setup can repair something, and waits where only somebody else can', () => {
    const open = says({ alarms: [] });
    expect(open.status).toBe('unmet');
    expect(open.remedy).toContain('Run the setup');
    const waiting = says({ subscriptions: [pending] });
    expect(waiting.status).toBe('waiting');
    expect(waiting.summary).toContain('the mail to maria@example.com is not confirmed yet');
    // One of two is enough.
    expect(says({ subscriptions: [pending], ...withDetails(awsKey) }).status).toBe('unmet');
  });

  it('names no more than four problems, how many more there are, and each remedy once', () => {
    const alarms = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => alarm(name, { ActionsEnabled: false }));
    const { summary, remedy } = says({ alarms });
    expect(summary).toContain('the alarm d');
    expect(summary).not.toContain('the alarm e');
    expect(summary).toContain('and 2 more');
    expect(remedy).toBe('Run the setup: it makes the alarm, or repairs the one that is there.');
    expect(says({ alarms: alarms.slice(0, 4) }).summary).not.toContain('more');
  });
});

describe('a problem of the alarm', () => {
  it('is none where everything is in place', () => {
    expect(problems()).toEqual([]);
  });

  it.each<[string, Partial<BillingAlarmFacts>, RegExp]>([
    ['there is none', { alarms: [], subscriptions: [] }, /^no alarm on what the account costs$/],
    [
      'it was deleted',
      { alarms: [], subscriptions: [subscription({ TopicArn: own })], topics: [own] },
      /was deleted/,
    ],
    ['it sees nothing', { alarms: [alarm('bill', { Dimensions: [] })] }, /the alarm bill names no currency/],
    [
      'it is in another Region',
      { alarms: [], alarmsInOtherRegion: { region: 'eu-west-1', names: ['fern'] } },
      /the alarm fern is in eu-west-1/,
    ],
    [
      'it warns too late',
      { alarms: [alarm('bill', { Threshold: 5000 })] },
      /5000 USD only: by then it is too late/,
    ],
    ['it warns of the first cent', { alarms: [alarm('bill', { Threshold: 0 })] }, /first cent/],
    [
      'its actions are off',
      { alarms: [alarm('bill', { ActionsEnabled: false })] },
      /actions .* bill are turned off/,
    ],
    ['it has no topic', { alarms: [alarm('bill', { AlarmActions: [] })] }, /publishes to no topic/],
    ['its topic is gone', { topics: [] }, /its topic money was deleted/],
    [
      'its topic is of another account',
      { alarms: [alarm('bill', { AlarmActions: ['arn:aws:sns:us-east-1:999999999999:far'] })] },
      /topic of another account/,
    ],
    ['its topic is encrypted', withDetails(awsKey), /the topic money is encrypted/],
    ['its topic is closed', withDetails('', closed), /policy of the topic money does not let CloudWatch/],
    ['nobody is subscribed', { subscriptions: [] }, /nobody is subscribed to the topic money/],
    ['its mail waits', { subscriptions: [pending] }, /mail to maria@example.com is not confirmed yet$/],
    ['only a queue is subscribed', { subscriptions: [queue] }, /ends in sqs/],
    [
      'the subscription was deleted',
      { subscriptions: [subscription({ SubscriptionArn: 'Deleted' })] },
      /subscription of maria@example.com was deleted/,
    ],
    [
      'alerts are off',
      { metricPublished: false, preference: { state: 'off', keys: ['k'] } },
      /billing alerts are off/,
    ],
  ])('is named when %s', (_what, change, words) => {
    expect(problems(change)).toEqual([expect.stringMatching(words)]);
  });

  it('is none of the alerts where AWS publishes figures all the same, or may', () => {
    expect(problems({ preference: { state: 'off', keys: [] } })).toEqual([]);
    expect(problems({ metricPublished: false, preference: { state: 'unknown', keys: [] } })).toEqual([]);
  });

  it('of the alerts is for the paying account to mend', () => {
    const off = { metricPublished: false, preference: { state: 'off' as const, keys: [] } };
    const [mine] = findBillingAlarmProblems(facts(off));
    expect(mine).toMatchObject({ repairable: true });
    const [theirs] = findBillingAlarmProblems(facts({ ...off, isMemberAccount: true }));
    expect(theirs).toMatchObject({ repairable: false });
    expect(theirs?.remedy).toContain('the account that pays');
  });

  it('of the topic is not one of an alarm with a good topic beside it', () => {
    const alarms = [alarm('bill', { AlarmActions: [topicNamed('gone'), money] })];
    expect(problems({ alarms, subscriptions: [pending] })).toHaveLength(1);
  });

  it('is that a mute rule silences it, which the setup mends only if it can read the rule', () => {
    const settings = { Name: 'night', Rule: { Schedule: { Expression: 'x', Duration: 'y' } } };
    const [known] = findBillingAlarmProblems(facts({ muteRules: { bill: { name: 'night', settings } } }));
    expect(known).toMatchObject({ repairable: true });
    expect(known?.description).toContain('mute rule night');
    expect(known?.remedy).toContain('Run the setup');
    const [secret] = findBillingAlarmProblems(
      facts({ muteRules: { bill: { name: 'night', settings: undefined } } }),
    );
    expect(secret).toMatchObject({ repairable: false });
    expect(secret?.remedy).toContain('End the mute rule night');
  });

  it('is a policy that denies, which only the owner can take away', () => {
    const denies = policyOf(statement({ Effect: 'Deny', Principal: '*' }));
    const [problem] = findBillingAlarmProblems(facts(withDetails('', denies)));
    expect(problem).toMatchObject({ repairable: false });
    expect(problem?.remedy).toContain('Remove what denies');
    const [other] = findBillingAlarmProblems(facts(withDetails('', closed)));
    expect(other).toMatchObject({ repairable: true });
  });

  it('says until when the link of a mail is valid, and that it has expired', () => {
    const asked = (moment: string) => withDetails('', '', { 'aws-first-steps:asked': moment });
    const [waiting] = problems({ subscriptions: [pending], ...asked('2026-11-24T10:00:00Z') });
    expect(waiting).toContain('valid until 2026-11-26');
    const lost = { subscriptions: [] };
    expect(problems({ ...lost, ...asked('2026-11-22T12:00:00Z') })[0]).toContain('has expired');
    expect(problems({ ...lost, ...asked('2026-11-22T12:00:01Z') })[0]).not.toContain('has expired');
    expect(problems({ ...lost, ...asked('nonsense') })[0]).toContain('nobody is subscribed to');
    const { topicDetails } = proven();
    expect(problems({ ...lost, topicDetails })[0]).toContain('it reached you on 2026-11-23');
  });

  it('is a filter policy only where it keeps out the alarm, and nobody else is reached', () => {
    const filter = (policy: object, FilterPolicyScope = 'MessageBody') => ({
      subscriptionSettings: {
        [arnOf(subscription())]: { FilterPolicy: JSON.stringify(policy), FilterPolicyScope },
      },
    });
    expect(problems(filter({ AlarmName: ['other'] }))).toEqual([
      expect.stringContaining('maria@example.com'),
    ]);
    expect(problems(filter({ AlarmName: ['bill'] }))).toEqual([]);
    expect(problems(filter({ NewStateValue: ['OK'] }))).toHaveLength(1);
    expect(problems(filter({ AWSAccountId: [account] }))).toEqual([]);
    expect(problems(filter({ Trigger: { Namespace: ['AWS/Billing'] } }))).toEqual([]);
    expect(problems(filter({ Trigger: { Namespace: ['AWS/EC2'] } }))).toHaveLength(1);
    const other = subscription({ SubscriptionArn: `${money}:other`, Endpoint: 'anna@example.com' });
    expect(problems({ ...filter({ AlarmName: ['other'] }), subscriptions: [subscription(), other] })).toEqual(
      [],
    );
    // A queue gets through, and nobody reads it.
    const both = { ...filter({ AlarmName: ['other'] }), subscriptions: [subscription(), queue] };
    expect(problems(both)).toEqual([expect.stringContaining('filter policy')]);
  });

  it('is said of alarms that do not work, and not of others while one does', () => {
    const silent = alarm('silent', { ActionsEnabled: false });
    const ours = alarm('aws-first-steps-billing-5-usd', { ActionsEnabled: false });
    const names = (change: Partial<BillingAlarmFacts>) =>
      findBrokenAlarms(facts(change)).map(({ AlarmName }) => AlarmName);
    expect(names({ alarms: [silent, ours] })).toHaveLength(2);
    expect(names({ alarms: [alarm('bill'), silent, ours] })).toEqual(['aws-first-steps-billing-5-usd']);
  });
});

describe('the way of an alarm to somebody', () => {
  const routeIn = (change: Partial<BillingAlarmFacts> = {}) => {
    const route = findAlarmRoute(facts(change));
    return route && `${route.alarm.AlarmName} by ${route.publisher} through ${route.topic.split(':').at(-1)}`;
  };
  const quiet = alarm('bill', { AlarmActions: [] });

  it('is that of the lowest alarm that is heard', () => {
    expect(routeIn()).toBe('bill by bill through money');
    const alarms = [alarm('high', { Threshold: 50 }), alarm('low', { Threshold: 5, ActionsEnabled: false })];
    expect(routeIn({ alarms })).toBe('high by high through money');
  });

  it.each<[string, Partial<BillingAlarmFacts>]>([
    ['actions are off', { alarms: [alarm('bill', { ActionsEnabled: false })] }],
    ['the topic is gone', { topics: [] }],
    ['the topic is muted', withDetails(awsKey)],
    ['the topic is closed', withDetails('', closed)],
    ['a mute rule silences it', { muteRules: { bill: { name: 'night', settings: undefined } } }],
    ['nobody has confirmed', { subscriptions: [pending] }],
    ['only a queue listens', { subscriptions: [queue] }],
  ])('is none when %s', (_what, change) => {
    expect(routeIn(change)).toBeUndefined();
  });

  it.each<[string, CompositeAlarm, boolean]>([
    ['names it', composite('all', 'ALARM(bill)'), true],
    ['names it in quotes', composite('all', 'ALARM("bill")'), true],
    ['names its ARN', composite('all', `ALARM(arn:aws:cloudwatch:us-east-1:${account}:alarm:bill)`), true],
    ['names it in brackets', composite('all', '(ALARM( bill ))'), true],
    ['names it beside another', composite('all', 'ALARM(cpu) or ALARM(bill)'), true],
    ['needs another as well', composite('all', 'ALARM(cpu) AND ALARM(bill)'), false],
    ['has a term that is not judged', composite('all', 'ALARM(bill) OR NOT OK(cpu)'), false],
    ['fires when it is well', composite('all', 'OK(bill)'), false],
    ['names another', composite('all', 'ALARM(cpu)'), false],
    ['has no rule', composite('all', ''), false],
    ['can be suppressed', composite('all', 'ALARM(bill)', { ActionsSuppressor: 'cpu' }), false],
    ['has its actions off', composite('all', 'ALARM(bill)', { ActionsEnabled: false }), false],
    ['has no topic', composite('all', 'ALARM(bill)', { AlarmActions: [] }), false],
  ])('goes through a composite alarm that %s', (_what, one, expected) => {
    expect(routeIn({ alarms: [quiet], compositeAlarms: [one] })).toBe(
      expected ? 'bill by all through money' : undefined,
    );
  });

  it('goes through composite alarms that follow each other, and never in a circle', () => {
    const inner = composite('inner', 'ALARM(bill)', { AlarmActions: [] });
    const outer = composite('outer', 'ALARM(inner)');
    expect(routeIn({ alarms: [quiet], compositeAlarms: [outer, inner] })).toBe('bill by outer through money');
    const circle = [composite('a', 'ALARM(b)'), composite('b', 'ALARM(a)')];
    expect(routeIn({ alarms: [quiet], compositeAlarms: circle })).toBeUndefined();
  });

  it('is known with the composite alarms between, unless the alarm publishes itself', () => {
    const inner = composite('inner', 'ALARM(bill)', { AlarmActions: [] });
    const outer = composite('outer', 'ALARM(inner)');
    const beside = composite('beside', 'ALARM(cpu)');
    const compositeAlarms = [beside, outer, inner];
    const through = (alarms: readonly MetricAlarm[]) =>
      findAlarmsThrough(facts({ alarms, compositeAlarms }), money).map((one) => [
        one.alarm.AlarmName,
        ...one.composites.map(({ AlarmName }) => AlarmName),
      ]);
    expect(through([quiet])).toEqual([['bill', 'outer', 'inner']]);
    expect(through([alarm('bill')])).toEqual([['bill']]);
    expect(findAlarmsThrough(facts(), topicNamed('other'))).toEqual([]);
  });

  it('of a composite alarm alone is named where nobody can tell that it warns', () => {
    const compositeAlarms = [
      composite('night', 'ALARM(bill) AND ALARM(cpu)'),
      composite('x', 'ALARM(night) AND OK(y)'),
    ];
    const [problem] = problems({ alarms: [quiet], compositeAlarms });
    expect(problem).toContain('the composite alarm night, x follows it');
    expect(problems({ alarms: [quiet] })[0]).not.toContain('composite');
  });
});

describe('the topic for the warning', () => {
  const used = (...names: string[]) => [
    alarm('bill', { ActionsEnabled: false, AlarmActions: names.map(topicNamed) }),
  ];

  it('is the one through which somebody is reached, or one that an alarm uses, or that of this program', () => {
    expect(chooseRouteTopic(facts())).toBe(money);
    expect(chooseRouteTopic(facts({ alarms: used('other') }))).toBe(topicNamed('other'));
    expect(chooseRouteTopic(facts({ alarms: [] }))).toBe(own);
    const far = [alarm('bill', { AlarmActions: ['arn:aws:sns:us-east-1:999999999999:far'] })];
    expect(chooseRouteTopic(facts({ alarms: far }))).toBe(own);
  });

  it('is the one with the best subscriber', () => {
    const best = (
      subscriptions: readonly Subscription[],
      topics: readonly string[] = [money, topicNamed('b')],
    ) => chooseRouteTopic(facts({ alarms: used('a', 'b', 'money'), subscriptions, topics }));
    expect(best([subscription()])).toBe(money);
    expect(best([pending])).toBe(money);
    expect(best([subscription({ ...pending, TopicArn: topicNamed('b') }), subscription()])).toBe(money);
    expect(best([])).toBe(topicNamed('b'));
    expect(best([], [])).toBe(topicNamed('a'));
  });

  it('is asked where the owner has topics that mail to somebody, and no alarm shows which', () => {
    const none = { alarms: [] };
    expect(findMailingTopics(facts(none))).toEqual([money]);
    expect(findMailingTopics(facts())).toEqual([]);
    expect(findMailingTopics(facts({ ...none, topics: [money, own] }))).toEqual([]);
    expect(findMailingTopics(facts({ ...none, subscriptions: [pending] }))).toEqual([]);
    expect(findMailingTopics(facts({ ...none, subscriptions: [queue] }))).toEqual([]);
    const names = Array.from({ length: 11 }, (_, nth) => topicNamed(`t${nth}`));
    const subscriptions = names.map((TopicArn) => subscription({ TopicArn }));
    expect(findMailingTopics(facts({ ...none, topics: names, subscriptions }))).toHaveLength(10);
  });

  it('is the chosen one, or a new one of this program', () => {
    const some = facts({ alarms: [] });
    expect(resolveChosenTopic(some, 'money')).toBe(money);
    expect(resolveChosenTopic(some, 'new')).toBe(own);
    expect(resolveChosenTopic(some, undefined)).toBe(own);
    const named = facts({ alarms: [], topics: [topicNamed('new')], subscriptions: [] });
    expect(resolveChosenTopic(named, 'new')).toBe(own);
    const question = billingAlarmQuestions.topic;
    expect(question).toBeDefined();
  });

  it('has a reader when somebody has confirmed, or will, and no machine takes the message', () => {
    expect(hasReader(facts(), money)).toBe(true);
    expect(hasReader(facts({ subscriptions: [pending] }), money)).toBe(true);
    expect(hasReader(facts({ subscriptions: [queue] }), money)).toBe(false);
    expect(hasReader(facts({ subscriptions: [] }), money)).toBe(false);
  });
});

describe('the policy of the topic', () => {
  it('gets one statement more, and keeps the others', () => {
    const opened = openTopicPolicy(facts(withDetails('', closed)), money);
    const { Version, Statement } = JSON.parse(opened ?? '{}') as { Version: string; Statement: object[] };
    expect(Version).toBe('2012-10-17');
    expect(Statement).toHaveLength(2);
    expect(Statement[0]).toMatchObject({ Principal: { Service: 'budgets.amazonaws.com' } });
    expect(Statement[1]).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'SNS:Publish',
      Resource: money,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${account}:alarm:*` },
      },
    });
  });

  it('is not touched where that would not be enough, or where it is no policy', () => {
    const denies = policyOf(statement({ Effect: 'Deny', Principal: '*' }));
    expect(openTopicPolicy(facts(withDetails('', denies)), money)).toBeUndefined();
    expect(openTopicPolicy(facts(withDetails('', 'no json')), money)).toBeUndefined();
    expect(openTopicPolicy(facts({ topicDetails: {} }), money)).toBeUndefined();
  });
});

describe('the plan for the alarm', () => {
  const nothing = facts({ alarms: [], topics: [], subscriptions: [], topicDetails: {} });

  it('makes what is missing in the order in which it can be done, and drills last', () => {
    const actions = plan(nothing, { email: 'maria@example.com', amounts: '20, 5' });
    const calls = callsOf(actions);
    expect(calls.filter((name) => ['CreateTopic', 'PutMetricAlarm', 'SetAlarmState'].includes(name))).toEqual(
      expect.arrayContaining(['CreateTopic', 'PutMetricAlarm', 'PutMetricAlarm', 'SetAlarmState']),
    );
    expect(calls[0]).toBe('CreateTopic');
    expect(calls.indexOf('Subscribe')).toBeLessThan(calls.indexOf('PutMetricAlarm'));
    expect(calls.indexOf('PutMetricAlarm')).toBeLessThan(calls.indexOf('SetAlarmState'));
    // The drill is one of the lowest.
    expect(
      JSON.stringify(
        actions.flatMap((one) => one.calls).find((one) => one.operation.endsWith('SetAlarmState')),
      ),
    ).toContain('aws-first-steps-billing-5-usd');
  });

  it('gives a new alarm the settings with which it can fire', () => {
    const [made] = plan(nothing, { email: 'maria@example.com', amounts: '5' })
      .flatMap(({ calls }) => calls)
      .filter(({ operation }) => operation.endsWith('PutMetricAlarm'));
    expect(made?.input).toMatchObject({
      AlarmName: 'aws-first-steps-billing-5-usd',
      Namespace: 'AWS/Billing',
      MetricName: 'EstimatedCharges',
      Dimensions: [{ Name: 'Currency', Value: 'USD' }],
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
      ActionsEnabled: true,
      AlarmActions: [own],
    });
  });

  it('makes each amount once, and none that an alarm has already', () => {
    const names = (amounts: string, some = nothing) =>
      plan(some, { amounts })
        .flatMap(({ calls }) => calls)
        .filter(({ operation }) => operation.endsWith('PutMetricAlarm'))
        .map(({ input }) => ('Threshold' in input ? input.Threshold : undefined));
    expect(names('5, 5, 20')).toEqual([5, 20]);
    expect(names('0, 5')).toEqual([5]);
    expect(names('10, 20', facts())).toEqual([20]);
    expect(names('', facts())).toEqual([]);
  });

  it('changes nothing once all is proven', () => {
    expect(plan(proven())).toEqual([]);
    const open = { ...proven(), lockedSubscriptions: { [arnOf(subscription())]: false } };
    expect(plan(open)).toEqual([]);
  });

  it('drills where nothing is proven, where an alarm is new, and where one was repaired', () => {
    const drills = (some: BillingAlarmFacts, amounts = '') =>
      callsOf(plan(some, { amounts })).includes('SetAlarmState');
    expect(drills(facts())).toBe(true);
    expect(drills(proven())).toBe(false);
    expect(drills(proven(), '50')).toBe(true);
    const ours = alarm('aws-first-steps-billing-5-usd', { Threshold: 5, ActionsEnabled: false });
    expect(drills(proven('2026-11-23', { alarms: [alarm('bill'), ours] }))).toBe(true);
    // A proof that cannot be read could not be checked either.
    expect(drills(facts({ topicDetails: { [money]: { attributes: { key: '', policy: '' } } } }), '50')).toBe(
      false,
    );
  });

  it('drills no alarm that a mute rule keeps silent, if that cannot be ended', () => {
    const silent = (
      settings: { Name: string; Rule: { Schedule: { Expression: string; Duration: string } } } | undefined,
    ) => callsOf(plan(facts({ muteRules: { bill: { name: 'night', settings } } })));
    expect(silent(undefined)).not.toContain('SetAlarmState');
    const known = { Name: 'night', Rule: { Schedule: { Expression: 'x', Duration: 'y' } } };
    expect(silent(known)).toContain('SetAlarmState');
    expect(silent(known)).toContain('DeleteAlarmMuteRule');
  });

  it('takes only the own alarms out of a mute rule', () => {
    const settings = {
      Name: 'night',
      Rule: { Schedule: { Expression: 'x', Duration: 'y' } },
      MuteTargets: { AlarmNames: ['cpu', 'bill'] },
    };
    const [put] = plan(facts({ muteRules: { bill: { name: 'night', settings } } })).flatMap(
      ({ calls }) => calls,
    );
    expect(put).toMatchObject({
      operation: 'cloudwatch:PutAlarmMuteRule',
      input: { ...settings, MuteTargets: { AlarmNames: ['cpu'] } },
    });
  });

  it('repairs what keeps the messages back', () => {
    expect(callsOf(plan(facts(withDetails(awsKey))))[0]).toBe('SetTopicAttributes');
    const [encryption] = plan(facts(withDetails(awsKey))).flatMap(({ calls }) => calls);
    expect(encryption?.input).toEqual({
      TopicArn: money,
      AttributeName: 'KmsMasterKeyId',
      AttributeValue: '',
    });
    const [policy] = plan(facts(withDetails('', closed))).flatMap(({ calls }) => calls);
    expect(policy?.input).toMatchObject({ TopicArn: money, AttributeName: 'Policy' });
    const subscriptionSettings = {
      [arnOf(subscription())]: { FilterPolicy: '{"AlarmName":["x"]}', FilterPolicyScope: 'MessageBody' },
    };
    const [filter] = plan(facts({ subscriptionSettings })).flatMap(({ calls }) => calls);
    expect(filter?.input).toEqual({
      SubscriptionArn: arnOf(subscription()),
      AttributeName: 'FilterPolicy',
      AttributeValue: '{}',
    });
  });

  it('turns on the actions of an alarm, or gives it the topic and keeps the rest', () => {
    const off = plan(facts({ alarms: [alarm('bill', { ActionsEnabled: false })] })).flatMap(
      ({ calls }) => calls,
    );
    expect(off[0]).toMatchObject({
      operation: 'cloudwatch:EnableAlarmActions',
      input: { AlarmNames: ['bill'] },
    });
    const AlarmActions = ['arn:aws:swf:us-east-1:1:x'];
    const quiet = alarm('bill', { AlarmActions, ActionsEnabled: false, OKActions: [money], Unit: 'None' });
    const put = plan(facts({ alarms: [quiet], topics: [own] }))
      .flatMap(({ calls }) => calls)
      .find(({ operation }) => operation.endsWith('PutMetricAlarm'));
    expect(put?.input).toMatchObject({
      AlarmName: 'bill',
      AlarmActions: [...AlarmActions, own],
      ActionsEnabled: true,
      OKActions: [money],
      Unit: 'None',
      Threshold: 10,
      EvaluationPeriods: 1,
    });
    expect(put?.input).not.toHaveProperty('ExtendedStatistic');
    expect(put?.input).not.toHaveProperty('AlarmArn');
    const { AlarmActions: _none, ...without } = quiet;
    const bare = plan(facts({ alarms: [without], topics: [own] }))
      .flatMap(({ calls }) => calls)
      .find(({ operation }) => operation.endsWith('PutMetricAlarm'));
    expect(bare?.input).toMatchObject({ AlarmActions: [own] });
  });

  it('asks for a click only while nobody has confirmed, and mails nobody who is subscribed', () => {
    const waits = (some: BillingAlarmFacts, email = 'anna@example.com') => {
      const actions = plan(some, { email });
      return {
        mails: callsOf(actions).includes('Subscribe'),
        manual: actions.filter((one) => one.usesDialogue).length,
      };
    };
    expect(waits(facts())).toEqual({ mails: false, manual: 1 });
    expect(waits(facts({ subscriptions: [pending] }))).toMatchObject({ mails: false });
    expect(waits(facts({ subscriptions: [pending] })).manual).toBeGreaterThan(1);
    expect(waits(facts({ subscriptions: [queue] }))).toMatchObject({ mails: true });
    expect(waits(facts({ subscriptions: [] }))).toMatchObject({ mails: true });
  });

  it('waits at last for the figures of AWS where there are none', () => {
    const before = plan(proven());
    const after = plan({ ...proven(), metricPublished: false });
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)?.calls).toEqual([]);
  });

  it('offers a lock only together with a drill', () => {
    const open = facts({ lockedSubscriptions: { [arnOf(subscription())]: false } });
    expect(plan(open)).toHaveLength(plan(facts()).length + 1);
  });
});

describe('a proof', () => {
  const stateOf = (some: BillingAlarmFacts) => {
    const alarmOf = some.alarms[0] ?? alarm('bill');
    const proof = judgeDrillProof(some, { alarm: alarmOf, topic: money, publisher: 'bill' });
    return 'changed' in proof ? proof.changed : proof.state;
  };
  const before = proven();
  const { topicDetails } = before;
  const tags = topicDetails[money]?.tags ?? {};

  it('is valid as long as nothing of it changes', () => {
    expect(stateOf(before)).toBe('valid');
    expect(
      stateOf({ ...before, alarms: [alarm('bill', { StateValue: 'ALARM', AlarmDescription: 'x' })] }),
    ).toBe('valid');
    expect(stateOf({ ...before, alarms: [alarm('another', { Threshold: 50 }), alarm('bill')] })).toBe(
      'valid',
    );
    expect(stateOf({ ...before, now: new Date('2026-11-23T00:00:00Z') })).toBe('valid');
    expect(stateOf(facts())).toBe('none');
    expect(stateOf(facts({ topicDetails: {} }))).toBe('unreadable');
  });

  it.each<[string, MetricAlarm]>([
    ['amount', { Threshold: 20 }],
    ['period', { Period: 3600 }],
    ['statistic', { Statistic: 'Average' }],
    ['missing data', { TreatMissingData: 'ignore' }],
    ['comparison', { ComparisonOperator: 'GreaterThanOrEqualToThreshold' }],
    ['topics', { AlarmActions: [money, topicNamed('more')] }],
  ])('is void when the alarm has another %s', (_what, change) => {
    expect(stateOf({ ...before, alarms: [alarm('bill', change)] })).toEqual(['alarm']);
  });

  it('does not depend on the order in which AWS lists topics and alarms', () => {
    const actions = [money, topicNamed('more')];
    const alarms = [alarm('a', { AlarmActions: actions }), alarm('b', { Threshold: 20 })];
    const both = proven('2026-11-23', { alarms });
    const turned = [alarm('b', { Threshold: 20 }), alarm('a', { AlarmActions: actions.toReversed() })];
    expect(stateOf({ ...both, alarms: turned })).toBe('valid');
    expect(stateOf({ ...both, alarms: alarms.slice(0, 1) })).toEqual(['alarm']);
  });

  it('covers a query and composite alarms where there are any', () => {
    const [quiet, inner] = [alarm('bill', { AlarmActions: [] }), composite('all', 'ALARM(bill)')];
    const after = proven('2026-11-23', { alarms: [quiet], compositeAlarms: [inner] });
    expect(stateOf(after)).toBe('valid');
    const wider = composite('all', 'ALARM(bill) OR ALARM(cpu)');
    expect(stateOf({ ...after, compositeAlarms: [wider] })).toEqual(['alarm']);
    const { Namespace, MetricName, Dimensions, Statistic: Stat, Period, ...rest } = alarm('bill');
    const query = (Id: string) => ({
      ...rest,
      Metrics: [{ Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Stat, Period } }],
    });
    const asked = proven('2026-11-23', { alarms: [query('m1')] });
    expect(stateOf(asked)).toBe('valid');
    expect(stateOf({ ...asked, alarms: [query('m2')] })).toEqual(['alarm']);
  });

  it('is void when the topic has another key or policy, and says nothing of what cannot be read', () => {
    const withAttributes = (attributes: { key: string; policy: string } | undefined) => ({
      ...before,
      topicDetails: { [money]: { tags, ...(attributes && { attributes }) } },
    });
    expect(stateOf(withAttributes({ key: 'my-key', policy: '' }))).toEqual(['topic']);
    expect(stateOf(withAttributes({ key: '', policy: policyOf(statement()) }))).toEqual(['topic']);
    expect(stateOf(withAttributes(undefined))).toBe('valid');
  });

  it('is void when a subscription is filtered in another way', () => {
    const arn = arnOf(subscription());
    const settings = (order: readonly string[]) => ({
      subscriptionSettings: {
        [arn]: Object.fromEntries(order.map((name) => [name, '{}'])),
      },
    });
    expect(stateOf({ ...before, ...settings(['FilterPolicy']) })).toEqual(['subscription']);
    const filtered = proven('2026-11-23', settings(['FilterPolicy', 'RedrivePolicy']));
    expect(stateOf({ ...filtered, ...settings(['RedrivePolicy', 'FilterPolicy']) })).toBe('valid');
    expect(stateOf({ ...filtered, ...settings(['FilterPolicy']) })).toEqual(['subscription']);
  });
});

describe('what is told apart about alarms', () => {
  const anna = subscription({ SubscriptionArn: `${money}:anna`, Endpoint: 'anna@example.com' });

  it('is whether alerts are off or only without figures, which is said once', () => {
    const off = says({ metricPublished: false, preference: { state: 'off', keys: [] } });
    expect(off.summary).toMatch(/billing alerts are off/i);
    expect(off.summary).not.toContain('publishes no billing figures yet');
  });

  it('is what the setup can mend of subscriptions', () => {
    const mends = (change: Partial<BillingAlarmFacts>) =>
      findBillingAlarmProblems(facts(change)).map(({ repairable }) => repairable);
    const filter = { FilterPolicy: '{"AlarmName":["x"]}', FilterPolicyScope: 'MessageBody' };
    expect(mends({ subscriptionSettings: { [arnOf(subscription())]: filter } })).toEqual([true]);
    expect(mends({ subscriptions: [queue] })).toEqual([true]);
    expect(mends({ subscriptions: [] })).toEqual([true]);
    expect(mends({ subscriptions: [pending] })).toEqual([false]);
  });

  it('is one open subscription among locked ones', () => {
    const subscriptions = [subscription(), anna];
    const lockedSubscriptions = { [arnOf(subscription())]: true, [arnOf(anna)]: false };
    const some = { subscriptions, lockedSubscriptions };
    expect(judgeBillingAlarm(proven('2026-11-23', some)).summary).toContain('its link was clicked');
    const locked = { ...some, lockedSubscriptions: { ...lockedSubscriptions, [arnOf(anna)]: true } };
    expect(plan(facts(some))).toHaveLength(plan(facts(locked)).length + 1);
  });

  it('is the person beside a machine', () => {
    expect(plan(facts({ subscriptions: [queue, subscription()] }), { email: 'x@example.com' })).toHaveLength(
      plan(facts()).length,
    );
  });

  it('is a topic that has to be made, by its name', () => {
    const [topic] = plan(facts({ alarms: [], topics: [], subscriptions: [] }), { amounts: '5' }).flatMap(
      ({ calls }) => calls,
    );
    expect(topic).toMatchObject({ operation: 'sns:CreateTopic', input: { Name: 'aws-first-steps-billing' } });
  });

  it('is the lowest of several amounts that make no sense', () => {
    const alarms = [alarm('high', { Threshold: 9000 }), alarm('low', { Threshold: 5000 })];
    expect(problems({ alarms })).toEqual([expect.stringContaining('the alarm low')]);
  });

  it('is a topic that is gone beside one that is there', () => {
    const alarms = [alarm('bill', { AlarmActions: [topicNamed('gone'), money], ActionsEnabled: false })];
    expect(problems({ alarms })).toEqual([expect.stringContaining('turned off')]);
  });

  it('is an alarm of this program that works', () => {
    expect(findBrokenAlarms(facts({ alarms: [alarm('aws-first-steps-billing-10-usd')] }))).toEqual([]);
  });

  it('is the subscription that was deleted, and the mail that waits, among others', () => {
    const deleted = subscription({ SubscriptionArn: 'Deleted', Endpoint: 'old@example.com' });
    const odd = subscription({ SubscriptionArn: '', Endpoint: 'odd@example.com' });
    expect(problems({ subscriptions: [odd, deleted] })[0]).toContain('old@example.com');
    expect(problems({ subscriptions: [deleted, pending] })[0]).not.toContain('old@example.com');
  });

  it('is somebody who has confirmed beside somebody who has not, and a telephone, which confirms nothing', () => {
    expect(findAlarmRoute(facts({ subscriptions: [subscription(), pending] }))).toBeDefined();
    const sms = subscription({ Protocol: 'sms', SubscriptionArn: 'PendingConfirmation' });
    expect(hasReader(facts({ subscriptions: [sms] }), money)).toBe(false);
    expect(findAlarmRoute(facts({ subscriptions: [subscription({ TopicArn: own })] }))).toBeUndefined();
  });

  it('is a policy for this alarm and one for another', () => {
    const only = (name: string) =>
      withDetails(
        '',
        policyOf(
          statement({
            Condition: {
              ArnEquals: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}` },
            },
          }),
        ),
      );
    expect(problems(only('bill'))).toEqual([]);
    expect(problems(only('cpu'))).toEqual([expect.stringContaining('does not let CloudWatch publish')]);
  });

  it('is a machine through which a drill was proven, since somebody reads it there', () => {
    const tagWith = (subscriptions: readonly unknown[]) => ({
      subscriptions: [queue],
      ...withDetails('', '', {
        'aws-first-steps:proven': joinProofTag('2026-11-23', {
          alarm: '0'.repeat(12),
          topic: '-',
          subscription: hashShort(subscriptions),
        }),
      }),
    });
    expect(hasReader(facts(tagWith([arnOf(queue)])), money)).toBe(true);
    expect(hasReader(facts(tagWith([arnOf(anna)])), money)).toBe(false);
    // Proven with the queue alone, and somebody has joined since.
    const joined = { ...tagWith([arnOf(queue)]), subscriptions: [anna, queue] };
    expect(problems({ ...joined, subscriptionSettings: {} })).toEqual([]);
  });

  it('is a machine that the proof went through, alone or beside others, and not one that came later', () => {
    const provenWith = (...subscriptions: readonly unknown[]) =>
      facts({
        subscriptions: [anna, queue],
        ...withDetails('', '', {
          'aws-first-steps:proven': joinProofTag('2026-11-23', {
            alarm: '0'.repeat(12),
            topic: '-',
            subscription: hashShort(subscriptions),
          }),
        }),
      });
    const both = [arnOf(anna), arnOf(queue)].toSorted();
    expect(endsInMachine(provenWith(...both), queue)).toBe(false);
    expect(endsInMachine(provenWith(arnOf(queue)), queue)).toBe(false);
    expect(endsInMachine(provenWith(arnOf(anna)), queue)).toBe(true);
    expect(endsInMachine(provenWith('somebody else'), queue)).toBe(true);
  });

  it('is a proof without the topic, one of an older version, and one whose alarm a mute rule silences by now', () => {
    const stateOf = (some: BillingAlarmFacts) =>
      judgeDrillProof(some, { alarm: alarm('bill'), topic: money, publisher: 'bill' }).state;
    const unread = proven('2026-11-23', { topicDetails: { [money]: { tags: {} } } });
    const tags = unread.topicDetails[money]?.tags ?? {};
    expect(
      stateOf({ ...unread, topicDetails: { [money]: { tags, attributes: { key: 'k', policy: '' } } } }),
    ).toBe('valid');
    const spaced = policyOf(statement()).replaceAll(',', ', ');
    const now = proven('2026-11-23', withDetails('', spaced));
    const older = Object.fromEntries(
      Object.entries(now.topicDetails[money]?.tags ?? {}).map(([name, value]) => [
        name,
        value.replace(/topic:\w+/, `topic:${hashShort([money, '', spaced])}`),
      ]),
    );
    expect(stateOf({ ...now, ...withDetails('', spaced, older) })).toBe('valid');
    expect(stateOf({ ...now, ...withDetails('', closed, older) })).toBe('void');
    const alarms = [alarm('bill'), alarm('more', { Threshold: 20 })];
    const both = proven('2026-11-23', { alarms });
    expect(stateOf({ ...both, muteRules: { more: { name: 'night', settings: undefined } } })).toBe('valid');
  });

  it('is which of ten things were proven, and of no more', () => {
    const things = (count: number) => Array.from({ length: count }, (_, nth) => `thing-${nth}`);
    expect(isHashOfSome(things(3), hashShort(['thing-0', 'thing-2']))).toBe(true);
    expect(isHashOfSome(things(3), hashShort(things(3)))).toBe(true);
    expect(isHashOfSome(things(3), hashShort(['thing-2', 'thing-0']))).toBe(false);
    expect(isHashOfSome(things(3), hashShort([]))).toBe(false);
    expect(isHashOfSome(things(10), hashShort(['thing-9']))).toBe(true);
    expect(isHashOfSome(things(11), hashShort(['thing-0']))).toBe(false);
  });

  it('is whether the alarm that is set off is in ALARM already', () => {
    const drillOf = (StateValue: 'OK' | 'ALARM') =>
      plan(facts({ alarms: [alarm('bill', { StateValue })] })).at(-1);
    expect(JSON.stringify(drillOf('ALARM'))).not.toBe(JSON.stringify(drillOf('OK')));
  });
});
