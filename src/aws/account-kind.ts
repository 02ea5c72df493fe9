import { GetAccountInformationCommand } from '@aws-sdk/client-account';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { AwsClients } from './clients.ts';
import { getErrorCode } from './errors/codes.ts';
import { GetAccountPlanStateCommand } from './json/freetier.ts';
import { readAccountAlias, isProjectIdentity, orUndefined, type Identity } from './identity.ts';

/** The account's plan as AWS Free Tier reports it. */
export type AccountPlan = {
  type: string;
  status: string;
  credits?: { amount: number; unit: string };
  /** When the Free plan ends. Missing if AWS names no end. */
  until?: Date;
};

/** What AWS tells about the account besides the caller. What AWS refuses to say is left out. */
export type AccountInfo = {
  kind: AccountKind;
  plan?: AccountPlan;
  alias?: string;
  name?: string;
  createdOn?: Date;
};

/**
 * Whether an account is standalone or belongs to an organization, and in which role. A project is an account of the
 * newer sign-up: a member of an organization that AWS itself manages.
 */
export type AccountKind = 'standalone' | 'member' | 'management' | 'project' | 'unknown';

/**
 * Reads the account's place in AWS Organizations. Every account of an organization may ask, so "not in use" means that
 * it is standalone (Organizations API Reference, DescribeOrganization).
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

/** Long enough for AWS, and short enough not to delay the start when a firewall drops requests to this host. */
const planTimeoutMs = 6_000;

/**
 * The account's plan. Undefined if AWS refuses to say, and for accounts created before July 2025, which have none:
 * `ResourceNotFoundException`.
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
 * Reads the other facts about the account at the start. None of them is essential, so a refusal is not an error unless
 * it means that the steps could not read anything either.
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
