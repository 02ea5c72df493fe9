import { AccountClient } from '@aws-sdk/client-account';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import type {
  AwsCredentialIdentityProvider,
  MiddlewareStack,
  RetryStrategyV2,
  UserAgent,
} from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

import { programVersion } from '../lib/version.ts';
import { BillingClient } from './json/billing.ts';
import { FreeTierClient } from './json/freetier.ts';

export { isRead } from './operation-name.ts';

/** One call to AWS, named as CloudTrail and policies name it: `iam:CreateUser`. */
export type AwsCall = { operation: string; input: object };

/** Something that wraps every call of an account: it may look, keep, refuse or answer. */
export type CallPlugin = (call: AwsCall, next: () => Promise<object>) => Promise<object>;

/** Answers in place of the network, inside the SDK's own retries: what the practice account is. */
export type ClientMiddleware = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

/** What all clients of one account have in common. */
export type AwsClientsConfig = {
  credentials: AwsCredentialIdentityProvider;
  /** Region for the question who we are; billing is always us-east-1, and IAM has one endpoint. */
  region: string;
  /** Regional endpoint family is decided by the region; this one only overrides the transport (proxy, time-outs). */
  requestHandler?: NodeHttpHandler;
  retryStrategy?: RetryStrategyV2;
  practiceMiddleware?: ClientMiddleware;
};

/** IAM is global and billing metrics exist only here, whatever the owner's region is. */
export const globalRegion = 'us-east-1';

type ServiceClient = { middlewareStack: { use(pluggable: ClientMiddleware): void } };

/** What every client is made of. */
type ServiceClientConfig = Omit<AwsClientsConfig, 'simulation'> & { customUserAgent: UserAgent };

/** The AWS account at hand: the SDK's clients, made on first use, with every plugin around each of their calls. */
export class AwsClients {
  readonly #config: AwsClientsConfig;
  readonly #plugins: readonly CallPlugin[];
  readonly #clients = new Map<string, ServiceClient>();

  constructor(config: AwsClientsConfig, plugins: readonly CallPlugin[] = []) {
    this.#config = config;
    this.#plugins = plugins;
  }

  /** The same account with one more plugin around its calls, outermost. */
  withPlugin(plugin: CallPlugin): AwsClients {
    return new AwsClients(this.#config, [plugin, ...this.#plugins]);
  }

  /** The access key id that calls are signed with; nothing in a rehearsal without one. */
  async accessKeyId(): Promise<string> {
    return (await this.#config.credentials()).accessKeyId;
  }

  get iam(): IAMClient {
    return this.#getClient('iam', IAMClient);
  }

  get sns(): SNSClient {
    return this.#getClient('sns', SNSClient);
  }

  get cloudwatch(): CloudWatchClient {
    return this.#getClient('cloudwatch', CloudWatchClient);
  }

  /** CloudWatch in the Region that the owner signs in at, if that is not where AWS publishes charges. */
  get cloudwatchInSignInRegion(): { region: string; client: CloudWatchClient } | undefined {
    const { region } = this.#config;
    return region === globalRegion
      ? undefined
      : { region, client: this.#getClient('cloudwatch', CloudWatchClient, region) };
  }

  get account(): AccountClient {
    return this.#getClient('account', AccountClient);
  }

  get budgets(): BudgetsClient {
    return this.#getClient('budgets', BudgetsClient);
  }

  get organizations(): OrganizationsClient {
    return this.#getClient('organizations', OrganizationsClient);
  }

  get billing(): BillingClient {
    return this.#getClient('billing', BillingClient);
  }

  get freetier(): FreeTierClient {
    return this.#getClient('freetier', FreeTierClient);
  }

  get sts(): STSClient {
    return this.#getClient('sts', STSClient, this.#config.region);
  }

  #getClient<C extends ServiceClient>(
    service: string,
    Class: new (config: ServiceClientConfig) => C,
    region = globalRegion,
  ): C {
    const key = `${service} ${region}`;
    const known = this.#clients.get(key);
    if (known instanceof Class) return known;
    const { credentials, requestHandler, retryStrategy, practiceMiddleware } = this.#config;
    const client = new Class({
      region,
      credentials,
      customUserAgent: [['aws-first-steps', programVersion]],
      ...(requestHandler && { requestHandler }),
      ...(retryStrategy && { retryStrategy }),
    });
    for (const pluggable of [
      createPluginMiddleware(service, this.#plugins),
      ...(practiceMiddleware ? [practiceMiddleware] : []),
    ]) {
      client.middlewareStack.use(pluggable);
    }
    this.#clients.set(key, client);
    return client;
  }
}

/** The SDK middleware that hands every call through `plugins`, outermost first. */
const createPluginMiddleware = (service: string, plugins: readonly CallPlugin[]): ClientMiddleware => ({
  applyToStack: <Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>) =>
    stack.add(
      (next, context) => async (args) => {
        const operation = `${service}:${String(context['commandName']).replace(/Command$/, '')}`;
        const call = { operation, input: args.input };
        let result: Awaited<ReturnType<typeof next>> | undefined;
        const send = async (): Promise<object> => {
          result = await next(args);
          return result.output;
        };
        const chain = plugins.reduceRight<() => Promise<object>>(
          (inner, plugin) => () => plugin(call, inner),
          send,
        );
        const output = await chain();
        return { response: result?.response, output: output as Output };
      },
      { step: 'initialize', priority: 'high', name: 'aws-first-steps', override: true },
    ),
});
