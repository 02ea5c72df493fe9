import { describe, expect, it } from 'vitest';
import { createTheme, getRoleSgr, type TextRole } from '../../../src/ui/shared/theme.ts';

type Rgb = readonly [number, number, number];

/** A palette as its makers publish it: the default colours and the first eight (black to white, then from bright black). */
type Palette = { background: string; foreground: string; colours: readonly string[] };

/**
 * VS Code: src/vs/workbench/contrib/terminal/common/terminalColorRegistry.ts, backgrounds of the themes Dark+ and Light+.
 * Solarized: https://ethanschoonover.com/solarized (usage and values). GNOME and XTerm: terminal_palettes and
 * color_schemes in gnome-terminal's profile-editor.cc; xterm itself writes black on white by default.
 */
const palettes: Readonly<Record<string, Palette>> = {
  'VS Code dark': {
    background: '#1e1e1e',
    foreground: '#cccccc',
    colours: ['#000000', '#cd3131', '#0dbc79', '#e5e510', '#2472c8', '#bc3fbc', '#11a8cd', '#e5e5e5'],
  },
  'VS Code light': {
    background: '#ffffff',
    foreground: '#333333',
    colours: ['#000000', '#cd3131', '#00bc00', '#949800', '#0451a5', '#bc05bc', '#0598bc', '#555555'],
  },
  'Solarized light': {
    background: '#fdf6e3',
    foreground: '#657b83',
    colours: ['#073642', '#dc322f', '#859900', '#b58900', '#268bd2', '#d33682', '#2aa198', '#eee8d5'],
  },
  'GNOME dark': {
    background: '#171421',
    foreground: '#d0cfcc',
    colours: ['#171421', '#c01c28', '#26a269', '#a2734c', '#12488b', '#a347ba', '#2aa1b3', '#d0cfcc'],
  },
  XTerm: {
    background: '#ffffff',
    foreground: '#000000',
    colours: ['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  },
};

const parseHex = (text: string): Rgb => {
  const channel = (at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
};

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const getLuminance = (rgb: Rgb): number => {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = rgb;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

const getContrast = (one: Rgb, other: Rgb): number => {
  const [first, second] = [getLuminance(one), getLuminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
};

/** The 6x6x6 cube and the greys of xterm's 256 colours, which palettes leave alone (256colres.pl of xterm). */
const getFixedColour = (index: number): Rgb => {
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232);
    return [grey, grey, grey];
  }
  const level = (digit: number) => (digit === 0 ? 0 : 55 + 40 * digit);
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
};

const mixHalf = (one: Rgb, other: Rgb): Rgb => [
  (one[0] + other[0]) / 2,
  (one[1] + other[1]) / 2,
  (one[2] + other[2]) / 2,
];

/** The contrast of text painted so. Terminals draw "dim" in ways of their own; here it is half text, half background. */
const measure = (sgr: string, { background, foreground, colours }: Palette): number => {
  const ground = parseHex(background);
  const text = parseHex(foreground);
  const fixed = /^38;5;(\d+)$/.exec(sgr)?.[1];
  if (fixed !== undefined) return getContrast(getFixedColour(Number(fixed)), ground);
  const named = /^3([0-7])$/.exec(sgr)?.[1];
  if (named !== undefined) return getContrast(parseHex(colours[Number(named)] ?? ''), ground);
  if (sgr === '2') return getContrast(mixHalf(text, ground), ground);
  // Bold and reversed text have the colours of plain text.
  expect(['', '1', '1;7']).toContain(sgr);
  return getContrast(text, ground);
};

const roles = ['plain', 'strong', 'dim', 'accent', 'good', 'warn', 'bad', 'practice', 'real'] as const;

const findFaintRoles = (colourDepth: number, palette: Palette): string[] =>
  roles.filter((role) => measure(getRoleSgr(colourDepth)[role], palette) < 3);

describe('the contrast of text', () => {
  it.each(Object.entries(palettes))('is 3:1 or more for every role with 256 colours: %s', (_, palette) => {
    expect(findFaintRoles(8, palette)).toEqual([]);
    expect(findFaintRoles(24, palette)).toEqual([]);
  });

  it('is less with sixteen colours, where the palette decides, for these roles alone', () => {
    const faint = Object.entries(palettes).map(([name, palette]) => [name, findFaintRoles(4, palette)]);
    expect(Object.fromEntries(faint)).toEqual({
      'VS Code dark': [],
      'VS Code light': ['dim', 'good', 'practice'],
      'Solarized light': ['dim', 'accent', 'good', 'warn', 'practice'],
      'GNOME dark': ['bad'],
      XTerm: ['accent', 'good', 'warn'],
    });
  });
});

describe('the mark of a real account', () => {
  it('is louder than that of the practice account', () => {
    const theme = createTheme({}, 8);
    expect(theme.paint('real', 'real account')).toBe('\u001B[1;7mreal account\u001B[0m');
    expect(theme.paint('practice', 'practice')).toBe(theme.paint('dim', 'practice'));
  });

  it('is left plain under NO_COLOR', () => {
    const plain = createTheme({ NO_COLOR: '1' }, 24);
    const painted: readonly TextRole[] = ['real', 'practice', 'dim'];
    expect(painted.map((role) => plain.paint(role, 'x'))).toEqual(['x', 'x', 'x']);
  });
});
