import { getCallerIdentity } from '../caller.ts';
import type { OperationTable, OperationContext } from '../operation.ts';

/** The operations of STS. */
export const stsOperations = {
  GetCallerIdentity: ({ world }: OperationContext) => getCallerIdentity(world),
} satisfies OperationTable;
