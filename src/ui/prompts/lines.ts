import type { Message, Header } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';
import { describeMessage } from '../shared/wording.ts';

const renderPromptSteps = (place: Header, theme: Theme): string[] => {
  const { signs } = theme;
  const index = place.entries.findIndex((entry) => entry.id === place.current);
  const entry = place.entries[index];
  if (!entry) {
    const seen = place.entries.filter(({ status }) => status !== 'unseen');
    return seen.map(({ title, status }) => {
      const { sign, role } = getStatusSign(status, signs);
      return `${theme.paint(role, sign)} ${sanitize(title)}  ${theme.paint('dim', statusLabels[status].word)}`.trimEnd();
    });
  }
  return [
    '',
    `${theme.paint('accent', signs.current)} ${theme.paint('strong', sanitize(entry.title))}  ${theme.paint('dim', `${index + 1} of ${place.entries.length}`)}`,
  ];
};

const renderPromptHeader = (place: Header, before: Header | undefined, theme: Theme): string[] => {
  const whose = (one: Header) =>
    [one.account, one.identity, one.practice ? 'practice' : undefined]
      .filter((part) => part !== undefined)
      .map((part) => sanitize(part))
      .join(` ${theme.signs.dot} `);
  const header =
    before && whose(before) === whose(place)
      ? []
      : ['', theme.paint('strong', `AWS First Steps  ${whose(place)}`)];
  const steps =
    before && before.current === place.current && place.current !== undefined
      ? []
      : renderPromptSteps(place, theme);
  return [...header, ...steps];
};

/** A note as the lines that are printed for it: the sentences of {@link describeMessage} with signs and colours. */
export const renderPromptMessage = (note: Message, before: Header | undefined, theme: Theme): string[] => {
  const { signs } = theme;
  switch (note.kind) {
    case 'header':
      return renderPromptHeader(note, before, theme);
    case 'heading': {
      const [title = '', ...paragraphs] = describeMessage(note);
      return ['', theme.paint('strong', title), ...paragraphs];
    }
    case 'finding': {
      const { sign, role } = getStatusSign(note.status, signs);
      const remedy = note.remedy === undefined ? [] : [`  ${theme.paint('dim', sanitize(note.remedy))}`];
      return [
        `${theme.paint(role, `${sign} ${statusLabels[note.status].word}`)}  ${sanitize(note.summary)}`,
        ...remedy,
      ];
    }
    case 'plan': {
      const [first = '', ...rest] = describeMessage(note);
      return ['', theme.paint('accent', first), ...rest.map((line) => `  ${line}`)];
    }
    case 'manual-task':
      return ['', ...describeMessage(note).map((line) => `  ${line}`)];
    case 'text':
      return describeMessage(note).map((line) =>
        theme.paint(
          ({ plain: 'plain', warning: 'warn', success: 'good' } as const)[note.tone ?? 'plain'],
          line,
        ),
      );
    case 'summary':
      return [
        '',
        theme.paint('strong', sanitize(note.title)),
        ...note.entries.map((entry) => {
          const { sign, role } = getStatusSign(entry.status, signs);
          return `${theme.paint(role, sign)} ${sanitize(entry.title)}: ${sanitize(entry.summary) || statusLabels[entry.status].word}`;
        }),
        '',
        ...note.paragraphs.map((line) => sanitize(line)),
      ];
  }
};
