import type { Message, Header } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';
import { describeMessage, isCurrentStepHeading, sanitizeUrl } from '../shared/wording.ts';

const renderPromptSteps = (header: Header, theme: Theme): string[] => {
  const { signs } = theme;
  const index = header.entries.findIndex((entry) => entry.id === header.current);
  const entry = header.entries[index];
  if (!entry) return [];
  const place = `${index + 1} of ${header.entries.length}`;
  const cost = header.cost === undefined ? '' : ` ${signs.dot} ${sanitize(header.cost)}`;
  return [
    '',
    `${theme.paint('accent', signs.current)} ${theme.paint('strong', sanitize(entry.title))}  ${place}${cost}`,
  ];
};

const renderPromptHeader = (header: Header, before: Header | undefined, theme: Theme): string[] => {
  const formatAccount = (one: Header) =>
    [one.account, one.identity, one.practice ? 'practice' : undefined]
      .filter((part) => part !== undefined)
      .map((part) => sanitize(part))
      .join(` ${theme.signs.dot} `);
  const accountLines =
    before && formatAccount(before) === formatAccount(header)
      ? []
      : ['', theme.paint('strong', `AWS First Steps  ${formatAccount(header)}`)];
  const steps =
    before && before.current === header.current && header.current !== undefined
      ? []
      : renderPromptSteps(header, theme);
  return [...accountLines, ...steps];
};

/** A message as the lines that are printed for it: the sentences of {@link describeMessage} with signs and colours. */
export const renderPromptMessage = (message: Message, before: Header | undefined, theme: Theme): string[] => {
  const { signs } = theme;
  switch (message.kind) {
    case 'header':
      return renderPromptHeader(message, before, theme);
    case 'heading': {
      const [title = '', ...paragraphs] = describeMessage(message);
      return isCurrentStepHeading(message, before)
        ? paragraphs
        : ['', theme.paint('strong', title), ...paragraphs];
    }
    case 'finding': {
      const { sign, role } = getStatusSign(message.status, signs);
      const remedy = message.remedy === undefined ? [] : [`  ${sanitize(message.remedy)}`];
      return [`${theme.paint(role, sign)} ${sanitize(message.summary)}`, ...remedy];
    }
    case 'plan': {
      const [first = '', ...rest] = describeMessage(message);
      return ['', theme.paint('accent', first), ...rest.map((line) => `  ${line}`)];
    }
    case 'plan-progress': {
      const [line] = describeMessage(message);
      if (line === undefined) return [];
      const mark =
        message.state === 'failed' ? theme.paint('bad', signs.failed) : theme.paint('good', signs.done);
      return [`${mark} ${sanitize(message.why)}`];
    }
    case 'manual-task':
      return ['', ...describeMessage(message).map((line) => `  ${line}`)];
    case 'text':
      return describeMessage(message).map((line) =>
        theme.paint(
          ({ plain: 'plain', warning: 'warn', success: 'good' } as const)[message.tone ?? 'plain'],
          line,
        ),
      );
    case 'summary':
      return [
        '',
        `${theme.paint('strong', sanitize(message.title))}  ${sanitize(message.subtitle)}`,
        '',
        ...message.entries.map((entry) => {
          const { sign, role } = getStatusSign(entry.status, signs);
          return `${theme.paint(role, sign)} ${sanitize(entry.title)}: ${sanitize(entry.summary) || statusLabels[entry.status].word}`;
        }),
        ...(message.left.length > 0 ? ['', theme.paint('strong', 'Left to do')] : []),
        ...message.left.map((line, index) => `${index + 1}. ${sanitize(line)}`),
        '',
        ...message.facts.map(({ label, text, command = '' }) =>
          [
            theme.paint('strong', sanitize(label)),
            '',
            sanitizeUrl([text, command].filter(Boolean).join(' ')),
          ].join(' '),
        ),
      ];
  }
};
