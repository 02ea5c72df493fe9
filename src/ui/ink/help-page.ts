import stringWidth from 'string-width';
import type { HelpPage } from '../../core/dialogue.ts';
import { padText } from '../../lib/text.ts';
import {
  blankLine,
  createLinkedSpans,
  createSpan,
  renderParagraph,
  wrapLine,
  type RowRoom,
  type ScreenLine,
} from './line.ts';
import type { MiddleView } from './middle-lines.ts';
import type { Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { createScrollWindow } from './window.ts';

/** A longer word has a row to itself. */
const maxWordColumns = 20;

const renderWords = ({ words }: HelpPage, { width, whole }: RowRoom): ScreenLine[] => {
  const column = Math.max(
    0,
    ...words.map(({ word }) => stringWidth(word)).filter((one) => one <= maxWordColumns),
  );
  return words.flatMap(({ word, meaning }) => {
    const label = createSpan(`${padText(word, column)}  `, 'strong');
    return wrapLine([label, ...createLinkedSpans(meaning)], width, column + 2, whole);
  });
};

const renderHelp = (help: HelpPage, room: RowRoom): ScreenLine[] => [
  ...renderParagraph(help.title, room.width, 'strong'),
  blankLine,
  ...help.paragraphs.flatMap((text) => renderParagraph(text, room.width, 'plain', room.whole)),
  ...(help.words.length > 0 ? [blankLine, ...renderWords(help, room)] : []),
  ...(help.url === undefined
    ? []
    : [blankLine, ...renderParagraph(`AWS's own page: ${help.url}`, room.width, 'plain', room.whole)]),
];

/** The help, in the place of everything else; nothing while it is closed. */
export const renderHelpPage = (
  { header, helpScroll }: Scene,
  size: RowRoom & { height: number },
  theme: Theme,
): MiddleView | undefined => {
  if (helpScroll === undefined || header?.help === undefined) return undefined;
  const marks = { more: theme.signs.more, up: 'PgUp', down: 'PgDn or Enter' };
  return createScrollWindow(renderHelp(header.help, size), size.height, { from: helpScroll }, marks);
};
