import os from 'node:os';
import { Double, Long } from 'bson';
import { MAX_DOCUMENT_BYTES } from '../bson/encode';
import { document, isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { MAX_MESSAGE_BYTES } from '../wire/frames';
import type { Reply } from '../wire/reply';
import type { Command, Commands, Database } from './command';
import { MAX_WRITE_BATCH } from './insert';

/** The MongoDB whose behaviour is the model: clients choose what to send by these. */
export const SERVER_VERSION = '7.0.0';
const WIRE_VERSION = 21;

/** @param client who is calling, with the first hello of a connection */
export function answerHello(
  database: Database,
  connectionId: number,
  { legacy, client }: { legacy: boolean; client: Value | undefined },
): Record<string, Value> {
  const application = isDocument(client) ? client.get('application') : undefined;
  const appName = isDocument(application) ? application.get('name') : undefined;
  if (typeof appName === 'string') database.connections.name(connectionId, appName);
  return {
    helloOk: true,
    [legacy ? 'ismaster' : 'isWritablePrimary']: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_WRITE_BATCH,
    localTime: database.clock.now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  };
}

const HELLO_FIELDS = [
  'helloOk',
  'client',
  'compression',
  'loadBalanced',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'hostInfo',
  'forShell',
];

const hello = (legacy: boolean): Command => ({
  fields: HELLO_FIELDS,
  run(database, args, connectionId) {
    if (args.get('topologyVersion') !== undefined)
      throw new MongoError(72, 'the embedded database does not stream hello: no topologyVersion was given');
    return answerHello(database, connectionId, { legacy, client: args.get('client') });
  },
});

const nothing: Command = { fields: [], run: () => ({}) };

const SECONDS = 1000;

const serverStatus: Command = {
  fields: ['repl', 'metrics', 'locks', 'latchAnalysis', 'mirroredReads', 'recordStats'],
  run: (database) => ({
    host: os.hostname(),
    version: SERVER_VERSION,
    process: 'embedded-mongo',
    pid: Long.fromNumber(process.pid),
    uptime: new Double(Math.floor((Date.now() - database.startedAt.getTime()) / SECONDS)),
    localTime: database.clock.now(),
    connections: document({ current: database.connections.count, available: 1_000_000, totalCreated: 0 }),
    metrics: document({ cursor: document({ open: document({ total: database.cursors.count }) }) }),
    storageEngine: document({ name: 'lmdb', persistent: true }),
  }),
};

const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: SERVER_VERSION,
    gitVersion: 'embedded',
    modules: ['embedded-lmdb'],
    versionArray: SERVER_VERSION.split('.').map(Number).concat(0),
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['lmdb'],
  }),
};

const PARAMETERS: Readonly<Record<string, Value>> = {
  featureCompatibilityVersion: document({ version: '7.0' }),
  authenticationMechanisms: [],
};

const getParameter: Command = {
  fields: [...Object.keys(PARAMETERS), 'allParameters'],
  run(_database, args): Reply {
    const wanted =
      args.get('getParameter') === '*'
        ? Object.keys(PARAMETERS)
        : Object.keys(PARAMETERS).filter((name) => args.get(name) !== undefined);
    if (wanted.length === 0) throw new MongoError(72, 'no option found to get');
    return Object.fromEntries(wanted.map((name) => [name, PARAMETERS[name]]));
  },
};

const connectionStatus: Command = {
  fields: ['showPrivileges'],
  run: () => ({ authInfo: document({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
};

const hostInfo: Command = {
  fields: [],
  run: (database) => ({
    system: document({
      currentTime: database.clock.now(),
      hostname: os.hostname(),
      cpuAddrSize: 64,
      numCores: os.cpus().length,
      cpuArch: os.arch(),
    }),
    os: document({ type: os.type(), name: os.platform(), version: os.release() }),
  }),
};

const whatsmyuri: Command = {
  fields: [],
  run: (_database, _args, connectionId) => ({ you: `127.0.0.1:${connectionId}` }),
};

const endSessions: Command = {
  fields: [],
  run(database, args) {
    database.sessions.end(args.list('endSessions') ?? []);
    return {};
  },
};

export const diagnostics: Commands = {
  hello: hello(false),
  isMaster: hello(true),
  ismaster: hello(true),
  ping: nothing,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  getParameter,
  connectionStatus,
  hostInfo,
  whatsmyuri,
  endSessions,
  killSessions: nothing,
  refreshSessions: nothing,
};
