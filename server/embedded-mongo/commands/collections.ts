import { Double, Long } from 'bson';
import { equalValues } from '../bson/compare';
import { type Document, document, isNumber, toNumber } from '../bson/values';
import { badValue, MongoError } from '../errors';
import { compileMatcher } from '../query/matcher';
import { parseFilter } from '../query/parse-filter';
import type { Collection } from '../storage/catalogue';
import type { Reply } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Command, Commands, Database } from './command';
import { documentBatches } from './reading';

const create: Command = {
  fields: [
    'capped',
    'size',
    'max',
    'validator',
    'validationLevel',
    'validationAction',
    'collation',
    'viewOn',
    'pipeline',
    'timeseries',
    'expireAfterSeconds',
    'clusteredIndex',
    'indexOptionDefaults',
    'storageEngine',
    'autoIndexId',
    'encryptedFields',
    'changeStreamPreAndPostImages',
  ],
  async run(database, args) {
    args.refuseCollation();
    for (const name of ['viewOn', 'timeseries', 'clusteredIndex', 'encryptedFields']) {
      if (args.get(name) !== undefined)
        throw new MongoError(238, `the embedded database does not offer ${name}`);
    }
    if (args.flag('capped')) throw new MongoError(238, 'the embedded database has no capped collections');
    const options: Document = new Map();
    for (const name of ['validator', 'validationLevel', 'validationAction']) {
      const value = args.get(name);
      if (value !== undefined && value !== null) options.set(name, value);
    }
    const validator = args.document('validator');
    if (validator) compileMatcher(parseFilter(validator));
    await database.catalogue.write(() => {
      const existing = database.catalogue.findForWrite(args.namespace);
      if (existing && equalValues(existing.options, options)) return;
      database.catalogue.create(args.database, args.collection, options);
    });
    return {};
  },
};

const collMod: Command = {
  fields: ['validator', 'validationLevel', 'validationAction', 'index'],
  async run(database, args) {
    if (args.get('index') !== undefined)
      throw new MongoError(238, 'the embedded database changes no index: drop and create it');
    const validator = args.document('validator');
    if (validator) compileMatcher(parseFilter(validator));
    await database.catalogue.write(() => {
      const collection = existing(database, args);
      const options = new Map(collection.options);
      for (const name of ['validator', 'validationLevel', 'validationAction']) {
        const value = args.get(name);
        if (value !== undefined && value !== null) options.set(name, value);
      }
      database.catalogue.replaceOptions(collection, options);
    });
    return {};
  },
};

function existing(database: Database, args: Arguments): Collection {
  const collection = database.catalogue.findForWrite(args.namespace);
  if (collection) return collection;
  throw new MongoError(26, `ns does not exist: ${args.namespace}`);
}

const drop: Command = {
  fields: [],
  async run(database, args) {
    const dropped = await database.catalogue.write(() => {
      const collection = database.catalogue.findForWrite(args.namespace);
      if (collection) database.catalogue.drop(collection);
      return collection;
    });
    if (!dropped) return {};
    database.cursors.killNamespace(args.namespace);
    return { nIndexesWas: dropped.indexes.length, ns: args.namespace };
  },
};

const dropDatabase: Command = {
  fields: [],
  async run(database, args) {
    const dropped = await database.catalogue.write(() => {
      const own = [...database.catalogue.allForWrite()].filter((one) => one.database === args.database);
      for (const collection of own) database.catalogue.drop(collection);
      return own;
    });
    for (const { namespace } of dropped) database.cursors.killNamespace(namespace);
    return dropped.length > 0 ? { dropped: args.database } : {};
  },
};

const renameCollection: Command = {
  fields: ['to', 'dropTarget', 'stayTemp'],
  async run(database, args) {
    if (args.database !== 'admin')
      throw new MongoError(13, 'renameCollection may only be run against the admin database.');
    const from = args.collection;
    const to = args.required('to', args.text('to'));
    const dot = to.indexOf('.');
    if (dot < 1) throw new MongoError(73, `Invalid target namespace: ${to}`);
    if (from === to) throw new MongoError(20, "Can't rename a collection to itself");
    await database.catalogue.write(() => {
      const collection = database.catalogue.findForWrite(from);
      if (!collection) throw new MongoError(26, `Source collection ${from} does not exist`);
      const target = database.catalogue.findForWrite(to);
      if (target && !args.flag('dropTarget')) throw new MongoError(48, 'target namespace exists');
      if (target) database.catalogue.drop(target);
      database.catalogue.rename(collection, to.slice(0, dot), to.slice(dot + 1));
    });
    database.cursors.killNamespace(from);
    database.cursors.killNamespace(to);
    return {};
  },
};

const listCollections: Command = {
  fields: ['filter', 'cursor', 'nameOnly', 'authorizedCollections'],
  run(database, args, connectionId) {
    const matches = compileMatcher(parseFilter(args.document('filter') ?? new Map()));
    const described = [...database.catalogue.all()]
      .filter((one) => one.database === args.database)
      .map((one) => describe(one, args.flag('nameOnly')))
      .filter((one) => matches(one));
    const size = args.document('cursor')?.get('batchSize');
    return database.cursors.start(
      `${args.database}.$cmd.listCollections`,
      documentBatches(described),
      isNumber(size) ? toNumber(size) : undefined,
      false,
      connectionId,
    );
  },
};

function describe(collection: Collection, nameOnly: boolean): Document {
  const brief = { name: collection.name, type: 'collection' };
  if (nameOnly) return document(brief);
  const [idIndex] = collection.indexes;
  return document({
    ...brief,
    options: collection.options,
    info: document({ readOnly: false, uuid: collection.uuid }),
    idIndex: idIndex?.spec,
  });
}

const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(database, args) {
    if (args.database !== 'admin')
      throw new MongoError(13, 'listDatabases may only be run against the admin database.');
    const matches = compileMatcher(parseFilter(args.document('filter') ?? new Map()));
    const names = [...new Set([...database.catalogue.all()].map((one) => one.database))].sort();
    const nameOnly = args.flag('nameOnly');
    let total = 0;
    const databases = names.flatMap((name) => {
      if (nameOnly) return matches(document({ name })) ? [document({ name })] : [];
      const { size } = sizes(database, collectionsOf(database, name));
      const described = document({ name, sizeOnDisk: Long.fromNumber(size), empty: size === 0 });
      if (!matches(described)) return [];
      total += size;
      return [described];
    });
    return nameOnly
      ? { databases }
      : {
          databases,
          totalSize: Long.fromNumber(total),
          totalSizeMb: Long.fromNumber(Math.floor(total / 2 ** 20)),
        };
  },
};

function collectionsOf(database: Database, name: string): Collection[] {
  return [...database.catalogue.all()].filter((one) => one.database === name);
}

function sizes(database: Database, collections: readonly Collection[]): { count: number; size: number } {
  let count = 0;
  let size = 0;
  for (const collection of collections) {
    for (const { bytes } of database.records.scan(collection, false)) {
      count++;
      size += bytes.length;
    }
  }
  return { count, size };
}

const collStats: Command = {
  fields: ['scale'],
  run(database, args) {
    const collection = database.catalogue.find(args.namespace);
    const { count, size } = sizes(database, collection ? [collection] : []);
    return {
      ns: args.namespace,
      count,
      size: scaled(args, size),
      avgObjSize: count > 0 ? Math.floor(size / count) : 0,
      storageSize: scaled(args, size),
      nindexes: collection?.indexes.length ?? 0,
      capped: false,
    };
  },
};

const dbStats: Command = {
  fields: ['scale', 'freeStorage'],
  run(database, args): Reply {
    const own = collectionsOf(database, args.database);
    const { count, size } = sizes(database, own);
    return {
      db: args.database,
      collections: own.length,
      views: 0,
      objects: count,
      dataSize: new Double(scaled(args, size)),
      storageSize: new Double(scaled(args, size)),
      indexes: own.reduce((total, one) => total + one.indexes.length, 0),
    };
  },
};

function scaled(args: Arguments, bytes: number): number {
  const scale = args.get('scale');
  if (scale === undefined || scale === null) return bytes;
  if (!isNumber(scale) || toNumber(scale) < 1) throw badValue('scale must be a number >= 1');
  return Math.floor(bytes / toNumber(scale));
}

export const collections: Commands = {
  create,
  collMod,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
};
