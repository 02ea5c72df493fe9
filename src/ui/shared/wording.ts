import type { Message, Header } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { sanitize } from '../../lib/sanitize.ts';

/** Addresses lead nowhere when they are cut, so they may be longer than other text. */
export const sanitizeUrl = (url: string): string => sanitize(url, 2000);

/** A secret as people type it. */
export const groupInFours = (secret: string): string => secret.match(/.{1,4}/gu)?.join(' ') ?? '';

const numberSentences = (lines: readonly string[]) => lines.map((line, index) => `${index + 1}. ${line}`);

const describeHeaderAccount = (place: Header) => {
  const whose = [place.account, place.identity].filter((one) => one !== undefined).join(', ');
  return `Account: ${whose || 'not known yet'}${place.practice ? ' (practice: nothing here touches AWS)' : ''}.`;
};

const describeCurrentStep = (place: Header): string[] => {
  const index = place.entries.findIndex((entry) => entry.id === place.current);
  const entry = place.entries[index];
  return entry ? [`Step ${index + 1} of ${place.entries.length}: ${entry.title}.`] : [];
};

const describeCheckedSteps = (place: Header) =>
  numberSentences(
    place.entries
      .filter(({ status }) => status !== 'unseen')
      .map((entry) => `${entry.title}: ${statusLabels[entry.status].word}`),
  );

/**
 * Only what is new about a place: a reader of lines, or a listener, does not want all of it at every step. The whole
 * list is said when no step is at hand.
 */
const describeHeaderChanges = (place: Header, before: Header | undefined): string[] => {
  const whose = describeHeaderAccount(place);
  const said: string[] = before && describeHeaderAccount(before) === whose ? [] : [whose];
  if (place.current !== undefined)
    return place.current === before?.current ? said : [...said, ...describeCurrentStep(place)];
  const steps = describeCheckedSteps(place);
  const known =
    before?.current === undefined &&
    before !== undefined &&
    describeCheckedSteps(before).join('\n') === steps.join('\n');
  return known ? said : [...said, ...steps];
};

const describeMessageBody = (note: Exclude<Message, Header>): string[] => {
  switch (note.kind) {
    case 'heading':
      return [note.title, ...note.paragraphs];
    case 'finding':
      return [
        `Now (${statusLabels[note.status].word}): ${note.summary}`,
        ...(note.remedy === undefined ? [] : [`What helps: ${note.remedy}`]),
      ];
    case 'plan':
      return [
        `This will happen (cost: ${note.cost}):`,
        ...numberSentences(
          note.lines.map(({ why, operations }) => `${why} (${operations.join(', ') || 'no call'})`),
        ),
      ];
    case 'manual-task':
      return numberSentences(note.instructions);
    case 'text':
      return [note.tone === 'warning' ? `Warning: ${note.text}` : note.text];
    case 'summary':
      return [
        note.title,
        ...note.entries.map(
          ({ title, status, summary }) =>
            `${title}: ${[statusLabels[status].word, summary].filter(Boolean).join(', ')}`,
        ),
        ...note.paragraphs,
      ];
  }
};

/** A note in plain sentences, one a line, safe to print. `before` is the place that was told last. */
export const describeMessage = (note: Message, before?: Header): string[] => {
  if (note.kind === 'header') return describeHeaderChanges(note, before).map((line) => sanitize(line));
  const lines = describeMessageBody(note).map((line) => sanitize(line));
  return note.kind === 'manual-task' && note.url !== undefined
    ? [...lines, `The page: ${sanitizeUrl(note.url)}`]
    : lines;
};
