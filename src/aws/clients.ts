import type {
  AwsCredentialIdentityProvider,
  MiddlewareStack,
  RetryStrategyV2,
  UserAgent,
} from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { programVersion } from '../lib/version.ts';
import { globalRegion, services, type Service, type ServiceClient, type ServiceName } from './services.ts';

/** One call to AWS, named as CloudTrail names it: `iam:CreateUser`. */
export type AwsCall = { operation: string; input: object };

/** A call on its way, and the Region that it goes to. */
type SentCall = AwsCall & { region: string };

/** Something that wraps every call: it may look, keep, refuse or answer. */
export type CallPlugin = (call: SentCall, next: () => Promise<object>) => Promise<object>;

/** Something that the SDK puts into its own chain of handlers: what the practice account answers with. */
type ClientMiddleware = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

/** What all clients of one account have in common. */
export type AwsClientsConfig = {
  credentials: AwsCredentialIdentityProvider;
  /** The Region that the owner signs in at. Billing is always in us-east-1, and IAM has one endpoint. */
  region: string;
  /** Replaces the transport only (proxy, time-outs): which endpoint is called follows from the Region. */
  requestHandler?: NodeHttpHandler;
  retryStrategy?: RetryStrategyV2;
  /** Answers in place of the network, inside the SDK's own retries. */
  practiceMiddleware?: ClientMiddleware;
};

/** The clients of all services for the AWS account at hand, by the service's name; each is made on its first use. */
export type AwsClients = { readonly [Name in ServiceName]: ServiceClient<Name> } & {
  /** The Region that the owner signs in at. */
  readonly signInRegion: string;
  /** The access key id that calls are signed with. */
  accessKeyId(): Promise<string>;
  /** The same account with one more plugin around its calls, outermost. */
  withPlugin(plugin: CallPlugin): AwsClients;
  /** The same account, but with services that have Regions in this one. */
  inRegion(region: string): AwsClients;
};

type AnyClient = { middlewareStack: { use(pluggable: ClientMiddleware): void } };

type AnyClientConfig = Omit<AwsClientsConfig, 'practiceMiddleware'> & { customUserAgent: UserAgent };

const getRegion = ({ region }: Service, signInRegion: string, regional: string | undefined): string => {
  if (region === 'global') return globalRegion;
  return regional ?? (region === 'sign-in' ? signInRegion : globalRegion);
};

const createClient = (
  name: ServiceName,
  region: string,
  { credentials, requestHandler, retryStrategy, practiceMiddleware }: AwsClientsConfig,
  plugins: readonly CallPlugin[],
): AnyClient => {
  // All clients take this configuration; which one is made is known only when the program runs.
  const ClientClass = services[name].client as new (config: AnyClientConfig) => AnyClient;
  const client = new ClientClass({
    region,
    credentials,
    customUserAgent: [['aws-first-steps', programVersion]],
    ...(requestHandler && { requestHandler }),
    ...(retryStrategy && { retryStrategy }),
  });
  client.middlewareStack.use(createPluginMiddleware(name, region, plugins));
  if (practiceMiddleware) client.middlewareStack.use(practiceMiddleware);
  return client;
};

/** Makes the clients of an account, with every plugin around each of their calls, the first one outermost. */
export const createAwsClients = (
  config: AwsClientsConfig,
  plugins: readonly CallPlugin[] = [],
  regional?: string,
): AwsClients => {
  const made = new Map<ServiceName, AnyClient>();
  const getClient = (name: ServiceName): AnyClient => {
    const known =
      made.get(name) ??
      createClient(name, getRegion(services[name], config.region, regional), config, plugins);
    made.set(name, known);
    return known;
  };
  const clients = {
    signInRegion: config.region,
    accessKeyId: async () => (await config.credentials()).accessKeyId,
    withPlugin: (plugin: CallPlugin) => createAwsClients(config, [plugin, ...plugins], regional),
    inRegion: (region: string) => createAwsClients(config, plugins, region),
  };
  const names = Object.keys(services) as ServiceName[];
  const getters = Object.fromEntries(
    names.map((name) => [name, { enumerable: true, get: () => getClient(name) }]),
  );
  return Object.defineProperties(clients, getters) as AwsClients;
};

/** The SDK middleware that hands every call through `plugins`, outermost first. */
const createPluginMiddleware = (
  service: ServiceName,
  region: string,
  plugins: readonly CallPlugin[],
): ClientMiddleware => ({
  applyToStack: <Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>) =>
    stack.add(
      (next, context) => async (args) => {
        const operation = `${service}:${String(context['commandName']).replace(/Command$/, '')}`;
        const call = { operation, input: args.input, region };
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
