import type { ChoiceQuestion, Questions, TextQuestion } from '../../core/question.ts';
import { emailQuestion } from '../shared/email-question.ts';
import { isThere, mailingTopics, saneAlarms, subscribersOf, topicFor, type BillingFacts } from './facts.ts';

/** The answer that asks for a topic of our own. */
const aNewOne = 'new';

/** Where the mail is to go. */
export const addressQuestion: TextQuestion = emailQuestion(
  'Which address is to be warned?',
  'One that you read every day. AWS sends a mail there that must be confirmed.',
);

/** USD with at most two decimals, more than nothing, and not above what would be called useless in the next look. */
const amount = String.raw`([1-9]\d{0,3}(\.\d\d?)?|10000(\.00?)?|0\.(0[1-9]|[1-9]\d?))`;

const amounts: TextQuestion = {
  kind: 'text',
  message: 'Warn at how many USD a month?',
  help: 'One amount or several, with commas. The first ten alarms of an account are free.',
  default: '5, 20',
  example: '5, 20',
  pattern: new RegExp(`^\\s*${amount}(\\s*,\\s*${amount}){0,4}\\s*$`),
  rule: 'Give one to five amounts up to 10000, such as 5, 20',
  max: 60,
};

const nameOf = (topic: string): string => topic.split(':').at(-1) ?? topic;

const whichTopic = (facts: BillingFacts, topics: readonly string[]): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Where is the warning to go?',
  options: [
    ...topics.map((topic) => ({
      value: nameOf(topic),
      label: `The topic ${nameOf(topic)}`,
      hint: subscribersOf(facts, topic)
        .flatMap(({ Endpoint }) => Endpoint ?? [])
        .join(', '),
    })),
    { value: aNewOne, label: 'A new topic, for this only' },
  ],
  default: nameOf(topics[0] ?? aNewOne),
});

const needsAddress = (soFar: Readonly<Record<string, unknown>>): boolean =>
  soFar['topic'] === undefined || soFar['topic'] === aNewOne;

/** All questions about the billing alarm: only what the account does not answer already. */
export const billingQuestions = (facts: BillingFacts): Questions => {
  const choices = mailingTopics(facts);
  const reachable = subscribersOf(facts, topicFor(facts)).some(isThere);
  return {
    ...(choices.length > 0 && { topic: whichTopic(facts, choices) }),
    ...(!reachable && { email: { ...addressQuestion, when: needsAddress } }),
    ...(saneAlarms(facts).length === 0 && { amounts }),
  };
};

/** The topic that the answers lead to: one of the owner's by name, else the one that the facts lead to. */
export const chosenTopic = (facts: BillingFacts, answer: unknown): string =>
  facts.topics.find((topic) => answer !== aNewOne && nameOf(topic) === answer) ?? topicFor(facts);
