import type { Clock } from '../../lib/clock.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { runEverySecond } from './every-second.ts';
import { wrapWithHangingIndent } from './hanging-indent.ts';
import type { Theme } from './theme.ts';

/** Where work is shown. `leavesTrace` says whether a line stays when it is done; below a QR code there is no room. */
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

/** Shows one line with the elapsed seconds while `work` runs, and its outcome afterwards. */
export const runWithSpinner = async <T>(
  label: string,
  { write, columns, theme, clock, leavesTrace }: SpinnerOptions,
  work: () => Promise<T>,
): Promise<T> => {
  const startedAt = clock.now().getTime();
  const { signs } = theme;
  const stop = runEverySecond(() => {
    const seconds = Math.round((clock.now().getTime() - startedAt) / 1000);
    const sign = theme.paint('accent', signs.spinner[seconds % signs.spinner.length] ?? '');
    write(
      `${clearLineSequence}${sign} ${truncateToWidth(sanitize(label), columns() - spinnerExtraColumns, signs.more)} ${theme.paint('dim', `${seconds} s`)}`,
    );
  });
  const end = (sign: string) => {
    stop();
    write(
      leavesTrace
        ? `${clearLineSequence}${wrapWithHangingIndent(`${sign} ${sanitize(label)}`, columns())}\n`
        : clearLineSequence,
    );
  };
  try {
    const result = await work();
    end(theme.paint('good', signs.done));
    return result;
  } catch (error) {
    end(theme.paint('bad', signs.failed));
    throw error;
  }
};
