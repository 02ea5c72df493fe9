import type { Subscription } from '@aws-sdk/client-sns';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import type { OutcomeLine } from '../../core/step.ts';
import { joinNames } from '../shared/name-list.ts';
import { extractTopicName } from './alarms.ts';
import {
  canBeHeard,
  findAlarmRoute,
  findAlarmsThrough,
  getTopicSubscriptions,
  type AlarmRoute,
  type BillingAlarmFacts,
} from './facts.ts';
import { isProofInForce } from './finding.ts';

const mailProtocols: ReadonlySet<string | undefined> = new Set(['email', 'email-json']);

const listEndpoints = (subscriptions: readonly Subscription[]): string =>
  joinNames([...new Set(subscriptions.flatMap(({ Endpoint }) => Endpoint ?? []))], 'and');

/** How a warning comes: by mail or text message to these, or to a topic whose subscribers no owner knows by name. */
const describeWay = (facts: BillingAlarmFacts, topic: string): string => {
  const heard = getTopicSubscriptions(facts, topic).filter(
    (one) => isConfirmedSubscription(one) && canBeHeard(facts, one),
  );
  const mails = listEndpoints(heard.filter(({ Protocol }) => mailProtocols.has(Protocol)));
  const texts = listEndpoints(heard.filter(({ Protocol }) => Protocol === 'sms'));
  const ways = [...(mails ? [`by mail to ${mails}`] : []), ...(texts ? [`by text message to ${texts}`] : [])];
  return ways.join(', ') || `through the topic ${joinNames([extractTopicName(topic)], 'and')}`;
};

const describeProof = (facts: BillingAlarmFacts, route: AlarmRoute): string => {
  if (isProofInForce(facts, route)) return 'proven';
  return facts.metricPublished ? 'not proven' : 'once AWS publishes figures';
};

/** As many as the step's question takes. */
const maxAmountsNamed = 5;

/** At which amounts the alarm warns, and whom. Other topics than that of the lowest alarm are left out. */
export const describeAlarmWarnings = (facts: BillingAlarmFacts): readonly OutcomeLine[] => {
  const route = findAlarmRoute(facts);
  if (!route) return [];
  const amounts = new Set(findAlarmsThrough(facts, route.topic).map(({ alarm }) => alarm.Threshold ?? 0));
  const at = joinNames(
    [...amounts].map((amount) => `${amount}`),
    'and',
    maxAmountsNamed,
  );
  const text = `at ${at} USD, ${describeWay(facts, route.topic)} (${describeProof(facts, route)})`;
  return [{ about: 'warnings', text }];
};
