import {
  AWSOrganizationsNotInUseException,
  OrganizationsServiceException,
  type DescribeOrganizationCommandOutput,
} from '@aws-sdk/client-organizations';
import type { OperationOutput, OperationContext } from '../operation.ts';
import type { PracticeService } from '../service.ts';
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

export const organizationsService: PracticeService = {
  operations: { DescribeOrganization: describeOrganization },
  errors: { base: OrganizationsServiceException, modelled: { AWSOrganizationsNotInUseException } },
};
