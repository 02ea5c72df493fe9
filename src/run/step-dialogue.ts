import type { Dialogue } from '../core/dialogue.ts';
import { kebabCase } from '../core/question-names.ts';

const checked = (name: string): string => {
  if (!kebabCase.test(name))
    throw new Error(`a step asked a question called "${name}", which is not kebab-case`);
  return name;
};

/** The dialogue for the questions of a step and of its actions: they cannot use the names of the program's own. */
export const stepDialogue = (dialogue: Dialogue): Dialogue => ({
  attended: dialogue.attended,
  tell: (note) => dialogue.tell(note),
  ask: async (question, name) => dialogue.ask(question, checked(name)),
  askUntil: async (question, name, event) => dialogue.askUntil(question, checked(name), event),
  during: (label, work, trace) => dialogue.during(label, work, trace),
  showing: (note, work) => dialogue.showing(note, work),
});
