import { identityOf } from '../caller.ts';
import type { Operations, Visit } from '../operation.ts';

/** The operations of STS. */
export const stsOperations = {
  GetCallerIdentity: ({ world }: Visit) => identityOf(world),
} satisfies Operations;
