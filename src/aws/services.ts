import { AccountClient } from '@aws-sdk/client-account';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import type { Client } from '@smithy/core/client';
import { BillingClient } from './json/billing.ts';
import { FreeTierClient } from './json/freetier.ts';
import { isRead } from './operation-name.ts';

/** The Region of AWS's global endpoints, and the only one in which AWS publishes an account's charges. */
export const globalRegion = 'us-east-1';

export type Service = {
  /** The SDK's client, or this program's own if npm has none. */
  client: new (config: never) => object;
  /**
   * `global`: one endpoint, in us-east-1. `billing`: a regional service, used in us-east-1 where the bill is, unless
   * the caller asks for another Region. `sign-in`: the Region in which the owner signs in.
   */
  region: 'global' | 'billing' | 'sign-in';
  /**
   * Full IAM action names by operation, for operations whose action is not `service:Operation` (Service Authorization
   * Reference).
   */
  iamActions?: Readonly<Record<string, string>>;
  /** For services that have one IAM action for all reads and one for all changes. */
  iamActionOfAll?: { reads: string; changes: string };
  /** The additional IAM action that an operation needs when it sends `Tags` (IAM User Guide, "Tagging"). */
  tagActions?: Readonly<Record<string, string>>;
};

/**
 * Every AWS service that the program calls. Clients, actions, permissions and the practice account are derived from
 * this table, so a new service needs one entry here. Plans, the journal and evidence use these names in their
 * operations.
 */
export const services = {
  account: { client: AccountClient, region: 'global' },
  billing: { client: BillingClient, region: 'global' },
  budgets: {
    client: BudgetsClient,
    region: 'global',
    iamActionOfAll: { reads: 'budgets:ViewBudget', changes: 'budgets:ModifyBudget' },
  },
  cloudwatch: {
    client: CloudWatchClient,
    region: 'billing',
    tagActions: { PutMetricAlarm: 'cloudwatch:TagResource' },
  },
  freetier: { client: FreeTierClient, region: 'global' },
  iam: {
    client: IAMClient,
    region: 'global',
    tagActions: { CreateUser: 'iam:TagUser', CreateVirtualMFADevice: 'iam:TagMFADevice' },
  },
  organizations: { client: OrganizationsClient, region: 'global' },
  sns: { client: SNSClient, region: 'billing', tagActions: { CreateTopic: 'sns:TagResource' } },
  sts: { client: STSClient, region: 'sign-in' },
} as const satisfies Readonly<Record<string, Service>>;

/** The service part of an operation's name: `iam` in `iam:CreateUser`. */
export type ServiceName = keyof typeof services;

const isServiceName = (name: string): name is ServiceName => Object.hasOwn(services, name);

export type ServiceClient<Name extends ServiceName> = InstanceType<(typeof services)[Name]['client']>;

/** The inputs of a service's commands. */
export type ServiceInput<Name extends ServiceName> =
  ServiceClient<Name> extends Client<infer _Options, infer Input, infer _Output, infer _Config>
    ? Input
    : never;

/** Finds the service by its client's class name, which the SDK puts into the context of every call. */
export const findServiceOfClient = (clientName: string): ServiceName | undefined =>
  Object.entries(services)
    .map(([name, { client }]) => ({ name, client }))
    .filter(({ client }) => client.name === clientName)
    .map(({ name }) => name)
    .find(isServiceName);

/** The IAM actions that an operation needs, as policies spell them. `withTags`: the call sends tags. */
export const getIamActions = (operation: string, withTags: boolean): readonly string[] => {
  const [name = '', verb = ''] = operation.split(':');
  const service: Service | undefined = isServiceName(name) ? services[name] : undefined;
  const ofAll = service?.iamActionOfAll;
  const own = ofAll ? (isRead(operation) ? ofAll.reads : ofAll.changes) : service?.iamActions?.[verb];
  const tag = withTags ? service?.tagActions?.[verb] : undefined;
  return [own ?? operation, ...(tag === undefined ? [] : [tag])];
};
