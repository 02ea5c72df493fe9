import { DescribeAlarmsCommand, SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { ListTagsForResourceCommand, TagResourceCommand } from '@aws-sdk/client-sns';
import type { AwsCall } from '../../aws/clients.ts';
import type { Action, ActionContext } from '../../core/action.ts';
import { consistencyDelays } from '../../aws/consistency.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { formatDay } from '../../lib/dates.ts';
import { routeOf, subscribersOf, type BillingFacts, type Route } from './facts.ts';
import { converse, type Drill } from './drill-talk.ts';
import { proofOn, provenTag } from './proof.ts';
import { billingFacts } from './reads.ts';
import { newWords, reasonWith } from './words.ts';

/** What the plan can say of a drill before anything is there: which alarm it will be, and at which topic. */
export type DrillPlan = { alarm: string; topic: string; ringing: boolean };

const setTo = (AlarmName: string, StateValue: StateValue): AwsCall => ({
  operation: 'cloudwatch:SetAlarmState',
  input: { AlarmName, StateValue },
});

const setState = async (
  { aws }: ActionContext,
  AlarmName: string,
  StateValue: StateValue,
  StateReason: string,
) => {
  await aws.cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));
};

const isRinging = async ({ aws }: ActionContext, AlarmName: string): Promise<boolean> => {
  const { MetricAlarms } = await aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
  return MetricAlarms?.[0]?.StateValue === 'ALARM';
};

/** Puts the alarm into ALARM. A state that does not change sends nothing, so one that rings already is quieted first. */
const ring = async (
  hands: ActionContext,
  { AlarmName = '' }: Route['alarm'],
  words: string,
): Promise<void> => {
  if (await isRinging(hands, AlarmName))
    await setState(hands, AlarmName, 'OK', 'Set back for a fire drill of aws-first-steps');
  await setState(hands, AlarmName, 'ALARM', reasonWith(words));
};

/** The facts as soon as they show a way to somebody; the last ones if they never do. */
const settledFacts = async (hands: ActionContext, topic: string): Promise<BillingFacts> => {
  const look = () => billingFacts(hands.aws, hands.clock.now());
  let facts = await look();
  if (routeOf(facts) || !(await readTopicSubscriptions(hands.aws, topic)).some(isConfirmedSubscription))
    return facts;
  for (const pause of consistencyDelays) {
    await hands.clock.sleep(pause);
    facts = await look();
    if (routeOf(facts)) break;
  }
  return facts;
};

/** Keeps the proof, and waits until AWS shows it: a look that came too early would call the drill undone. */
const keepProof = async (
  { aws, clock }: ActionContext,
  ResourceArn: string,
  Value: string,
): Promise<void> => {
  await aws.sns.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: provenTag, Value }] }));
  for (const pause of consistencyDelays) {
    const { Tags } = await aws.sns.send(new ListTagsForResourceCommand({ ResourceArn }));
    if (Tags?.some((tag) => tag.Key === provenTag && tag.Value === Value)) return;
    await clock.sleep(pause);
  }
};

const begin = async (hands: ActionContext, topic: string, words: string): Promise<Drill | undefined> => {
  const facts = await settledFacts(hands, topic);
  const route = routeOf(facts);
  if (!route) return undefined;
  await ring(hands, route.alarm, words);
  const addresses = subscribersOf(facts, route.topic)
    .filter(isConfirmedSubscription)
    .flatMap(({ Endpoint }) => Endpoint ?? []);
  return {
    words,
    addresses,
    alarm: route.alarm.AlarmName ?? '',
    topic: route.topic,
    ring: () => begin(hands, topic, words),
    // What was true when the mail was sent is what it proves; the day is that on which it was read.
    prove: () => keepProof(hands, route.topic, proofOn(formatDay(hands.clock.now()), facts, route)),
  };
};

const notNow = (hands: ActionContext, text: string): void => hands.dialogue.show({ kind: 'text', text });

const why = ({ alarm, ringing }: DrillPlan): string =>
  `fire drill: set off ${alarm}${ringing ? ' (to OK first, since it is there already)' : ''}; a mail "ALARM: ..." comes, and you type the words in it. ` +
  'Nothing is wrong then, it costs nothing, and the alarm falls back by itself. A tag on the topic keeps the proof';

/** The action that tries out whether the alarm really reaches the owner. */
export const fireDrill = (plan: DrillPlan): Action => ({
  why: why(plan),
  calls: [
    ...(plan.ringing ? [setTo(plan.alarm, 'OK')] : []),
    setTo(plan.alarm, 'ALARM'),
    {
      operation: 'sns:TagResource',
      input: { ResourceArn: plan.topic, Tags: [{ Key: provenTag, Value: '(today, and what was proven)' }] },
    },
  ],
  optionalPermissions: ['sns:TagResource', 'sns:Subscribe', 'sns:ConfirmSubscription'],
  usesDialogue: true,
  perform: async (hands) => {
    const { dialogue } = hands;
    if (!dialogue.interactive)
      return notNow(hands, 'The fire drill needs somebody who reads the mail: run the setup in a terminal.');
    const drill = await dialogue.runWithProgress('Setting off the alarm, for a fire drill', () =>
      begin(hands, plan.topic, newWords()),
    );
    if (!drill) return notNow(hands, 'The fire drill comes later: nobody can be reached yet.');
    await converse(hands, drill);
  },
});
