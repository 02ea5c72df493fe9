import type { Clock } from '../../lib/clock.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { runEverySecond } from './every-second.ts';
import { wrapWithHangingIndent } from './hanging-indent.ts';
import type { Theme } from './theme.ts';

/** Where work is shown. Where every row counts, no `trace` of it is left. */
export type SpinnerOptions = {
  write: (text: string) => void;
  columns: () => number;
  theme: Theme;
  clock: Clock;
  leavesTrace: boolean;
};

/** The columns beside the label: the sign, and up to four digits of seconds. */
const spinnerExtraColumns = 9;

const clearLineSequence = '\r\u001B[2K';

/** Shows one line with the seconds while `work` goes on, and what became of it afterwards. */
export const runWithSpinner = async <T>(
  label: string,
  { write, columns, theme, clock, leavesTrace }: SpinnerOptions,
  work: () => Promise<T>,
): Promise<T> => {
  const began = clock.now().getTime();
  const { signs } = theme;
  const stop = runEverySecond(() => {
    const seconds = Math.round((clock.now().getTime() - began) / 1000);
    const sign = theme.paint('accent', signs.spinner[seconds % signs.spinner.length] ?? '');
    write(
      `${clearLineSequence}${sign} ${truncateToWidth(sanitize(label), columns() - spinnerExtraColumns, signs.more)} ${theme.paint('dim', `${seconds} s`)}`,
    );
  });
  const ended = (sign: string) => {
    stop();
    write(
      leavesTrace
        ? `${clearLineSequence}${wrapWithHangingIndent(`${sign} ${sanitize(label)}`, columns())}\n`
        : clearLineSequence,
    );
  };
  try {
    const result = await work();
    ended(theme.paint('good', signs.done));
    return result;
  } catch (error) {
    ended(theme.paint('bad', signs.failed));
    throw error;
  }
};
