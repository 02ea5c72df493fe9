import type { UserError } from '../lib/user-error.ts';
import type { Dialogue } from './dialogue.ts';

/** Shows one sentence that the owner should not miss. */
export const showWarning = (dialogue: Dialogue, text: string): void =>
  dialogue.show({ kind: 'text', tone: 'warning', text });

/** Shows what is in the way, and what can be done about it. */
export const showUserError = (error: UserError, dialogue: Dialogue): void => {
  showWarning(dialogue, error.message);
  for (const text of error.nextSteps) dialogue.show({ kind: 'text', text });
};
