import type {
  GetAccountInformationCommandOutput,
  GetAlternateContactCommandOutput,
} from '@aws-sdk/client-account';
import type { Answer, Operations, Visit } from '../operation.ts';
import { Refusal } from '../refusal.ts';

const getAccountInformation = ({
  world: { account },
}: Visit): Answer<GetAccountInformationCommandOutput> => ({
  AccountId: account.id,
  AccountName: account.name,
  AccountCreatedDate: new Date(account.createdAt),
  AccountState: 'ACTIVE',
});

const getAlternateContact = (): Answer<GetAlternateContactCommandOutput> => {
  throw new Refusal(
    'ResourceNotFoundException',
    404,
    'No contact of the inputted alternate contact type found.',
  );
};

/** The operations of Account Management. */
export const accountOperations = {
  GetAccountInformation: getAccountInformation,
  GetAlternateContact: getAlternateContact,
} satisfies Operations;
