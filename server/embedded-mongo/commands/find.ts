import { Long } from 'bson';
import { compareValues } from '../bson/compare';
import { encode } from '../bson/encode';
import type { Value } from '../bson/values';
import { isNumber, toNumber } from '../bson/values';
import { badValue, MongoError } from '../errors';
import { compileInclusion } from '../query/inclusion';
import { parseFilter } from '../query/parse-filter';
import { splitPath, visitPath } from '../query/path';
import { compileProjection } from '../query/projection';
import type { Found } from '../query/search';
import { Search } from '../query/search';
import { parseSort } from '../query/sort';
import type { Arguments } from './arguments';
import type { Command, Commands, Database } from './command';
import { contextOf, expressionsIn, searchBatches } from './reading';

const find: Command = {
  fields: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'let',
    'allowDiskUse',
    'noCursorTimeout',
    'allowPartialResults',
    'awaitData',
    'tailable',
    'returnKey',
    'showRecordId',
    'min',
    'max',
  ],
  run(database, args, connectionId) {
    for (const name of ['awaitData', 'tailable', 'returnKey', 'showRecordId'] as const) {
      if (args.flag(name)) throw new MongoError(238, `the embedded database does not offer ${name}`);
    }
    if (args.document('min')?.size || args.document('max')?.size)
      throw new MongoError(238, 'the embedded database does not offer min and max');
    const search = searchFor(database, args);
    if (!search)
      return database.cursors.start(args.namespace, { take: () => 'end' }, undefined, true, connectionId);
    const present = presenter(database, args);
    return database.cursors.start(
      args.namespace,
      searchBatches(search, present),
      args.count('batchSize'),
      args.flag('singleBatch'),
      connectionId,
    );
  },
};

/** The search a find describes; undefined when there is no such collection. Its arguments are checked either way. */
export function searchFor(database: Database, args: Arguments): Search | undefined {
  args.refuseCollation();
  const context = contextOf(database, args, 'committed');
  const limit = args.count('limit') || Number.POSITIVE_INFINITY;
  const projection = args.document('projection');
  const { deadline } = args;
  const options = {
    filter: parseFilter(args.document('filter') ?? new Map()),
    sort: parseSort(args.get('sort')),
    hint: args.get('hint'),
    skip: args.count('skip') ?? 0,
    limit,
    compileExpression: expressionsIn(context),
    positions: projection !== undefined && [...projection.keys()].some((name) => name.endsWith('.$')),
    ...(deadline === undefined ? {} : { deadline }),
  };
  const collection = database.catalogue.find(args.namespace);
  return collection && new Search(database, collection, options);
}

function presenter(database: Database, args: Arguments): (found: Found) => Buffer {
  const projection = args.document('projection');
  if (!projection || projection.size === 0) return (found) => found.bytes;
  const context = contextOf(database, args, 'committed');
  const project = compileProjection(projection, context.compiler, true);
  const include = compileInclusion(projection);
  if (include) return (found) => include(found.bytes);
  return (found) => {
    const root = found.document();
    return encode(project(root, { root, variables: context.variables }, found.position));
  };
}

const getMore: Command = {
  fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  run(database, args) {
    const id = args.get('getMore');
    if (!(id instanceof Long))
      throw new MongoError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const collection = args.required('collection', args.text('collection'));
    return database.cursors.next(id, `${args.database}.${collection}`, args.count('batchSize'));
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  run(database, args) {
    const cursorsKilled: Value[] = [];
    const cursorsNotFound: Value[] = [];
    for (const id of args.required('cursors', args.list('cursors'))) {
      if (!(id instanceof Long))
        throw new MongoError(14, "BSON field 'killCursors.cursors' takes values of type 'long'");
      if (database.cursors.kill(id)) cursorsKilled.push(id);
      else cursorsNotFound.push(id);
    }
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
  },
};

const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run(database, args) {
    const collection = database.catalogue.find(args.namespace);
    const filter = parseFilter(args.document('query') ?? new Map());
    args.refuseCollation();
    const limit = args.get('limit');
    const most = isNumber(limit) ? Math.abs(toNumber(limit)) : 0;
    const skip = args.count('skip') ?? 0;
    if (!collection) return { n: 0 };
    const hint = args.get('hint');
    const all =
      filter.kind === 'always' && hint === undefined
        ? database.records.count(collection)
        : new Search(database, collection, {
            filter,
            hint,
            compileExpression: expressionsIn(contextOf(database, args, 'committed')),
          }).countAll();
    const left = Math.max(0, all - skip);
    return { n: most > 0 ? Math.min(left, most) : left };
  },
};

const distinct: Command = {
  fields: ['key', 'query', 'collation', 'hint'],
  run(database, args) {
    args.refuseCollation();
    const key = args.required('key', args.text('key'));
    if (key === '' || key.includes('\0')) throw badValue('distinct takes a field name');
    const filter = parseFilter(args.document('query') ?? new Map());
    const collection = database.catalogue.find(args.namespace);
    if (!collection) return { values: [] };
    const search = new Search(database, collection, {
      filter,
      hint: args.get('hint'),
      compileExpression: expressionsIn(contextOf(database, args, 'committed')),
    });
    return { values: distinctValues(search, splitPath(key)) };
  },
};

/** The values at a path, arrays by their elements, each once. */
function distinctValues(search: Search, path: readonly string[]): Value[] {
  const values: Value[] = [];
  for (const found of search.run()) {
    visitPath(found.document(), path, false, (value) => {
      if (Array.isArray(value)) values.push(...value);
      else if (value !== undefined) values.push(value);
      return false;
    });
  }
  values.sort(compareValues);
  return values.filter((value, i) => i === 0 || compareValues(values[i - 1], value) !== 0);
}

export const reading: Commands = { find, getMore, killCursors, count, distinct };
