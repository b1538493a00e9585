import type { Collection, Db, Document, MongoClient } from 'mongodb';

export interface Entities {
  readonly clients: ReadonlyMap<string, MongoClient>;
  readonly databases: ReadonlyMap<string, Db>;
  readonly collections: ReadonlyMap<string, Collection>;
}

/** An operation this runner, not the server, has no words for. */
export class UnknownOperation extends Error {}

type Run = (target: Collection, args: Document) => Promise<unknown>;

/** The driver calls that the test format names. */
const ON_COLLECTION: Readonly<Record<string, Run>> = {
  aggregate: (on, { pipeline, ...options }) => on.aggregate(pipeline, options).toArray(),
  bulkWrite: (on, { requests, ...options }) => on.bulkWrite(requests, options),
  countDocuments: (on, { filter, ...options }) => on.countDocuments(filter, options),
  createIndex: (on, { keys, ...options }) => on.createIndex(keys, options),
  deleteMany: (on, { filter, ...options }) => on.deleteMany(filter, options),
  deleteOne: (on, { filter, ...options }) => on.deleteOne(filter, options),
  distinct: (on, { fieldName, filter, ...options }) => on.distinct(fieldName, filter, options),
  estimatedDocumentCount: (on, options) => on.estimatedDocumentCount(options),
  find: (on, { filter, ...options }) => on.find(filter, options).toArray(),
  findOne: (on, { filter, ...options }) => on.findOne(filter, options),
  findOneAndDelete: (on, { filter, ...options }) => on.findOneAndDelete(filter, options),
  findOneAndReplace: (on, { filter, replacement, ...options }) =>
    on.findOneAndReplace(filter, replacement, lowerCaseReturn(options)),
  findOneAndUpdate: (on, { filter, update, ...options }) =>
    on.findOneAndUpdate(filter, update, lowerCaseReturn(options)),
  insertMany: (on, { documents, ...options }) => on.insertMany(documents, options),
  insertOne: (on, { document, ...options }) => on.insertOne(document, options),
  replaceOne: (on, { filter, replacement, ...options }) => on.replaceOne(filter, replacement, options),
  updateMany: (on, { filter, update, ...options }) => on.updateMany(filter, update, options),
  updateOne: (on, { filter, update, ...options }) => on.updateOne(filter, update, options),
};

export async function runOperation(entities: Entities, operation: Document): Promise<unknown> {
  const { name, object, arguments: args = {} } = operation;
  const collection = entities.collections.get(object);
  const run = ON_COLLECTION[name];
  if (collection && run) return run(collection, args);
  const database = entities.databases.get(object);
  if (database) return runOnDatabase(database, name, args);
  const client = entities.clients.get(args.client);
  if (name === 'failPoint' && client) return client.db('admin').command(args.failPoint);
  throw new UnknownOperation(`${name} on ${object}`);
}

async function runOnDatabase(database: Db, name: string, args: Document): Promise<unknown> {
  switch (name) {
    case 'aggregate': {
      const { pipeline, ...options } = args;
      return database.aggregate(pipeline, options).toArray();
    }
    case 'createCollection': {
      const { collection, ...options } = args;
      return database.createCollection(collection, options);
    }
    case 'dropCollection':
      return database.dropCollection(args.collection);
    case 'modifyCollection': {
      const { collection, ...options } = args;
      return database.command({ collMod: collection, ...options });
    }
    default:
      throw new UnknownOperation(`${name} on a database`);
  }
}

function lowerCaseReturn({ returnDocument, ...options }: Document): Document {
  return returnDocument ? { ...options, returnDocument: returnDocument.toLowerCase() } : options;
}
