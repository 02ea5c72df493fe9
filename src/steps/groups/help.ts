import type { StepHelp } from '../../core/step.ts';
import { explainWords } from '../shared/words.ts';

/** What the owner reads who asks for help with groups. */
export const groupsHelp: StepHelp = {
  words: explainWords('IAM user', 'group', 'policy', 'MFA'),
  ifSkipped:
    'People get more permissions than they need, and keep them. One stolen password can then do more harm.',
  undo: 'Delete a group in the IAM console under "User groups": its members lose what it allows. If a user had these permissions before, attach them to the user again first. To say that others work here after all, run: npx aws-first-steps --only groups',
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html',
};
