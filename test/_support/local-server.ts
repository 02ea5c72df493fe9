import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { onTestFinished } from 'vitest';

const listening = async (server: SocketServer): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
};

/** A web server on this machine for the test that runs. */
export const startLocalServer = async (
  listener: RequestListener,
): Promise<{ server: Server; url: string; port: number }> => {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = await listening(server);
  return { server, url: `http://127.0.0.1:${port}`, port };
};

/** The port of something that accepts connections and closes them at once, as nothing that speaks TLS would. */
export const startClosingServer = async (): Promise<number> => {
  const server = createSocketServer((socket) => socket.destroy());
  onTestFinished(() => {
    server.close();
  });
  return listening(server);
};
