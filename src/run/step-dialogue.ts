import type { Dialogue } from '../core/dialogue.ts';
import { kebabCase } from '../core/question-names.ts';

const checked = (name: string): string => {
  if (!kebabCase.test(name))
    throw new Error(`a step asked a question called "${name}", which is not kebab-case`);
  return name;
};

/** The dialogue for the questions of a step and of its actions: they cannot use the names of the program's own. */
export const stepDialogue = (dialogue: Dialogue): Dialogue => ({
  interactive: dialogue.interactive,
  show: (note) => dialogue.show(note),
  ask: async (question, name) => dialogue.ask(question, checked(name)),
  askUntil: async (question, name, event) => dialogue.askUntil(question, checked(name), event),
  runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
  showSecretWhile: (note, work) => dialogue.showSecretWhile(note, work),
});
