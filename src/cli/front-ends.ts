import type { AnswersFile } from '../core/answers-file.ts';
import type { CliOptions } from './command-line.ts';
import type { ProcessIo } from './io.ts';
import type { PracticeSession } from './practice-session.ts';
import { withPracticeDesk } from '../ui/practice/with-practice-desk.ts';
import { chooseUi, type UiName } from '../ui/shared/choose.ts';
import type { FrontEnd } from '../ui/shared/front-end.ts';
import { withBrowser } from '../ui/shared/with-browser.ts';

const frontEndOpeners: Readonly<
  Record<UiName, (io: ProcessIo, options: Pick<CliOptions, 'practice' | 'bell'>) => Promise<FrontEnd>>
> = {
  ink: async ({ stdin, stdout, env }, { practice, bell = false }) =>
    (await import('../ui/ink/ink.ts')).createInkFrontEnd({ stdin, stdout, env, practice, bell }),
  prompts: async ({ stdin, stdout, env }, { bell = false }) =>
    (await import('../ui/prompts/prompts.ts')).createPromptsFrontEnd({ stdin, stdout, env, bell }),
  lines: async ({ stdin, stdout, env }, { bell = false }) =>
    (await import('../ui/lines/lines.ts')).createLinesFrontEnd({ stdin, stdout, env, bell }),
};

/** The front end for answers given in advance: the summary goes to standard output, the rest to standard error. */
const openScriptedFrontEnd = async (
  answers: AnswersFile | 'defaults',
  { stdout, stderr }: ProcessIo,
  practiceSession: PracticeSession | undefined,
) => {
  const { createScriptedFrontEnd } = await import('../ui/scripted/scripted.ts');
  return createScriptedFrontEnd({
    answers,
    desk: practiceSession?.desk,
    log: (line) => stderr.write(`${line}\n`),
    writeSummary: (line) => stdout.write(`${line}\n`),
  });
};

/** Opens the front end for a setup, and loads no other. */
export const openFrontEnd = async (
  options: CliOptions,
  io: ProcessIo,
  answers: AnswersFile | 'defaults' | undefined,
  practiceSession: PracticeSession | undefined,
): Promise<FrontEnd> => {
  if (answers !== undefined) return openScriptedFrontEnd(answers, io, practiceSession);
  const ui = chooseUi(options.ui, io.env, io.stdin, io.stdout);
  const frontEnd = await frontEndOpeners[ui](io, options);
  return practiceSession ? withPracticeDesk(frontEnd, practiceSession.desk) : withBrowser(frontEnd);
};
