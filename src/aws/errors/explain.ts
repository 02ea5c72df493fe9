import { explainFileError } from './files.ts';
import { UserError } from '../../lib/user-error.ts';
import { explainCredentialsError } from './credentials.ts';
import { explainNetworkError } from './network.ts';
import { explainRefusal } from './refused.ts';
import { toAwsError } from './aws-error.ts';

/**
 * What an error of AWS, the SDK, the network or the disk means for the owner and what can be done about it; nothing for an
 * error that is none of these and therefore our own bug. `during` names what was being done: `iam:CreateUser`.
 */
export const explainError = (error: unknown, during?: string): UserError | undefined => {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error)) return undefined;
  const trouble = toAwsError(error, during);
  return (
    explainCredentialsError(trouble) ??
    explainNetworkError(trouble) ??
    explainRefusal(trouble) ??
    explainFileError(error)
  );
};

/** Whether an error means that no other call can work either, because AWS no longer accepts the credentials. */
export const endsSession = (error: unknown): boolean =>
  error instanceof Error && explainCredentialsError(toAwsError(error, undefined)) !== undefined;

/** Whether a look can do without the answer that failed so: the reason is known, and other calls can still work. */
export const isTolerable = (error: unknown): boolean =>
  explainError(error) !== undefined && !endsSession(error);
