import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of moto that holds one call back, as a slow AWS does. */
export type HoldingProxy = {
  url: string;
  /** Resolves when the call has come. */
  held: Promise<void>;
  /** Lets it go through. */
  release(): void;
  stop(): void;
};

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => Buffer.concat(await incoming.toArray());

const forward = (url: string, incoming: IncomingMessage, body: Buffer, answer: ServerResponse) => {
  const { method, headers } = incoming;
  const outgoing = request(new URL(incoming.url ?? '/', url), { method, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  outgoing.once('error', () => answer.destroy());
  outgoing.end(body);
};

/** Starts one that holds back the first call whose body names `action`. */
export const startHoldingProxy = async (url: string, action: string): Promise<HoldingProxy> => {
  let [announce, release] = [() => {}, () => {}];
  const held = new Promise<void>((resolve) => (announce = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer((incoming, answer) => {
    void bodyOf(incoming).then(async (body) => {
      if (body.includes(`Action=${action}&`)) {
        announce();
        await released;
      }
      forward(url, incoming, body, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, held, release, stop: () => void server.close() };
};
