import { EJSON } from 'bson';
import { type Document, MongoClient, type MongoError, MongoServerError } from 'mongodb';
import { SERVER_VERSION } from '../../embedded-mongo/commands/diagnostics';
import { difference } from './matches';
import { type Entities, runOperation, UnknownOperation } from './operations';

export interface Verdict {
  readonly test: string;
  readonly kind: 'passed' | 'refused' | 'failed' | 'skipped';
  readonly reason: string;
}

/** Node's driver would give a document whose `_id` is null another one. */
const AS_WRITTEN = { forceServerObjectId: true };

/** Runs one file of the unified test format: each test on fresh data, through clients of its own. */
export async function runSpecFile(file: unknown, uri: string): Promise<Verdict[]> {
  const spec = asDocument(file);
  const verdicts: Verdict[] = [];
  for (const test of spec.tests ?? []) {
    const requirements = test.runOnRequirements ?? spec.runOnRequirements;
    const verdict = (kind: Verdict['kind'], reason = '') =>
      verdicts.push({ test: test.description, kind, reason });
    if (test.skipReason !== undefined || !isMet(spec.runOnRequirements) || !isMet(requirements)) {
      verdict('skipped', test.skipReason);
      continue;
    }
    try {
      const problem = await runTest(spec, test, uri);
      if (problem === undefined) verdict('passed');
      else verdict('failed', problem);
    } catch (error) {
      verdict(isRefusal(error) ? 'refused' : 'failed', String(error));
    }
  }
  return verdicts;
}

function asDocument(value: unknown): Document {
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('not a test file');
}

/** One of the alternatives must hold; this server is a standalone of the version it names. */
function isMet(alternatives: readonly Document[] | undefined): boolean {
  if (!alternatives) return true;
  return alternatives.some(
    ({ minServerVersion = '0', maxServerVersion = '99', topologies, serverless }) =>
      compareVersions(SERVER_VERSION, minServerVersion) >= 0 &&
      compareVersions(SERVER_VERSION, maxServerVersion) <= 0 &&
      (!topologies || topologies.includes('single')) &&
      serverless !== 'require',
  );
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const order = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** What the server says it does not do, or a command it says it does not know. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  return error.code === 59 || error.code === 238 || error.message.includes('the embedded database');
}

/** @returns what went wrong, if anything */
async function runTest(spec: Document, test: Document, uri: string): Promise<string | undefined> {
  const clients = new Map<string, MongoClient>();
  const databases: Entities['databases'] & Map<string, ReturnType<MongoClient['db']>> = new Map();
  const collections = new Map();
  try {
    for (const { client, database, collection } of spec.createEntities) {
      if (client)
        clients.set(client.id, await new MongoClient(uri, { ...AS_WRITTEN, ...client.uriOptions }).connect());
      if (database) databases.set(database.id, existing(clients, database.client).db(database.databaseName));
      if (collection)
        collections.set(
          collection.id,
          existing(databases, collection.database).collection(collection.collectionName),
        );
    }
    await fill(spec.initialData ?? [], uri);
    const entities: Entities = { clients, databases, collections };
    for (const operation of test.operations) {
      const problem = await runExpecting(entities, operation);
      if (problem) return `${operation.name}: ${problem}`;
    }
    return await outcomeDifference(test.outcome ?? [], uri);
  } finally {
    for (const client of clients.values()) await client.close();
  }
}

function existing<T>(entities: ReadonlyMap<string, T>, id: string): T {
  const entity = entities.get(id);
  if (!entity) throw new Error(`no entity ${id}`);
  return entity;
}

async function runExpecting(entities: Entities, operation: Document): Promise<string | undefined> {
  const { expectError, expectResult, ignoreResultAndError } = operation;
  try {
    const result = await runOperation(entities, operation);
    if (expectError) return 'an error was expected';
    return expectResult === undefined ? undefined : difference(expectResult, result);
  } catch (error) {
    if (ignoreResultAndError) return undefined;
    if (!expectError || error instanceof UnknownOperation || isRefusal(error)) throw error;
    return errorDifference(expectError, error);
  }
}

function errorDifference(expected: Document, error: unknown): string | undefined {
  const server = error instanceof MongoServerError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (expected.isClientError === true && server) return `a client error was expected: ${message}`;
  if (expected.isClientError === false && !server) return `a server error was expected: ${message}`;
  if (expected.errorCode !== undefined && server?.code !== expected.errorCode)
    return `code ${server?.code} instead of ${expected.errorCode}`;
  if (expected.errorContains && !message.toLowerCase().includes(expected.errorContains.toLowerCase())) {
    return `"${message}" lacks "${expected.errorContains}"`;
  }
  if (expected.errorResponse) return difference(expected.errorResponse, responseOf(server));
  if (expected.expectResult)
    return difference(expected.expectResult, partialResult(server), 'partial result');
  return undefined;
}

function responseOf(error: MongoError | undefined): unknown {
  return error && 'errorResponse' in error ? error.errorResponse : undefined;
}

function partialResult(error: MongoError | undefined): unknown {
  return error && 'result' in error ? EJSON.deserialize(EJSON.serialize(error.result ?? {})) : undefined;
}

async function fill(initialData: readonly Document[], uri: string): Promise<void> {
  const client = await new MongoClient(uri).connect();
  try {
    for (const { databaseName, collectionName, documents } of initialData) {
      const database = client.db(databaseName);
      await database.dropCollection(collectionName);
      if (documents.length > 0) await database.collection(collectionName).insertMany(documents);
      else await database.createCollection(collectionName);
    }
  } finally {
    await client.close();
  }
}

async function outcomeDifference(outcome: readonly Document[], uri: string): Promise<string | undefined> {
  const client = await new MongoClient(uri).connect();
  try {
    for (const { databaseName, collectionName, documents } of outcome) {
      const actual = await client
        .db(databaseName)
        .collection(collectionName)
        .find({})
        .sort({ _id: 1 })
        .toArray();
      const problem = difference(documents, actual, collectionName, false);
      if (problem) return problem;
    }
    return undefined;
  } finally {
    await client.close();
  }
}
