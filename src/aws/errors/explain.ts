import { aboutFiles } from './files.ts';
import { Problem } from '../../lib/user-error.ts';
import { aboutCredentials } from './credentials.ts';
import { aboutTheNetwork } from './network.ts';
import { aboutRefusals } from './refused.ts';
import { troubleOf } from './aws-error.ts';

/**
 * What an error of AWS, the SDK, the network or the disk means for the owner and what can be done about it; nothing for an
 * error that is none of these and therefore our own bug. `during` names what was being done: `iam:CreateUser`.
 */
export const explain = (error: unknown, during?: string): Problem | undefined => {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return undefined;
  const trouble = troubleOf(error, during);
  return aboutCredentials(trouble) ?? aboutTheNetwork(trouble) ?? aboutRefusals(trouble) ?? aboutFiles(error);
};

/** Whether an error means that no other call can work either, because AWS no longer accepts the credentials. */
export const endsTheSession = (error: unknown): boolean =>
  error instanceof Error && aboutCredentials(troubleOf(error, undefined)) !== undefined;
