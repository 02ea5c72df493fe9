import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * A call that came by: its name as policies write it, how often this operation has come by, from 1, the time that it was
 * signed with, as AWS writes it (20261124T120000Z), and whose key signed it.
 */
export type ProxiedCall = {
  operation: string;
  nth: number;
  json: boolean;
  body: string;
  signedAt: string;
  accessKeyId: string;
};

/** An answer over HTTP. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** One call and what can be done with it: let it through, answer it, break its connection, or nothing at all. */
export type Exchange = {
  call: ProxiedCall;
  forward: () => Promise<Answer>;
  reply: (answer: Answer) => void;
  breakOff: () => void;
};

/** What is done with a call in place of letting it through. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** Chooses the calls that something is to happen to. */
export type Disturbance = (call: ProxiedCall) => Fault | undefined;

/** A proxy between the program and an emulator of AWS: it keeps what came by, and disturbs what it is told to. */
export type FaultProxy = {
  url: string;
  /** Every call that came by, with the status that it was answered with, or 0 if it never was. */
  log: { operation: string; status: number }[];
  disturb(disturbance: Disturbance): void;
  stop(): Promise<void>;
};

// CloudWatch signs its calls as what it once was.
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** The names of REST operations are in their path: `/getAccountInformation`. */
const nameInPath = (path: string): string => path.charAt(1).toUpperCase() + path.slice(2);

const operationOf = ({ headers, url = '' }: IncomingMessage, body: string): string => {
  const service =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unknown';
  const target = headers['x-amz-target']?.toString().split('.').at(-1);
  return `${prefixes[service] ?? service}:${target ?? new URLSearchParams(body).get('Action') ?? nameInPath(url)}`;
};

const namesOf = (raw: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]));

/** What is answered in place of an emulator that does not know an operation, in JSON, by the operation's name. */
export type StandIns = Readonly<Record<string, object>>;

const inJson = (answer: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(answer),
});

/** Sends it on as it came, signature and host included, so that the emulator can check them. */
const sendOn = ({ method, url, headers }: IncomingMessage, body: string, target: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      text(answer).then(
        (answered) =>
          resolve({ status: answer.statusCode ?? 0, headers: namesOf(answer.headers), body: answered }),
        reject,
      );
    });
    onward.on('error', reject).end(body);
  });

/** moto calls the JSON of some services HTML, which the program takes for the page of somebody in between. */
const typedAsJson = (answer: Answer): Answer =>
  answer.body.startsWith('{')
    ? { ...answer, headers: { ...answer.headers, 'content-type': 'application/x-amz-json-1.1' } }
    : answer;

const deliver = (response: ServerResponse, { status, headers, body }: Answer): void => {
  // What was rewritten has another length, and what came in chunks was put together.
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...kept } = headers;
  // AWS gives each request an id, also where it says nothing else.
  response.writeHead(status, { 'x-amzn-requestid': 'of-the-proxy', ...kept }).end(body);
};

const exchangeOf = (
  incoming: IncomingMessage,
  response: ServerResponse,
  call: ProxiedCall,
  send: () => Promise<Answer>,
  answered: (status: number) => void,
): Exchange => ({
  call,
  forward: send,
  reply: (answer) => {
    answered(answer.status);
    deliver(response, answer);
  },
  breakOff: () => incoming.socket.resetAndDestroy(),
});

const passOn: Fault = async ({ forward, reply }) => reply(await forward());

/** A call that is held back, as a slow AWS does. */
export type HeldCall = {
  /** Resolves when the call has come. */
  held: Promise<void>;
  /** Lets it go through. */
  release: () => void;
};

/** Holds back every call of an operation until they are released. */
export const holdBack = (proxy: FaultProxy, operation: string): HeldCall => {
  let [announce, release] = [() => {}, () => {}];
  const held = new Promise<void>((resolve) => (announce = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const hold: Fault = async (exchange) => {
    announce();
    await released;
    await passOn(exchange);
  };
  proxy.disturb((call) => (call.operation === operation ? hold : undefined));
  return { held, release };
};

/**
 * Starts a proxy in front of `target`; nothing is disturbed before it is told to. What `standIns` answers counts as
 * answered by the target, so that it can be disturbed like everything else.
 */
export const startProxy = async (target: string, standIns: StandIns = {}): Promise<FaultProxy> => {
  const log: FaultProxy['log'] = [];
  let disturbance: Disturbance = () => undefined;
  const server = createServer((incoming, response) => {
    const handle = async () => {
      const body = await text(incoming);
      const entry = { operation: operationOf(incoming, body), status: 0 };
      log.push(entry);
      const nth = log.filter(({ operation }) => operation === entry.operation).length;
      const json = !body.startsWith('Action=');
      const signedAt = incoming.headers['x-amz-date']?.toString() ?? '';
      const accessKeyId = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      const call = { operation: entry.operation, nth, json, body, signedAt, accessKeyId };
      const answered = (status: number) => {
        entry.status = status;
      };
      const standIn = standIns[call.operation];
      const send = () =>
        standIn ? Promise.resolve(inJson(standIn)) : sendOn(incoming, body, target).then(typedAsJson);
      await (disturbance(call) ?? passOn)(exchangeOf(incoming, response, call, send, answered));
    };
    // A program that was killed is no longer there to be answered.
    handle().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    log,
    disturb: (next) => {
      disturbance = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
