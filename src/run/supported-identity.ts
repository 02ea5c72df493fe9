import type { Identity } from '../aws/identity.ts';
import { UserError } from '../lib/user-error.ts';

const nothingChangedNotice = 'Nothing was changed.';

const createUnsupportedPartitionError = ({ partition }: Identity): UserError =>
  // AWS China has no root user, GovCloud keeps its billing elsewhere: most steps would say something wrong there.
  new UserError(`This account is in the partition ${partition}, which this program does not support yet.`, [
    `It supports only standard AWS accounts (partition "aws"). ${nothingChangedNotice}`,
  ]);

const supportedSignInAdvice =
  'Sign in as root or as an IAM user ("aws login" or CloudShell), or with a role, and run this program again.';

const createFederatedUserError = ({ name }: Identity): UserError =>
  new UserError(
    `You are signed in as the temporary federated user ${name}. AWS does not let such a session call IAM, so this program cannot check anything.`,
    [supportedSignInAdvice, nothingChangedNotice],
  );

/** Why this program has nothing right to say to somebody who is signed in like this, or nothing if it has. */
export const findUnsupportedIdentity = (identity: Identity): UserError | undefined => {
  if (identity.partition !== 'aws') return createUnsupportedPartitionError(identity);
  return identity.kind === 'federated-user' ? createFederatedUserError(identity) : undefined;
};

/** AWS has just said who this is, so that credentials which IAM alone does not accept are a session without MFA. */
export const createNoIamSessionError = (): UserError =>
  new UserError('AWS knows who you are, but does not let this session call IAM.', [
    'Sessions from "aws sts get-session-token" may call IAM only if they were made with an MFA code.',
    supportedSignInAdvice,
    nothingChangedNotice,
  ]);
