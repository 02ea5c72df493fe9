import type { Clock } from '../../lib/clock.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { fitted } from './columns.ts';
import { everySecond } from './every-second.ts';
import { folded } from './folded.ts';
import type { Theme } from './theme.ts';

/** Where work is shown. Where every row counts, no `trace` of it is left. */
export type Spinner = {
  write: (text: string) => void;
  columns: () => number;
  theme: Theme;
  clock: Clock;
  trace: boolean;
};

/** The columns beside the label: the sign, and up to four digits of seconds. */
const BESIDE = 9;

const AFRESH = '\r\u001B[2K';

/** Shows one line with the seconds while `work` goes on, and what became of it afterwards. */
export const spinning = async <T>(
  label: string,
  { write, columns, theme, clock, trace }: Spinner,
  work: () => Promise<T>,
): Promise<T> => {
  const began = clock.now().getTime();
  const { signs } = theme;
  const stop = everySecond(() => {
    const seconds = Math.round((clock.now().getTime() - began) / 1000);
    const sign = theme.paint('accent', signs.spinner[seconds % signs.spinner.length] ?? '');
    write(
      `${AFRESH}${sign} ${fitted(sanitize(label), columns() - BESIDE, signs.more)} ${theme.paint('dim', `${seconds} s`)}`,
    );
  });
  const ended = (sign: string) => {
    stop();
    write(trace ? `${AFRESH}${folded(`${sign} ${sanitize(label)}`, columns())}\n` : AFRESH);
  };
  try {
    const result = await work();
    ended(theme.paint('good', signs.met));
    return result;
  } catch (error) {
    ended(theme.paint('bad', signs.failed));
    throw error;
  }
};
