import type { StepHelp } from '../../core/step.ts';
import { explainWords } from '../shared/words.ts';

/** What the owner reads who asks for help with the daily administrator. */
export const adminUserHelp: StepHelp = {
  words: explainWords('root user', 'IAM user', 'group', 'policy', 'MFA', 'authenticator app', 'alias'),
  ifSkipped:
    'You keep working as root. If its password is stolen, nobody in the account can lock the thief out.',
  undo: 'Delete the user in the IAM console under "Users", then the group "Administrators" under "User groups" if this program created it. Make sure first that you can still sign in as root. For another user, turn access keys on again or set a new password there, under "Security credentials". Put a user who left a group back under "User groups".',
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
};
