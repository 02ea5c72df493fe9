import type { StepHelp } from '../../core/step.ts';
import { explainWords } from '../shared/words.ts';

/** What the owner reads who asks for help with the access keys of root. */
export const rootAccessKeysHelp: StepHelp = {
  words: explainWords('root user', 'access key', 'MFA', 'IAM user'),
  ifSkipped:
    'Anyone who finds the key, in code or in a backup, can do everything in the account and run up a bill. MFA does not stop them.',
  undo: 'A deleted key cannot be brought back. If a program still needs access, create an IAM user for it, with an access key and only the permissions that it needs.',
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html',
};
