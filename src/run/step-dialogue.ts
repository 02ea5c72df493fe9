import type { Dialogue } from '../core/dialogue.ts';
import { kebabCase } from '../core/question-names.ts';

const checkName = (name: string): string => {
  if (!kebabCase.test(name))
    throw new Error(`a step asked a question called "${name}", which is not kebab-case`);
  return name;
};

/** The dialogue for the questions of a step and of its actions: they cannot use the names of the program's own. */
export const stepDialogue = (dialogue: Dialogue): Dialogue => ({
  interactive: dialogue.interactive,
  ...(dialogue.rehearses && { rehearses: true }),
  show: (message) => dialogue.show(message),
  ask: async (question, name) => dialogue.ask(question, checkName(name)),
  askUntil: async (question, name, event) => dialogue.askUntil(question, checkName(name), event),
  runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
  showSecretWhile: (message, work) => dialogue.showSecretWhile(message, work),
});
