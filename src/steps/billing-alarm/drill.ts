import { DescribeAlarmsCommand, SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { ListTagsForResourceCommand, TagResourceCommand } from '@aws-sdk/client-sns';
import type { AwsCall } from '../../aws/clients.ts';
import type { Action, ActionContext } from '../../core/action.ts';
import { readUntil } from '../../core/read-until.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { formatDay } from '../../lib/dates.ts';
import { findAlarmRoute, getTopicSubscriptions, type BillingAlarmFacts } from './facts.ts';
import { proofTagKey } from './proof-tag.ts';
import { runDrillDialogue, type RunningDrill } from './drill-dialogue.ts';
import { formatProofTag } from './proof.ts';
import { readBillingAlarmFacts } from './reads.ts';
import { generateDrillWords, formatDrillReason } from './drill-words.ts';

/** What the plan knows about a drill before the alarm exists: which alarm and which topic it will use. */
export type DrillPlan = {
  account: Pick<BillingAlarmFacts, 'accountId' | 'isMemberAccount'>;
  alarmName: string;
  topic: string;
  alreadyInAlarm: boolean;
};

const createSetStateCall = (AlarmName: string, StateValue: StateValue): AwsCall => ({
  operation: 'cloudwatch:SetAlarmState',
  input: { AlarmName, StateValue },
});

const sendAlarmState = async (
  { aws }: ActionContext,
  AlarmName: string,
  StateValue: StateValue,
  StateReason: string,
) => {
  await aws.cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));
};

const isInAlarmState = async ({ aws }: ActionContext, AlarmName: string): Promise<boolean> => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await aws.cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  return [...MetricAlarms, ...CompositeAlarms].some(({ StateValue }) => StateValue === 'ALARM');
};

/**
 * Sets the alarm to ALARM. CloudWatch sends nothing if the state does not change, so an alarm that is already in ALARM
 * is set to OK first.
 */
const triggerAlarm = async (context: ActionContext, AlarmName: string, words: string): Promise<void> => {
  if (await isInAlarmState(context, AlarmName))
    await sendAlarmState(context, AlarmName, 'OK', 'Set back for a fire drill of aws-first-steps');
  await sendAlarmState(context, AlarmName, 'ALARM', formatDrillReason(words));
};

/** Rereads the facts until they show a route to someone. Returns the last ones if they never do. */
const readSettledFacts = async (
  context: ActionContext,
  { account, topic }: DrillPlan,
): Promise<BillingAlarmFacts> => {
  const { aws, clock } = context;
  const read = () => readBillingAlarmFacts(aws, account, clock.now());
  const facts = await read();
  if (findAlarmRoute(facts) || !(await readTopicSubscriptions(aws, topic)).some(isConfirmedSubscription))
    return facts;
  return readUntil(clock, read, (newer) => findAlarmRoute(newer) !== undefined);
};

/** Saves the proof, and waits until AWS shows it. A check before that would report that the drill is missing. */
const saveDrillProof = async (
  { aws, clock }: ActionContext,
  ResourceArn: string,
  Value: string,
): Promise<void> => {
  await aws.sns.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: proofTagKey, Value }] }));
  await readUntil(
    clock,
    () => aws.sns.send(new ListTagsForResourceCommand({ ResourceArn })),
    ({ Tags }) => Tags?.some((tag) => tag.Key === proofTagKey && tag.Value === Value) ?? false,
  );
};

const beginDrill = async (
  context: ActionContext,
  plan: DrillPlan,
  words: string,
): Promise<RunningDrill | undefined> => {
  const facts = await readSettledFacts(context, plan);
  const route = findAlarmRoute(facts);
  if (!route) return undefined;
  await triggerAlarm(context, route.publisher, words);
  const addresses = getTopicSubscriptions(facts, route.topic)
    .filter(isConfirmedSubscription)
    .flatMap(({ Endpoint }) => Endpoint ?? []);
  return {
    words,
    addresses,
    alarmName: route.publisher,
    // A composite alarm stays in ALARM until one of its alarms changes, and says nothing new before that.
    setBack: async () => {
      if (route.publisher !== route.alarm.AlarmName)
        await sendAlarmState(
          context,
          route.publisher,
          'OK',
          'Set back after a fire drill of aws-first-steps',
        );
    },
    topic: route.topic,
    triggerAgain: () => beginDrill(context, plan, words),
    // The proof covers the settings at the time the mail was sent, and has the date on which it was read.
    saveProof: () =>
      saveDrillProof(context, route.topic, formatProofTag(formatDay(context.clock.now()), facts, route)),
  };
};

const showDrillPostponed = (context: ActionContext, text: string): void =>
  context.dialogue.show({ kind: 'text', text });

const describeDrillPlan = ({ alarmName, alreadyInAlarm }: DrillPlan): string =>
  `fire drill: set off ${alarmName}${alreadyInAlarm ? ' (to OK first, since it is there already)' : ''}; you type the words from its mail. ` +
  'It is free, and the alarm goes back to normal by itself. A tag on the topic keeps the proof';

/** An action that tests whether the alarm really reaches the owner. */
export const runFireDrill = (plan: DrillPlan): Action => ({
  why: describeDrillPlan(plan),
  calls: [
    ...(plan.alreadyInAlarm ? [createSetStateCall(plan.alarmName, 'OK')] : []),
    createSetStateCall(plan.alarmName, 'ALARM'),
    {
      operation: 'sns:TagResource',
      input: { ResourceArn: plan.topic, Tags: [{ Key: proofTagKey, Value: '(today, and what was proven)' }] },
    },
  ],
  optionalPermissions: ['sns:TagResource', 'sns:Subscribe', 'sns:ConfirmSubscription'],
  usesDialogue: true,
  perform: async (context) => {
    const { dialogue } = context;
    if (!dialogue.interactive)
      return showDrillPostponed(
        context,
        'The fire drill needs somebody who reads the mail: run the setup in a terminal.',
      );
    const drill = await dialogue.runWithProgress('Setting off the alarm, for a fire drill', () =>
      beginDrill(context, plan, generateDrillWords()),
    );
    if (!drill) return showDrillPostponed(context, 'The fire drill comes later: nobody can be reached yet.');
    try {
      await runDrillDialogue(context, drill);
    } finally {
      await drill.setBack();
    }
  },
});
