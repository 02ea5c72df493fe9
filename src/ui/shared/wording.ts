import type { HelpPage, Message, Header, PlanProgress } from '../../core/dialogue.ts';
import { findObjection, type Question } from '../../core/question.ts';
import { statusLabels } from '../../core/status.ts';
import { sanitize } from '../../lib/sanitize.ts';

/** Addresses may be longer than other text: cut off, they lead nowhere. */
export const sanitizeUrl = (url: string): string => sanitize(url, 2000);

/** A secret as people type it. */
export const groupInFours = (secret: string): string => secret.match(/.{1,4}/gu)?.join(' ') ?? '';

const numberSentences = (lines: readonly string[]) => lines.map((line, index) => `${index + 1}. ${line}`);

const describeHeaderAccount = (header: Header) => {
  const account = [header.account, header.identity].filter((one) => one !== undefined).join(', ');
  return `Account: ${account || 'not known yet'}${header.practice ? ' (practice: nothing here touches AWS)' : ''}.`;
};

const describeCurrentStep = (header: Header): string[] => {
  const index = header.entries.findIndex((entry) => entry.id === header.current);
  const entry = header.entries[index];
  const cost = header.cost === undefined ? '' : ` Cost: ${header.cost}.`;
  return entry ? [`Step ${index + 1} of ${header.entries.length}: ${entry.title}.${cost}`] : [];
};

/** Only what changed in the header: someone who reads lines, or listens, doesn't want all of it at every step. */
const describeHeaderChanges = (header: Header, before: Header | undefined): string[] => {
  const account = describeHeaderAccount(header);
  const lines: string[] = before && describeHeaderAccount(before) === account ? [] : [account];
  return header.current === before?.current ? lines : [...lines, ...describeCurrentStep(header)];
};

const describePlanProgress = ({ why, state }: PlanProgress): string[] => {
  if (state === 'done') return [`Done: ${why}`];
  return state === 'failed' ? [`Failed: ${why}`] : [];
};

const describeMessageBody = (message: Exclude<Message, Header>): readonly string[] => {
  switch (message.kind) {
    case 'heading':
      return [message.title, ...message.paragraphs];
    case 'finding':
      return [
        `Now (${statusLabels[message.status].word}): ${message.summary}`,
        ...(message.remedy === undefined ? [] : [`What helps: ${message.remedy}`]),
      ];
    case 'plan':
      return [
        `This will happen (cost: ${message.cost}):`,
        ...numberSentences(
          message.lines.map(({ why, operations }) => `${why} (${operations.join(', ') || 'no call'})`),
        ),
      ];
    case 'plan-progress':
      return describePlanProgress(message);
    case 'manual-task':
      return message.instructions.length > 1 ? numberSentences(message.instructions) : message.instructions;
    case 'text':
      return [message.tone === 'warning' ? `Warning: ${message.text}` : message.text];
    case 'summary':
      return [
        message.title,
        message.subtitle,
        ...message.entries.map(
          ({ title, status, summary }) =>
            `${title}: ${[statusLabels[status].word, summary].filter(Boolean).join(', ')}`,
        ),
        ...(message.left.length > 0 ? ['Left to do:', ...numberSentences(message.left)] : []),
        ...message.facts.map(({ label, text, command = '' }) =>
          [`${label.replace(/\?$/u, '')}:`, text, command].filter(Boolean).join(' '),
        ),
      ];
  }
};

/** Help in plain sentences, one a line, safe to print. */
export const describeHelp = ({ title, paragraphs, words, url }: HelpPage): string[] =>
  [title, ...paragraphs, ...words.map(({ word, meaning }) => `${word}: ${meaning}`)]
    .map((line) => sanitize(line))
    .concat(url === undefined ? [] : [`AWS's own page: ${sanitizeUrl(url)}`]);

/** Whether a typed line asks for help: in a text that may be one, a question mark is a character like any other. */
export const asksForHelp = (question: Question, line: string): boolean =>
  line.trim() === '?' &&
  ((question.kind !== 'text' && question.kind !== 'secret') || findObjection(question, '?') !== undefined);

/** Whether the header that was shown last has named the step already. */
export const isCurrentStepHeading = (message: Message, header: Header | undefined): boolean =>
  message.kind === 'heading' &&
  header?.entries.some(({ id, title }) => id === header.current && title === message.title) === true;

/** A message in plain sentences, one a line, safe to print. `before` is the header that was shown last. */
export const describeMessage = (message: Message, before?: Header): string[] => {
  if (message.kind === 'header') return describeHeaderChanges(message, before).map((line) => sanitize(line));
  const body = describeMessageBody(message);
  const lines = (isCurrentStepHeading(message, before) ? body.slice(1) : body).map((line) => sanitize(line));
  return message.kind === 'manual-task' && message.url !== undefined
    ? [...lines, `The page: ${sanitizeUrl(message.url)}`]
    : lines;
};
