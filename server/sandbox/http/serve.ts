import http from 'node:http';

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Listens on loopback only. Closing also cuts connections that a fault keeps hanging. */
export function listen(handler: http.RequestListener, port: number): Promise<Listening> {
  const server = http.createServer(handler);
  // A batch of hanging answers is a normal day here.
  server.requestTimeout = 0;
  // An idle connection closed just as the client writes again is a reset that nobody ordered.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve({ url: `http://127.0.0.1:${portOf(server)}`, close: () => stop(server) });
    });
  });
}

function portOf(server: http.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox server has no address');
  return address.port;
}

function stop(server: http.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
