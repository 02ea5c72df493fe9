import { CreateLoginProfileCommand } from '@aws-sdk/client-iam';
import type { Action, ActionContext } from '../../core/action.ts';
import { BackError } from '../../core/dialogue.ts';
import { showWarning } from '../../core/messages.ts';
import { retryUntilConsistent } from '../../aws/consistency.ts';
import { getAttempts, isAlreadyThere } from '../../aws/errors/codes.ts';
import { UserError } from '../../lib/user-error.ts';
import type { ConfirmQuestion } from '../../core/question.ts';
import { generatePassword } from './password.ts';

type PasswordGrant = { user: string; url: string; minLength: number };

const passwordStoredQuestion: ConfirmQuestion = {
  kind: 'confirm',
  message: 'Have you stored the password?',
  help: 'It is not shown again.',
  default: false,
};

const createOtherPasswordError = (user: string): UserError =>
  new UserError(`${user} has another password already, so the one that you have just stored opens nothing.`, [
    'Delete it from your password manager.',
    `If you do not know the other one, set a new one in the IAM console: Users, ${user}, Security credentials.`,
  ]);

const createNoPasswordError = (user: string): UserError =>
  new UserError(`${user} has no password yet, so nobody can sign in as ${user}.`, [
    'Take this step again to get one: a new password is shown then.',
  ]);

/** Whoever goes back leaves a user who cannot sign in: that is said, and how to come back. */
const askUntilStored = async ({ dialogue }: ActionContext, user: string): Promise<void> => {
  try {
    while (!(await dialogue.ask(passwordStoredQuestion, 'stored')))
      showWarning(dialogue, 'AWS gets the password only when you say yes. Store it first.');
  } catch (error) {
    throw error instanceof BackError ? createNoPasswordError(user) : error;
  }
};

const showAndSetPassword = async (
  context: ActionContext,
  { user, url, minLength }: PasswordGrant,
): Promise<void> => {
  const { aws, dialogue, clock } = context;
  const password = generatePassword(minLength);
  const message = {
    kind: 'password' as const,
    title: `The console password of ${user}`,
    userName: user,
    url,
    password,
    instructions: [
      'Store all three in your password manager now.',
      'AWS gets the password when you say yes.',
    ],
  };
  // Show the password before setting it. If the run is interrupted in between, there is no password that nobody knows.
  await dialogue.showSecretWhile(message, () => askUntilStored(context, user));
  const create = new CreateLoginProfileCommand({
    UserName: user,
    Password: password,
    PasswordResetRequired: false,
  });
  await dialogue
    .runWithProgress(`Giving ${user} the password`, () =>
      retryUntilConsistent(clock, () => aws.iam.send(create)),
    )
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
      // Only a retried call can find its own result. A password that someone else set is not the one shown.
      if (getAttempts(error) === 1) throw createOtherPasswordError(user);
    });
};

/** An action that gives a user a console password. It always comes last for a user, after the second factor. */
export const givePassword = (grant: PasswordGrant): Action => ({
  why: `give ${grant.user} a password, shown once`,
  calls: [
    { operation: 'iam:CreateLoginProfile', input: { UserName: grant.user, PasswordResetRequired: false } },
  ],
  usesDialogue: true,
  requiresPerson: true,
  perform: (context) => showAndSetPassword(context, grant),
});
