import type { OperationTable, OperationContext } from '../operation.ts';
import { ErrorResponse } from '../error-response.ts';

const getAccountPlanState = ({ world: { account, plan } }: OperationContext): object => {
  if (!plan)
    throw new ErrorResponse('ResourceNotFoundException', 400, 'No account plan was found for this account.');
  const { credits, status, type, until } = plan;
  return {
    accountId: account.id,
    accountPlanType: type,
    accountPlanStatus: status,
    ...(credits !== undefined && { accountPlanRemainingCredits: { amount: credits, unit: 'USD' } }),
    ...(until && { accountPlanExpirationDate: new Date(until) }),
  };
};

/** The operations of AWS Free Tier. */
export const freeTierOperations = { GetAccountPlanState: getAccountPlanState } satisfies OperationTable;
