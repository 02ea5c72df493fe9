import type { Message, Header } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { wordOf } from './theme.ts';

/** Addresses lead nowhere when they are cut, so they may be longer than other text. */
export const cleanUrl = (url: string): string => sanitize(url, 2000);

const numbered = (lines: readonly string[]) => lines.map((line, index) => `${index + 1}. ${line}`);

const account = (place: Header) => {
  const whose = [place.account, place.identity].filter((one) => one !== undefined).join(', ');
  return `Account: ${whose || 'not known yet'}${place.practice ? ' (practice: nothing here touches AWS)' : ''}.`;
};

const step = (place: Header): string[] => {
  const index = place.entries.findIndex((entry) => entry.id === place.current);
  const entry = place.entries[index];
  return entry ? [`Step ${index + 1} of ${place.entries.length}: ${entry.title}.`] : [];
};

const list = (place: Header) =>
  numbered(
    place.entries
      .filter(({ status }) => status !== 'unseen')
      .map((entry) => `${entry.title}: ${wordOf(entry.status)}`),
  );

/**
 * Only what is new about a place: a reader of lines, or a listener, does not want all of it at every step. The whole
 * list is said when no step is at hand.
 */
const placeSentences = (place: Header, before: Header | undefined): string[] => {
  const whose = account(place);
  const said: string[] = before && account(before) === whose ? [] : [whose];
  if (place.current !== undefined)
    return place.current === before?.current ? said : [...said, ...step(place)];
  const steps = list(place);
  const known =
    before?.current === undefined && before !== undefined && list(before).join('\n') === steps.join('\n');
  return known ? said : [...said, ...steps];
};

const said = (note: Exclude<Message, Header>): string[] => {
  switch (note.kind) {
    case 'heading':
      return [note.title, ...note.paragraphs];
    case 'finding':
      return [
        `Now (${wordOf(note.status)}): ${note.summary}`,
        ...(note.remedy === undefined ? [] : [`What helps: ${note.remedy}`]),
      ];
    case 'plan':
      return [
        `This will happen (cost: ${note.cost}):`,
        ...numbered(
          note.lines.map(({ why, operations }) => `${why} (${operations.join(', ') || 'no call'})`),
        ),
      ];
    case 'manual-task':
      return numbered(note.instructions);
    case 'text':
      return [note.tone === 'warning' ? `Warning: ${note.text}` : note.text];
    case 'summary':
      return [
        note.title,
        ...note.entries.map(
          ({ title, status, summary }) => `${title}: ${[wordOf(status), summary].filter(Boolean).join(', ')}`,
        ),
        ...note.paragraphs,
      ];
  }
};

/** A note in plain sentences, one a line, safe to print. `before` is the place that was told last. */
export const sentencesOf = (note: Message, before?: Header): string[] => {
  if (note.kind === 'header') return placeSentences(note, before).map((line) => sanitize(line));
  const lines = said(note).map((line) => sanitize(line));
  return note.kind === 'manual-task' && note.url !== undefined
    ? [...lines, `The page: ${cleanUrl(note.url)}`]
    : lines;
};
