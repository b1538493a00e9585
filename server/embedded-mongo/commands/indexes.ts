import { equalValues } from '../bson/compare';
import { format } from '../bson/format';
import { isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { MongoError } from '../errors';
import type { Index } from '../index/definition';
import { matchesExisting, normaliseSpec } from '../index/spec';
import type { Collection } from '../storage/catalogue';
import type { Command, Commands } from './command';
import { documentBatches } from './reading';

const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  run(database, args) {
    const wanted = args.required('indexes', args.documents('indexes'));
    if (wanted.length === 0) throw new MongoError(2, 'Must specify at least one index to create');
    const specs = wanted.map(normaliseSpec);
    const { catalogue, records } = database;
    return catalogue.write(() => {
      const known = catalogue.findForWrite(args.namespace);
      let collection = known ?? catalogue.create(args.database, args.collection, new Map());
      const before = collection.indexes.length;
      for (const spec of specs) {
        if (isIdIndex(spec.get('key') ?? null)) continue;
        if (
          matchesExisting(
            collection.indexes.map((index) => index.spec),
            spec,
          )
        )
          continue;
        const added = catalogue.addIndex(collection, spec);
        collection = added.collection;
        records.build(collection, added.index);
      }
      const after = collection.indexes.length;
      return {
        numIndexesBefore: before,
        numIndexesAfter: after,
        createdCollectionAutomatically: known === undefined,
        ...(after === before ? { note: 'all indexes already exist' } : {}),
      };
    });
  },
};

function isIdIndex(key: Value): boolean {
  if (!isDocument(key) || key.size !== 1) return false;
  const direction = key.get('_id');
  return isNumber(direction) && toNumber(direction) === 1;
}

const listIndexes: Command = {
  fields: ['cursor', 'includeBuildUUIDs'],
  run(database, args, connectionId) {
    const collection = database.catalogue.find(args.namespace);
    if (!collection) throw new MongoError(26, `ns does not exist: ${args.namespace}`);
    const size = args.document('cursor')?.get('batchSize');
    return database.cursors.start(
      args.namespace,
      documentBatches(collection.indexes.map((index) => index.spec)),
      isNumber(size) ? toNumber(size) : undefined,
      false,
      connectionId,
    );
  },
};

const dropIndexes: Command = {
  fields: ['index'],
  async run(database, args) {
    const wanted = args.required('index', args.get('index'));
    const { catalogue } = database;
    const before = await catalogue.write(() => {
      const collection = catalogue.findForWrite(args.namespace);
      if (!collection) throw new MongoError(26, `ns not found ${args.namespace}`);
      const doomed = doomedIndexes(collection, wanted);
      catalogue.replaceIndexes(
        collection,
        collection.indexes.filter((index) => !doomed.includes(index)),
      );
      return collection.indexes.length;
    });
    database.cursors.killNamespace(args.namespace);
    return { nIndexesWas: before };
  },
};

function doomedIndexes(collection: Collection, wanted: Value): readonly Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  const names = Array.isArray(wanted) ? wanted : [wanted];
  return names.map((name) => {
    const index = collection.indexes.find((one) =>
      isDocument(name) ? equalValues(one.keyPattern, name) : one.name === name,
    );
    if (!index) {
      const shown = isDocument(name)
        ? `can't find index with key: ${format(name)}`
        : `index not found with name [${String(name)}]`;
      throw new MongoError(27, shown);
    }
    if (index.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
    return index;
  });
}

export const indexing: Commands = { createIndexes, listIndexes, dropIndexes, deleteIndexes: dropIndexes };
