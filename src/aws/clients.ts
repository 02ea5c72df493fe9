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

import { version } from '../lib/version.ts';
import { BillingClient } from './json/billing.ts';
import { FreeTierClient } from './json/freetier.ts';

export { isRead } from './operation-name.ts';

/** One call to AWS, named as CloudTrail and policies name it: `iam:CreateUser`. */
export type Call = { operation: string; input: object };

/** Something that wraps every call of an account: it may look, keep, refuse or answer. */
export type Plugin = (call: Call, next: () => Promise<object>) => Promise<object>;

/** Answers in place of the network, inside the SDK's own retries: what the practice account is. */
export type Simulation = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

/** What all clients of one account have in common. */
export type AccountConfig = {
  credentials: AwsCredentialIdentityProvider;
  /** Region for the question who we are; billing is always us-east-1, and IAM has one endpoint. */
  region: string;
  /** Regional endpoint family is decided by the region; this one only overrides the transport (proxy, time-outs). */
  requestHandler?: NodeHttpHandler;
  retryStrategy?: RetryStrategyV2;
  simulation?: Simulation;
};

/** IAM is global and billing metrics exist only here, whatever the owner's region is. */
export const globalRegion = 'us-east-1';

type Client = { middlewareStack: { use(pluggable: Simulation): void } };

/** What every client is made of. */
type ClientConfig = Omit<AccountConfig, 'simulation'> & { customUserAgent: UserAgent };

/** The AWS account at hand: the SDK's clients, made on first use, with every plugin around each of their calls. */
export class Account {
  readonly #config: AccountConfig;
  readonly #plugins: readonly Plugin[];
  readonly #clients = new Map<string, Client>();

  constructor(config: AccountConfig, plugins: readonly Plugin[] = []) {
    this.#config = config;
    this.#plugins = plugins;
  }

  /** The same account with one more plugin around its calls, outermost. */
  with(plugin: Plugin): Account {
    return new Account(this.#config, [plugin, ...this.#plugins]);
  }

  /** The access key id that calls are signed with; nothing in a rehearsal without one. */
  async accessKeyId(): Promise<string> {
    return (await this.#config.credentials()).accessKeyId;
  }

  get iam(): IAMClient {
    return this.#client('iam', IAMClient);
  }

  get sns(): SNSClient {
    return this.#client('sns', SNSClient);
  }

  get cloudwatch(): CloudWatchClient {
    return this.#client('cloudwatch', CloudWatchClient);
  }

  /** CloudWatch in the Region that the owner signs in at, if that is not where AWS publishes charges. */
  get cloudwatchElsewhere(): { region: string; client: CloudWatchClient } | undefined {
    const { region } = this.#config;
    return region === globalRegion
      ? undefined
      : { region, client: this.#client('cloudwatch', CloudWatchClient, region) };
  }

  get account(): AccountClient {
    return this.#client('account', AccountClient);
  }

  get budgets(): BudgetsClient {
    return this.#client('budgets', BudgetsClient);
  }

  get organizations(): OrganizationsClient {
    return this.#client('organizations', OrganizationsClient);
  }

  get billing(): BillingClient {
    return this.#client('billing', BillingClient);
  }

  get freetier(): FreeTierClient {
    return this.#client('freetier', FreeTierClient);
  }

  get sts(): STSClient {
    return this.#client('sts', STSClient, this.#config.region);
  }

  #client<C extends Client>(
    service: string,
    Class: new (config: ClientConfig) => C,
    region = globalRegion,
  ): C {
    const key = `${service} ${region}`;
    const known = this.#clients.get(key);
    if (known instanceof Class) return known;
    const { credentials, requestHandler, retryStrategy, simulation } = this.#config;
    const client = new Class({
      region,
      credentials,
      customUserAgent: [['aws-first-steps', version]],
      ...(requestHandler && { requestHandler }),
      ...(retryStrategy && { retryStrategy }),
    });
    for (const pluggable of [wrapping(service, this.#plugins), ...(simulation ? [simulation] : [])]) {
      client.middlewareStack.use(pluggable);
    }
    this.#clients.set(key, client);
    return client;
  }
}

/** The SDK middleware that hands every call through `plugins`, outermost first. */
const wrapping = (service: string, plugins: readonly Plugin[]): Simulation => ({
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
