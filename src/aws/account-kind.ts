import { GetAccountInformationCommand } from '@aws-sdk/client-account';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { AwsClients } from './clients.ts';
import { getErrorCode } from './errors/codes.ts';
import { GetAccountPlanStateCommand } from './json/freetier.ts';
import { readAccountAlias, isProjectIdentity, orUndefined, type Identity } from './identity.ts';

/** What an account is paid with, as AWS Free Tier says it: `FREE` or `PAID`, and how far along it is. */
export type AccountPlan = {
  type: string;
  status: string;
  credits?: { amount: number; unit: string };
  /** When the Free plan ends; nothing where AWS names no end. */
  until?: Date;
};

/** What can be read of an account besides who is calling; what AWS would not tell is left out. */
export type AccountInfo = {
  kind: AccountKind;
  plan?: AccountPlan;
  alias?: string;
  name?: string;
  createdOn?: Date;
};

/**
 * Whether an account stands alone or belongs to an organization, and as what. A project is an account of the newer
 * sign-up: a member of an organization that AWS itself manages.
 */
export type AccountKind = 'standalone' | 'member' | 'management' | 'project' | 'unknown';

/**
 * How an account stands to AWS Organizations. Every account of an organization may ask, so that "not in use" means
 * that it stands alone (Organizations API Reference, DescribeOrganization).
 */
const readAccountKind = async (aws: AwsClients, identity: Identity): Promise<AccountKind> => {
  try {
    const { Organization } = await aws.organizations.send(new DescribeOrganizationCommand({}));
    if (!Organization?.MasterAccountId) return 'unknown';
    if (Organization.MasterAccountId === identity.accountId) return 'management';
    return isProjectIdentity(identity) ? 'project' : 'member';
  } catch (error) {
    return getErrorCode(error) === 'AWSOrganizationsNotInUse' ? 'standalone' : 'unknown';
  }
};

/** Long enough for AWS, and short enough not to be waited for where a firewall swallows what goes to this host. */
const planTimeoutMs = 6_000;

/**
 * Which plan the account is on. Nothing where AWS would not tell, and for accounts from before July 2025, which have
 * none: `ResourceNotFoundException`.
 */
const readAccountPlan = async (aws: AwsClients): Promise<AccountPlan | undefined> => {
  const answer = await orUndefined(
    aws.freetier.send(new GetAccountPlanStateCommand({}), {
      abortSignal: AbortSignal.timeout(planTimeoutMs),
    }),
  );
  const { accountPlanType: type, accountPlanStatus: status, accountPlanRemainingCredits } = answer ?? {};
  if (type === undefined || status === undefined) return undefined;
  const { amount, unit } = accountPlanRemainingCredits ?? {};
  const until = answer?.accountPlanExpirationDate;
  return {
    type,
    status,
    ...(amount !== undefined && unit !== undefined && { credits: { amount, unit } }),
    ...(until && { until }),
  };
};

/**
 * What else can be told of the account at the start. Nothing here is essential, so a refusal is no error, unless it
 * means that the steps could not look either.
 */
export const readAccountInfo = async (aws: AwsClients, identity: Identity): Promise<AccountInfo> => {
  const [alias, information, standing, plan] = await Promise.all([
    readAccountAlias(aws),
    orUndefined(aws.account.send(new GetAccountInformationCommand({}))),
    readAccountKind(aws, identity),
    readAccountPlan(aws),
  ]);
  return {
    kind: standing,
    ...(plan && { plan }),
    ...(alias && { alias }),
    ...(information?.AccountName && { name: information.AccountName }),
    ...(information?.AccountCreatedDate && { createdOn: information.AccountCreatedDate }),
  };
};
