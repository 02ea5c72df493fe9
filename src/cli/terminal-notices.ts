import type { AnyStep } from '../core/step.ts';
import { createTheme } from '../ui/shared/theme.ts';
import type { CliOptions } from './command-line.ts';
import type { ProcessIo } from './io.ts';
import { createResumeCommands } from './resume-command.ts';

/** The page with a QR code has this many rows. */
const minQrRows = 24;

/**
 * What the owner can do about this terminal before a QR code has to be drawn in it. The step that makes an administrator
 * draws one.
 */
export const listTerminalNotices = (
  steps: readonly AnyStep[],
  options: CliOptions,
  { stdin, stdout, env }: ProcessIo,
): readonly string[] => {
  const isAttended = stdin.isTTY && stdout.isTTY && options.answers === undefined;
  if (!isAttended || !steps.some((step) => 'makesAdministrator' in step)) return [];
  if (!createTheme(env, 1).canDrawBlocks)
    return [
      `This terminal cannot draw a QR code. To see one, start again with: LC_ALL=C.UTF-8 ${createResumeCommands(options).resumeSetup}`,
    ];
  return stdout.rows < minQrRows ? [`Make this window ${minQrRows} rows high: a QR code will be drawn.`] : [];
};
