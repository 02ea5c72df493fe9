import { statusLabels, type StepState } from '../../core/status.ts';

/**
 * What a piece of text is, from which follows how it looks. `practice` and `real` say whose account is at stake: the real
 * one is the louder.
 */
export type TextRole =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'accent'
  | 'good'
  | 'warn'
  | 'bad'
  | 'practice'
  | 'real'
  | 'code';

/** The signs that are drawn, and what stands in for them where only ASCII can be shown. */
export type Signs = Readonly<
  Record<
    | 'done'
    | 'failed'
    | 'current'
    | 'pointer'
    | 'ticked'
    | 'unticked'
    | 'rule'
    | 'dot'
    | 'more'
    | 'full'
    | 'empty'
    | 'arrows'
    | 'updown',
    string
  > & {
    spinner: readonly string[];
    /** Which of the signs in {@link statusLabels} to use. */
    statusSign: 'sign' | 'asciiSign';
  }
>;

/** How this terminal is drawn on. */
export type Theme = {
  signs: Signs;
  /** Whether half blocks can be drawn, without which there is no QR code. */
  canDrawBlocks: boolean;
  paint(role: TextRole, text: string): string;
};

const unicodeSigns: Signs = {
  done: '✔',
  current: '▸',
  pointer: '❯',
  ticked: '◼',
  unticked: '◻',
  failed: '✖',
  rule: '│',
  dot: '·',
  more: '…',
  full: '━',
  empty: '─',
  arrows: '←→',
  updown: '↑↓',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  statusSign: 'sign',
};

const asciiSigns: Signs = {
  done: '+',
  current: '>',
  pointer: '>',
  ticked: '[x]',
  unticked: '[ ]',
  failed: 'x',
  rule: '|',
  dot: '-',
  more: '...',
  full: '#',
  empty: '-',
  arrows: 'left/right',
  updown: 'up/down',
  spinner: ['|', '/', '-', '\\'],
  statusSign: 'asciiSign',
};

type RoleSgr = Readonly<Record<Exclude<TextRole, 'code'>, string>>;

/**
 * The sixteen colours are the palette's own, and in no palette of a light theme are all of them legible: xterm's yellow on
 * white has a contrast of 1.7. They are used only where the terminal has no others.
 */
const sixteenColourSgr: RoleSgr = {
  plain: '',
  strong: '1',
  dim: '2',
  accent: '36',
  good: '32',
  warn: '33',
  bad: '31',
  practice: '2',
  real: '1;7',
};

/**
 * Colours above 15 are the same in every palette. These are of middle lightness: on the dark and the light backgrounds
 * that are measured (test/ui/shared/theme.test.ts) each has a contrast of 3:1 or more.
 */
const fixedColourSgr: RoleSgr = {
  ...sixteenColourSgr,
  dim: '38;5;244',
  accent: '38;5;31',
  good: '38;5;28',
  warn: '38;5;166',
  bad: '38;5;196',
  practice: '38;5;244',
};

/** The colour depth, in bits, from which on a terminal has 256 colours. */
const fixedColourDepth = 8;

/** How each role is painted on a terminal of this colour depth. */
export const getRoleSgr = (colourDepth: number): RoleSgr =>
  colourDepth >= fixedColourDepth ? fixedColourSgr : sixteenColourSgr;

/** A terminal whose language setting names another character set cannot show Unicode signs. */
const isUtf8Locale = (env: NodeJS.ProcessEnv): boolean => {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8';
  return /utf-?8/iu.test(locale);
};

/** Works out how to draw from the environment and from what the terminal says about its colours. */
export const createTheme = (env: NodeJS.ProcessEnv, colourDepth: number): Theme => {
  const coloured = colourDepth > 1 && !env['NO_COLOR'];
  const utf8 = isUtf8Locale(env);
  const roleSgr = getRoleSgr(colourDepth);
  const codeColour = coloured && colourDepth >= 24 ? '38;2;0;0;0;48;2;255;255;255' : '30;107';
  return {
    signs: utf8 && env['TERM'] !== 'linux' ? unicodeSigns : asciiSigns,
    canDrawBlocks: utf8,
    paint: (role, text) => {
      // The QR code keeps its colour under NO_COLOR: drawn light on dark, many phones do not read it.
      const sgr = role === 'code' ? codeColour : coloured ? roleSgr[role] : '';
      return sgr === '' || text === '' ? text : `\u001B[${sgr}m${text}\u001B[0m`;
    },
  };
};

const statusRoles: Readonly<Record<StepState, TextRole>> = {
  met: 'good',
  attested: 'good',
  waiting: 'warn',
  unknown: 'warn',
  unmet: 'plain',
  unseen: 'dim',
  skipped: 'dim',
  'not-applicable': 'dim',
};

/** The sign of a step's state and the role it is painted in; the word is in {@link statusLabels}. */
export const getStatusSign = (state: StepState, signs: Signs): { sign: string; role: TextRole } => ({
  sign: statusLabels[state][signs.statusSign],
  role: statusRoles[state],
});
