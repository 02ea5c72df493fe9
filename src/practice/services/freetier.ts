import { ServiceException } from '@smithy/core/client';
import type { OperationContext } from '../operation.ts';
import type { PracticeService } from '../service.ts';
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

export const freetierService: PracticeService = {
  operations: { GetAccountPlanState: getAccountPlanState },
  errors: { base: ServiceException },
};
