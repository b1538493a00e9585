import { isNumber, toNumber } from '../bson/values';
import { MongoError } from '../errors';
import type { Request } from '../wire/connection';
import type { Reply } from '../wire/reply';
import { aggregating } from './aggregate';
import { Arguments } from './arguments';
import { collections } from './collections';
import type { Command, Database } from './command';
import { deleting } from './delete';
import { diagnostics } from './diagnostics';
import { explaining } from './explain';
import { configureFailPoint } from './fail-point';
import { undergo } from './fail-point-state';
import { reading } from './find';
import { findingAndModifying } from './find-and-modify';
import { indexing } from './indexes';
import { inserting } from './insert';
import { loseConnections } from './lose-connections';
import { updating } from './update';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...aggregating,
    ...collections,
    ...deleting,
    ...diagnostics,
    ...explaining,
    ...findingAndModifying,
    ...indexing,
    ...inserting,
    ...reading,
    ...updating,
    configureFailPoint,
    loseConnections,
  }),
);

/** Runs one command. @throws MongoError, in MongoDB's own words, for what is wrong with it or not offered */
export async function runCommand(database: Database, request: Request): Promise<Reply> {
  const name = request.body.keys().next().value ?? '';
  const command = COMMANDS.get(name);
  if (!command) throw new MongoError(59, `no such command: '${name}'`);
  const args = new Arguments(request, command.fields);
  refuseTransactions(args);
  checkConcerns(args);
  database.sessions.touch(args.get('lsid'), Date.now());
  const point = database.failPoints.take(name);
  if (point) await undergo(point);
  return command.run(database, args, request.connectionId);
}

function refuseTransactions(args: Arguments): void {
  if (
    args.get('txnNumber') === undefined &&
    args.get('startTransaction') === undefined &&
    args.get('autocommit') === undefined
  )
    return;
  throw new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}

/** One node: every acknowledged write is on disk, so that any concern a standalone accepts is met. */
function checkConcerns(args: Arguments): void {
  const w = args.document('writeConcern')?.get('w');
  if (isNumber(w) && toNumber(w) > 1)
    throw new MongoError(2, "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority')
    throw new MongoError(
      2,
      `cannot use non-majority 'w' mode ${w} when a host is not a member of a replica set`,
    );
  const level = args.document('readConcern')?.get('level');
  if (level !== undefined && !['local', 'available', 'majority'].includes(String(level))) {
    throw new MongoError(123, `node needs to be a replica set member to use readConcern ${String(level)}`);
  }
  const version = args.get('apiVersion');
  if (version !== undefined && version !== '1')
    throw new MongoError(322, 'Provided apiVersion is not supported; the embedded database knows "1"');
}
