import {
  AccessDeniedException,
  AccountServiceException,
  type GetAccountInformationCommandOutput,
} from '@aws-sdk/client-account';
import type { OperationOutput, OperationContext } from '../operation.ts';
import type { PracticeService } from '../service.ts';

const getAccountInformation = ({
  world: { account },
}: OperationContext): OperationOutput<GetAccountInformationCommandOutput> => ({
  AccountId: account.id,
  AccountName: account.name,
  AccountCreatedDate: new Date(account.createdAt),
  AccountState: 'ACTIVE',
});

export const accountService: PracticeService = {
  operations: { GetAccountInformation: getAccountInformation },
  errors: { base: AccountServiceException, modelled: { AccessDeniedException } },
};
