import net from 'node:net';
import path from 'node:path';
import type { Clock } from '../platform/clock';
import { document } from './bson/values';
import type { Database } from './commands/command';
import { answerHello } from './commands/diagnostics';
import { FailPoints } from './commands/fail-point-state';
import { runCommand } from './commands/registry';
import { Cursors } from './cursors';
import { MongoError } from './errors';
import { Sessions } from './sessions';
import { Catalogue } from './storage/catalogue';
import { Environment } from './storage/environment';
import { lockFolder } from './storage/lock';
import { purgeDropped } from './storage/purge';
import { Records } from './storage/records';
import { removeExpired } from './ttl';
import { serveConnection } from './wire/connection';
import { Connections } from './wire/connections';

export interface EmbeddedMongoOptions {
  /** Where the data is kept; made if need be, held by this process alone. */
  readonly dataDir: string;
  /** 0 (or nothing) takes a free one. */
  readonly port?: number;
  /** Decides what has expired and what `$$NOW` and `$currentDate` are. */
  readonly clock: Clock;
  readonly log?: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

export interface EmbeddedMongo {
  readonly uri: string;
  readonly port: number;
  /** Finishes what is being written, ends the connections and gives the data folder back. */
  close(): Promise<void>;
}

const HOUSEKEEPING_MS = 1000;

/** Starts the embedded database on 127.0.0.1. @throws Error when another process holds the folder */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, clock, log = () => undefined } = options;
  const unlock = lockFolder(dataDir);
  const environment = new Environment(path.join(dataDir, 'lmdb'));
  const catalogue = new Catalogue(environment);
  const database: Database = {
    environment,
    catalogue,
    records: new Records(environment, catalogue),
    cursors: new Cursors(),
    sessions: new Sessions(),
    failPoints: new FailPoints(),
    clock,
    startedAt: new Date(),
    connections: new Connections(),
  };
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    return work.finally(() => running.delete(work));
  };

  const server = net.createServer((socket) => {
    const connection = database.connections.add(socket);
    const { id: connectionId } = connection;
    // The loop that reads the connection is told of the same error, and reports it.
    socket.on('error', () => undefined);
    const served = serveConnection(connection, {
      command: (request) => track(runCommand(database, request)),
      legacyHello: ({ body }) => {
        const name = body.keys().next().value ?? '';
        if (!['hello', 'isMaster', 'ismaster'].includes(name)) {
          const error = new MongoError(
            352,
            `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
          );
          return document({
            ok: 0,
            errmsg: error.message,
            code: error.code,
            codeName: 'UnsupportedOpQueryCommand',
          });
        }
        const answer = answerHello(database, connectionId, {
          legacy: name !== 'hello',
          client: body.get('client'),
        });
        return document({ ...answer, ok: 1 });
      },
      log,
    });
    served.catch((error: unknown) => {
      log('connection failed', { connectionId, error });
      socket.destroy();
    });
  });

  const keepHouse = housekeeper(database, log);
  const port = await listen(server, options.port ?? 0);
  return {
    port,
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    async close() {
      await keepHouse.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(running);
      database.connections.endAll();
      await closed;
      await environment.close();
      unlock();
    },
  };
}

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}

/** Once a second: what has expired, what was dropped, which cursors nobody reads. */
function housekeeper(database: Database, log: NonNullable<EmbeddedMongoOptions['log']>) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const once = async () => {
    database.cursors.forgetIdle(Date.now());
    database.sessions.forgetIdle(Date.now());
    await removeExpired(database);
    await purgeDropped(database.environment, database.catalogue);
  };
  const next = () => {
    timer = setTimeout(() => {
      round = once()
        .catch((error: unknown) => log('housekeeping failed', { error }))
        .then(() => {
          if (!stopped) next();
        });
    }, HOUSEKEEPING_MS);
    timer.unref();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
