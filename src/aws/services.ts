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

/** The Region of AWS's global endpoints, and the only one in which AWS publishes what an account costs. */
export const globalRegion = 'us-east-1';

/** What the program has to know of one service. */
export type Service = {
  /** The SDK's client, or ours where npm has none. */
  client: new (config: never) => object;
  /**
   * `global`: one endpoint, in us-east-1. `billing`: a service with Regions that is used where the bill is, in us-east-1,
   * unless another Region is asked for. `sign-in`: where the owner signs in.
   */
  region: 'global' | 'billing' | 'sign-in';
  /**
   * Where IAM calls the action of an operation something else than `service:Operation`: the action's whole name, by
   * operation (Service Authorization Reference).
   */
  iamActions?: Readonly<Record<string, string>>;
  /** Where a service has one IAM action for all reads and one for all changes. */
  iamActionOfAll?: { reads: string; changes: string };
  /** The IAM action that an operation needs besides its own where `Tags` are sent along (IAM User Guide, "Tagging"). */
  tagActions?: Readonly<Record<string, string>>;
};

/**
 * Every AWS service that the program talks to. Clients, actions, permissions and the practice account follow from this
 * table: a new service is one entry here. The names are those of operations in plans, the journal and evidence.
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

/** The name of a service, as operations begin with it: `iam:CreateUser`. */
export type ServiceName = keyof typeof services;

/** Whether the program knows a service of this name. */
const isServiceName = (name: string): name is ServiceName => Object.hasOwn(services, name);

/** The client of a service. */
export type ServiceClient<Name extends ServiceName> = InstanceType<(typeof services)[Name]['client']>;

/** What the commands of a service take. */
export type ServiceInput<Name extends ServiceName> =
  ServiceClient<Name> extends Client<infer _Options, infer Input, infer _Output, infer _Config>
    ? Input
    : never;

/** The service whose client has this class name; the SDK puts it into the context of every call. */
export const findServiceOfClient = (clientName: string): ServiceName | undefined =>
  Object.entries(services)
    .map(([name, { client }]) => ({ name, client }))
    .filter(({ client }) => client.name === clientName)
    .map(({ name }) => name)
    .find(isServiceName);

/** The IAM actions, as policies write them, that an operation needs. `withTags`: tags are sent along. */
export const getIamActions = (operation: string, withTags: boolean): readonly string[] => {
  const [name = '', verb = ''] = operation.split(':');
  const service: Service | undefined = isServiceName(name) ? services[name] : undefined;
  const ofAll = service?.iamActionOfAll;
  const own = ofAll ? (isRead(operation) ? ofAll.reads : ofAll.changes) : service?.iamActions?.[verb];
  const tag = withTags ? service?.tagActions?.[verb] : undefined;
  return [own ?? operation, ...(tag === undefined ? [] : [tag])];
};
