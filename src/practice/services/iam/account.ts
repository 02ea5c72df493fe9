import type { GetAccountSummaryCommandOutput, ListAccountAliasesCommandOutput } from '@aws-sdk/client-iam';
import type { OperationOutput, OperationTable, OperationContext } from '../../operation.ts';

/** Quotas, and counts of resources that the practice account does not have. */
const constantSummaryEntries = {
  AccessKeysPerUserQuota: 2,
  AccountSigningCertificatesPresent: 0,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GlobalEndpointTokenVersion: 1,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfiles: 0,
  InstanceProfilesQuota: 1000,
  Policies: 0,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  Providers: 0,
  RolePolicySizeQuota: 10_240,
  Roles: 2,
  RolesQuota: 1000,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

const getAccountSummary = ({ world }: OperationContext): OperationOutput<GetAccountSummaryCommandOutput> => {
  const { devices, groups, root, users } = world;
  const attached = new Set([...users, ...groups].flatMap((one) => one.attached));
  return {
    SummaryMap: {
      ...constantSummaryEntries,
      AccountAccessKeysPresent: root.accessKeys.length > 0 ? 1 : 0,
      AccountMFAEnabled: devices.some(({ owner }) => owner?.kind === 'root') ? 1 : 0,
      AccountPasswordPresent: root.passwordPresent ? 1 : 0,
      Groups: groups.length,
      MFADevices: devices.length,
      MFADevicesInUse: devices.filter(({ owner }) => owner !== undefined).length,
      // Each of the two roles that every account has carries one policy.
      PolicyVersionsInUse: attached.size + constantSummaryEntries.Roles,
      Users: users.length,
    },
  };
};

const listAccountAliases = ({
  world,
}: OperationContext): OperationOutput<ListAccountAliasesCommandOutput> => ({
  AccountAliases: world.alias === undefined ? [] : [world.alias],
  IsTruncated: false,
});

export const iamAccountOperations = {
  GetAccountSummary: getAccountSummary,
  ListAccountAliases: listAccountAliases,
} satisfies OperationTable;
