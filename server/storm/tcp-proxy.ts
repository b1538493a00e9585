import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn } from './in-turn';

export interface TcpProxy {
  port: number;
  /** Cuts every connection, answers under way first: what was asked takes place, and nobody hears of it. @returns how many */
  cut(): Promise<number>;
  close(): Promise<void>;
}

interface Pair {
  client: net.Socket;
  server: net.Socket;
}

const SILENCE_MS = 25;

/**
 * Passes bytes on, and can be cut. In the storm it is the load balancer that WeChat calls; a test puts it before a database.
 *
 * @param targets ports on loopback, asked for with every connection: the one with the fewest goes first, the others are tried
 *   when it does not answer
 */
export async function openTcpProxy(targets: () => readonly number[]): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  const connectionsTo = (port: number) =>
    [...pairs].filter(({ server }) => server.remotePort === port).length;
  let turn = 0;

  const accept = async (client: net.Socket) => {
    client.on('error', () => client.destroy());
    const ports = targets();
    turn += 1;
    const server = await connectToFirst(
      inTurn(ports, turn).sort((one, other) => connectionsTo(one) - connectionsTo(other)),
    );
    if (!server || client.destroyed) {
      server?.destroy();
      client.resetAndDestroy();
      return;
    }
    const pair = { client, server };
    pairs.add(pair);
    server.on('error', () => server.destroy());
    server.on('close', () => client.destroy());
    client.on('close', () => {
      server.destroy();
      pairs.delete(pair);
    });
    client.setNoDelay(true);
    server.setNoDelay(true);
    client.pipe(server);
    server.pipe(client);
  };

  const listener = net.createServer((client) => void accept(client));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    port: address.port,
    async cut() {
      const struck = [...pairs];
      for (const { client, server } of struck) server.unpipe(client);
      await sleep(SILENCE_MS);
      for (const { client } of struck) client.resetAndDestroy();
      return struck.length;
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const { client } of pairs) client.destroy();
      }),
  };
}

async function connectToFirst(ports: readonly number[]): Promise<net.Socket | null> {
  for (const port of ports) {
    const socket = net.connect(port, '127.0.0.1');
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (connected) return socket;
    socket.destroy();
  }
  return null;
}
