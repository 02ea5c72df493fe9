import type { DescribeOrganizationCommandOutput } from '@aws-sdk/client-organizations';
import type { OperationOutput, OperationTable, OperationContext } from '../operation.ts';
import { ErrorResponse } from '../error-response.ts';

const describeOrganization = ({
  world: { organization },
}: OperationContext): OperationOutput<DescribeOrganizationCommandOutput> => {
  if (!organization) {
    throw new ErrorResponse(
      'AWSOrganizationsNotInUseException',
      400,
      'Your account is not a member of an organization.',
    );
  }
  return { Organization: { MasterAccountId: organization.managementAccount } };
};

/** The operations of Organizations. */
export const organizationsOperations = {
  DescribeOrganization: describeOrganization,
} satisfies OperationTable;
