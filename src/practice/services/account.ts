import {
  AccessDeniedException,
  AccountServiceException,
  ResourceNotFoundException,
  type GetAccountInformationCommandOutput,
  type GetAlternateContactCommandOutput,
} from '@aws-sdk/client-account';
import type { OperationOutput, OperationContext } from '../operation.ts';
import type { PracticeService } from '../service.ts';
import { ErrorResponse } from '../error-response.ts';

const getAccountInformation = ({
  world: { account },
}: OperationContext): OperationOutput<GetAccountInformationCommandOutput> => ({
  AccountId: account.id,
  AccountName: account.name,
  AccountCreatedDate: new Date(account.createdAt),
  AccountState: 'ACTIVE',
});

const getAlternateContact = (): OperationOutput<GetAlternateContactCommandOutput> => {
  throw new ErrorResponse(
    'ResourceNotFoundException',
    404,
    'No contact of the inputted alternate contact type found.',
  );
};

/** AWS Account Management. */
export const accountService: PracticeService = {
  operations: { GetAccountInformation: getAccountInformation, GetAlternateContact: getAlternateContact },
  errors: {
    base: AccountServiceException,
    modelled: { AccessDeniedException, ResourceNotFoundException },
  },
};
