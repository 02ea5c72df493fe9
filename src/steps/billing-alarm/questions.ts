import type { ChoiceQuestion, Condition, TextQuestion } from '../../core/question.ts';
import { askIf } from '../../core/step-questions.ts';
import { findAmountsObjection, normalizeAmounts } from '../shared/typed-amounts.ts';
import { createEmailQuestion } from '../shared/email-question.ts';
import { extractTopicName } from './alarms.ts';
import {
  hasReader,
  findMailingTopics,
  findSaneAlarms,
  getTopicSubscriptions,
  chooseRouteTopic,
  type BillingAlarmFacts,
} from './facts.ts';

/** The answer that requests a new topic. */
const newTopicAnswer = 'new';

export const alarmEmailQuestion: TextQuestion = createEmailQuestion(
  'Which address gets the warning?',
  'One that you read every day. AWS mails a link there first.',
);

/** USD with at most two decimals, more than zero, and at most the amount that the next check would call useless. */
const amountPattern = String.raw`([1-9]\d{0,2}(\.\d\d?)?|1000(\.00?)?|0\.(0[1-9]|[1-9]\d?))`;

const amountsQuestion: TextQuestion = {
  kind: 'text',
  message: 'Warn at how many USD a month?',
  help: 'One amount or several.',
  default: '5, 20',
  example: '5, 20',
  pattern: new RegExp(`^\\s*${amountPattern}(\\s*,\\s*${amountPattern}){0,4}\\s*$`),
  rule: 'Give one to five amounts up to 1000, such as 5, 20',
  max: 60,
  normalize: normalizeAmounts,
  findObjection: findAmountsObjection,
};

const createTopicQuestion = (facts: BillingAlarmFacts): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Where does the warning go?',
  options: [
    ...findMailingTopics(facts).map((topic) => ({
      value: extractTopicName(topic),
      label: `The topic ${extractTopicName(topic)}`,
      hint: getTopicSubscriptions(facts, topic)
        .flatMap(({ Endpoint }) => Endpoint ?? [])
        .join(', '),
    })),
    { value: newTopicAnswer, label: 'A new topic, for this only' },
  ],
  default: extractTopicName(findMailingTopics(facts)[0] ?? newTopicAnswer),
});

const needsAlarmAddress: Condition['when'] = ({ topic }) => topic === undefined || topic === newTopicAnswer;

const hasReachableTopic = (facts: BillingAlarmFacts): boolean => hasReader(facts, chooseRouteTopic(facts));

/** Asks only what the account does not already answer. */
export const billingAlarmQuestions = {
  topic: askIf((facts: BillingAlarmFacts) => findMailingTopics(facts).length > 0, createTopicQuestion),
  email: askIf(
    (facts: BillingAlarmFacts) => !hasReachableTopic(facts),
    () => ({ ...alarmEmailQuestion, when: needsAlarmAddress }),
  ),
  amounts: askIf(
    (facts: BillingAlarmFacts) => findSaneAlarms(facts).length === 0,
    () => amountsQuestion,
  ),
};

/** The chosen topic: one of the owner's by name, or else the one that the facts suggest. */
export const resolveChosenTopic = (facts: BillingAlarmFacts, answer: string | undefined): string =>
  facts.topics.find((topic) => answer !== newTopicAnswer && extractTopicName(topic) === answer) ??
  chooseRouteTopic(facts);
