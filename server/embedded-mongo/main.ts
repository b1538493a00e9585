import { parseArgs } from 'node:util';
import { type FollowedClock, followClock, systemClock } from '../platform/clock';
import { startEmbeddedMongo } from './server';

/** node main.js --data DIR [--port N] [--clock CONTROL_URL]: one JSON line on stdout says that it is ready. */
async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'the embedded database is for development, tests and rehearsals: set MONGODB_URI to a replica set',
    );
  }
  const { values } = parseArgs({
    options: { data: { type: 'string' }, port: { type: 'string', default: '0' }, clock: { type: 'string' } },
  });
  if (!values.data) throw new Error('usage: embedded-mongo/main --data DIR [--port N] [--clock CONTROL_URL]');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port must be 0 to 65535, not ${values.port}`);

  const followed: FollowedClock | undefined = values.clock
    ? await followClock(values.clock, 'embedded-mongo')
    : undefined;
  const server = await startEmbeddedMongo({
    dataDir: values.data,
    port,
    clock: followed ?? systemClock,
    log,
  });

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= server.close().then(() => {
      followed?.close();
      process.exit(0);
    });
    stopping.catch(fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, uri: server.uri, port: server.port })}\n`);
}

function log(event: string, facts: Readonly<Record<string, unknown>>): void {
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value instanceof Error ? value.stack : value]),
  );
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...shown })}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`embedded-mongo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
