import type {
  AwsCredentialIdentityProvider,
  HandlerExecutionContext,
  MiddlewareStack,
  RetryStrategyV2,
  UserAgent,
} from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { programVersion } from '../lib/version.ts';
import { answerCheck } from './answer-check.ts';
import { JsonClient } from './json/client.ts';
import { noteSignIn, type SignIn } from './start/sign-in.ts';
import { globalRegion, services, type Service, type ServiceClient, type ServiceName } from './services.ts';

/** A call to AWS, named as in CloudTrail: `iam:CreateUser`. */
export type AwsCall = { operation: string; input: object };

type SentCall = AwsCall & { region: string };

/** Wraps every call. It can inspect, record, reject or answer the call. */
export type CallPlugin = (call: SentCall, next: () => Promise<object>) => Promise<object>;

/** A plugin for the SDK's middleware stack. The practice account uses it to answer calls. */
type ClientMiddleware = {
  applyToStack<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void;
};

/** The configuration that all clients of an account share. */
export type AwsClientsConfig = {
  credentials: AwsCredentialIdentityProvider;
  /** The Region in which the owner signs in. Billing is always in us-east-1, and IAM has one endpoint. */
  region: string;
  /** Replaces only the transport (proxy, timeouts). The Region determines the endpoint. */
  requestHandler?: NodeHttpHandler;
  retryStrategy?: RetryStrategyV2;
  /** Where the credentials come from, for what is said when they are over. */
  signIn?: SignIn | undefined;
  /** Answers in place of the network, inside the SDK's own retries. */
  practiceMiddleware?: ClientMiddleware;
};

/** The clients of all services for the current AWS account, by service name. Each client is created on first use. */
export type AwsClients = { readonly [Name in ServiceName]: ServiceClient<Name> } & {
  /** The Region in which the owner signs in. */
  readonly signInRegion: string;
  /** The access key ID that signs the calls. */
  accessKeyId(): Promise<string>;
  /** The same account with one more plugin, outermost, around its calls. */
  withPlugin(plugin: CallPlugin): AwsClients;
  /** The same account with its regional services in this Region. */
  inRegion(region: string): AwsClients;
};

type AnyClient = { middlewareStack: { use(pluggable: ClientMiddleware): void } };

type AnyClientConfig = Omit<AwsClientsConfig, 'practiceMiddleware' | 'signIn'> & {
  customUserAgent: UserAgent;
};

/** What the SDK would look for in the owner's environment and configuration files, which a rehearsal has no use for. */
const getPracticeSettings = (region: string) => ({
  endpoint: `https://${region}.invalid`,
  authSchemePreference: [],
  defaultsMode: 'standard',
  maxAttempts: 3,
  retryMode: 'standard',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: '',
});

const getRegion = ({ region }: Service, signInRegion: string, regional: string | undefined): string => {
  if (region === 'global') return globalRegion;
  return regional ?? (region === 'sign-in' ? signInRegion : globalRegion);
};

const createClient = (
  name: ServiceName,
  region: string,
  { credentials, requestHandler, retryStrategy, signIn, practiceMiddleware }: AwsClientsConfig,
  plugins: readonly CallPlugin[],
): AnyClient => {
  // All clients accept this configuration. Which client is created is known only at run time.
  const ClientClass = services[name].client as new (config: AnyClientConfig) => AnyClient;
  const client = new ClientClass({
    region,
    credentials,
    customUserAgent: [['aws-first-steps', programVersion]],
    ...(requestHandler && { requestHandler }),
    ...(retryStrategy && { retryStrategy }),
    ...(practiceMiddleware && getPracticeSettings(region)),
  });
  client.middlewareStack.use(createPluginMiddleware(name, region, plugins, signIn));
  if (practiceMiddleware) client.middlewareStack.use(practiceMiddleware);
  // Those of this program check their answers themselves.
  else if (!(client instanceof JsonClient)) client.middlewareStack.use(answerCheck);
  return client;
};

/** Creates the clients of an account and wraps each call in all plugins, the first one outermost. */
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

/** Notes on an error which host was asked, which an answer that cannot be read does not say. */
const noteHost = (error: unknown, context: HandlerExecutionContext): unknown => {
  const host = context.endpointV2?.url.host;
  // A practice account has no host, and the name that stands in for one says nothing.
  if (host !== undefined && !host.endsWith('.invalid') && error instanceof Error && !('hostname' in error))
    Object.assign(error, { hostname: host });
  return error;
};

/** SDK middleware that passes every call through `plugins`, outermost first. */
const createPluginMiddleware = (
  service: ServiceName,
  region: string,
  plugins: readonly CallPlugin[],
  signIn: SignIn | undefined,
): ClientMiddleware => ({
  applyToStack: <Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>) =>
    stack.add(
      (next, context) => async (args) => {
        const operation = `${service}:${String(context['commandName']).replace(/Command$/, '')}`;
        const call = { operation, input: args.input, region };
        let result: Awaited<ReturnType<typeof next>> | undefined;
        const send = async (): Promise<object> => {
          try {
            result = await next(args);
          } catch (error) {
            throw noteHost(noteSignIn(error, signIn), context);
          }
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
