import type { DescribeOrganizationCommandOutput } from '@aws-sdk/client-organizations';
import type { Answer, Operations, Visit } from '../operation.ts';
import { Refusal } from '../refusal.ts';

const describeOrganization = ({
  world: { organization },
}: Visit): Answer<DescribeOrganizationCommandOutput> => {
  if (!organization) {
    throw new Refusal(
      'AWSOrganizationsNotInUseException',
      400,
      'Your account is not a member of an organization.',
    );
  }
  return { Organization: { MasterAccountId: organization.managementAccount } };
};

/** The operations of Organizations. */
export const organizationsOperations = { DescribeOrganization: describeOrganization } satisfies Operations;
