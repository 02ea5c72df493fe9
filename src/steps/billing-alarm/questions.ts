import type { ChoiceQuestion, Questions, TextQuestion } from '../../core/question.ts';
import { createEmailQuestion } from '../shared/email-question.ts';
import {
  isConfirmedOrPending,
  findMailingTopics,
  findSaneAlarms,
  getTopicSubscriptions,
  chooseTopic,
  type BillingAlarmFacts,
} from './facts.ts';

/** The answer that asks for a topic of our own. */
const newTopicAnswer = 'new';

/** Where the mail is to go. */
export const alarmEmailQuestion: TextQuestion = createEmailQuestion(
  'Which address is to be warned?',
  'One that you read every day. AWS sends a mail there that must be confirmed.',
);

/** USD with at most two decimals, more than nothing, and not above what would be called useless in the next look. */
const amountPattern = String.raw`([1-9]\d{0,3}(\.\d\d?)?|10000(\.00?)?|0\.(0[1-9]|[1-9]\d?))`;

const amountsQuestion: TextQuestion = {
  kind: 'text',
  message: 'Warn at how many USD a month?',
  help: 'One amount or several, with commas. The first ten alarms of an account are free.',
  default: '5, 20',
  example: '5, 20',
  pattern: new RegExp(`^\\s*${amountPattern}(\\s*,\\s*${amountPattern}){0,4}\\s*$`),
  rule: 'Give one to five amounts up to 10000, such as 5, 20',
  max: 60,
};

const extractTopicName = (topic: string): string => topic.split(':').at(-1) ?? topic;

const createTopicQuestion = (facts: BillingAlarmFacts, topics: readonly string[]): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Where is the warning to go?',
  options: [
    ...topics.map((topic) => ({
      value: extractTopicName(topic),
      label: `The topic ${extractTopicName(topic)}`,
      hint: getTopicSubscriptions(facts, topic)
        .flatMap(({ Endpoint }) => Endpoint ?? [])
        .join(', '),
    })),
    { value: newTopicAnswer, label: 'A new topic, for this only' },
  ],
  default: extractTopicName(topics[0] ?? newTopicAnswer),
});

const needsAddress = (soFar: Readonly<Record<string, unknown>>): boolean =>
  soFar['topic'] === undefined || soFar['topic'] === newTopicAnswer;

/** All questions about the billing alarm: only what the account does not answer already. */
export const createBillingAlarmQuestions = (facts: BillingAlarmFacts): Questions => {
  const choices = findMailingTopics(facts);
  const reachable = getTopicSubscriptions(facts, chooseTopic(facts)).some(isConfirmedOrPending);
  return {
    ...(choices.length > 0 && { topic: createTopicQuestion(facts, choices) }),
    ...(!reachable && { email: { ...alarmEmailQuestion, when: needsAddress } }),
    ...(findSaneAlarms(facts).length === 0 && { amounts: amountsQuestion }),
  };
};

/** The topic that the answers lead to: one of the owner's by name, else the one that the facts lead to. */
export const resolveChosenTopic = (facts: BillingAlarmFacts, answer: unknown): string =>
  facts.topics.find((topic) => answer !== newTopicAnswer && extractTopicName(topic) === answer) ??
  chooseTopic(facts);
