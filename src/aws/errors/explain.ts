import { explainConfigurationError } from './configuration.ts';
import { explainFileError } from './files.ts';
import { UserError } from '../../lib/user-error.ts';
import { SignInError } from '../start/sign-in.ts';
import { explainCredentialsError } from './credentials.ts';
import { explainNetworkError } from './network.ts';
import { explainRefusal } from './refused.ts';
import { toAwsError } from './aws-error.ts';

/**
 * Explains an error of AWS, the SDK, the network or the disk, and what the owner can do about it. Returns undefined for
 * any other error: that is a bug in this program. `during` names the operation that failed: `iam:CreateUser`.
 */
export const explainError = (error: unknown, during?: string): UserError | undefined => {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error)) return undefined;
  const trouble = toAwsError(error, during);
  return (
    explainCredentialsError(trouble) ??
    explainNetworkError(trouble) ??
    explainRefusal(trouble) ??
    explainFileError(error) ??
    explainConfigurationError(error)
  );
};

/** Whether AWS no longer accepts the credentials, so that no other call can succeed either. */
export const endsSession = (error: unknown): boolean =>
  error instanceof SignInError ||
  (error instanceof Error && explainCredentialsError(toAwsError(error, undefined)) !== undefined);

/** Whether a check can continue without the answer: the cause is known, and other calls can still succeed. */
export const isTolerable = (error: unknown): boolean =>
  explainError(error) !== undefined && !endsSession(error);
