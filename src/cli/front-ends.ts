import type { AnswersFile } from '../core/answers-file.ts';
import type { Request } from './command-line.ts';
import type { Io } from './program.ts';
import type { Rehearsal } from './practice-session.ts';
import { atTheDesk } from '../ui/practice/at-the-desk.ts';
import { chooseUi, type UiName } from '../ui/shared/choose.ts';
import type { FrontEnd } from '../ui/shared/front-end.ts';
import { withBrowser } from '../ui/shared/with-browser.ts';

const opened: Readonly<Record<UiName, (io: Io, practice: boolean) => Promise<FrontEnd>>> = {
  ink: async ({ stdin, stdout, env }, practice) =>
    (await import('../ui/ink/stage.ts')).inkDialogue({ stdin, stdout, env, practice }),
  prompts: async ({ stdin, stdout, env }) =>
    (await import('../ui/prompts/prompts.ts')).promptsDialogue({ stdin, stdout, env }),
  lines: async ({ stdin, stdout, env }) =>
    (await import('../ui/lines/lines.ts')).linesDialogue({ stdin, stdout, env }),
};

/** The front end for answers given in advance: the closing page goes to standard output, the rest to standard error. */
const scripted = async (
  answers: AnswersFile | 'defaults',
  { stdout, stderr }: Io,
  rehearsal: Rehearsal | undefined,
) => {
  const { scriptedDialogue } = await import('../ui/scripted/scripted.ts');
  return scriptedDialogue({
    answers,
    desk: rehearsal?.desk,
    log: (line) => stderr.write(`${line}\n`),
    result: (line) => stdout.write(`${line}\n`),
  });
};

/** Opens the front end for a setup. Only the one that is used is loaded. */
export const openFrontEnd = async (
  request: Request,
  io: Io,
  answers: AnswersFile | 'defaults' | undefined,
  rehearsal: Rehearsal | undefined,
): Promise<FrontEnd> => {
  if (answers !== undefined) return scripted(answers, io, rehearsal);
  const ui = chooseUi(request.ui, io.env, io.stdin, io.stdout);
  const frontEnd = await opened[ui](io, request.practice);
  return rehearsal ? atTheDesk(frontEnd, rehearsal.desk) : withBrowser(frontEnd);
};
