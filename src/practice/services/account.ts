import type {
  GetAccountInformationCommandOutput,
  GetAlternateContactCommandOutput,
} from '@aws-sdk/client-account';
import type { OperationOutput, OperationTable, OperationContext } from '../operation.ts';
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

/** The operations of Account Management. */
export const accountOperations = {
  GetAccountInformation: getAccountInformation,
  GetAlternateContact: getAlternateContact,
} satisfies OperationTable;
