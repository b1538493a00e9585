import { encode } from '../bson/encode';
import { type Document, document } from '../bson/values';
import { failedToParse } from '../errors';
import { parseFilter } from '../query/parse-filter';
import { compileProjection } from '../query/projection';
import type { Found } from '../query/search';
import { parseSort } from '../query/sort';
import type { Collection } from '../storage/catalogue';
import { parseChange } from '../update/change';
import { Raw, type Reply } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Command, Commands, Database } from './command';
import { changeDocument, findAll, idOf, upsertDocument } from './modify';
import { contextOf, expressionsIn } from './reading';
import { arrayFilters } from './update';

const findAndModify: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
  ],
  run(database, args) {
    args.refuseCollation();
    const removes = args.flag('remove');
    if (removes && args.get('update') !== undefined)
      throw failedToParse("Cannot specify both an 'update' and 'remove'=true");
    if (removes && args.flag('new'))
      throw failedToParse(
        "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
      );
    if (removes && args.flag('upsert'))
      throw failedToParse("Cannot specify both 'upsert'=true and 'remove'=true");
    if (!removes && args.get('update') === undefined)
      throw failedToParse('Either an update or remove=true must be specified');
    return database.catalogue.write(() => (removes ? remove(database, args) : update(database, args)));
  },
};

function remove(database: Database, args: Arguments): Reply {
  const { collection, found } = findOne(database, args, args.document('fields') !== undefined);
  if (!collection || !found) return { lastErrorObject: document({ n: 0 }), value: null };
  database.records.remove(collection, found.id, found.document());
  return {
    lastErrorObject: document({ n: 1 }),
    value: projected(database, args, found.document(), found.bytes, found.position),
  };
}

function update(database: Database, args: Arguments): Reply {
  const context = contextOf(database, args, 'writing');
  const change = parseChange(args.get('update'), arrayFilters(args.get('arrayFilters')), context);
  const bypass = args.flag('bypassDocumentValidation');
  const { collection, found } = findOne(database, args, change.kind === 'operators');
  if (collection && found) {
    const changed = changeDocument(database, collection, found, change, bypass);
    const value = args.flag('new')
      ? projected(database, args, changed.after, changed.bytes, found.position)
      : projected(database, args, changed.before, found.bytes, found.position);
    return { lastErrorObject: document({ n: 1, updatedExisting: true }), value };
  }
  if (!args.flag('upsert'))
    return { lastErrorObject: document({ n: 0, updatedExisting: false }), value: null };
  const home = collection ?? database.catalogue.create(args.database, args.collection, new Map());
  const filter = parseFilter(args.document('query') ?? new Map());
  const { value, bytes } = upsertDocument(database, home, filter, change, bypass);
  return {
    lastErrorObject: document({ n: 1, updatedExisting: false, upserted: idOf(value) }),
    value: args.flag('new') ? projected(database, args, value, bytes) : null,
  };
}

function findOne(
  database: Database,
  args: Arguments,
  positions: boolean,
): { collection: Collection | undefined; found: Found | undefined } {
  const options = {
    filter: parseFilter(args.document('query') ?? new Map()),
    sort: parseSort(args.get('sort')),
    hint: args.get('hint'),
    limit: 1,
    positions,
    compileExpression: expressionsIn(contextOf(database, args, 'writing')),
  };
  const collection = database.catalogue.findForWrite(args.namespace);
  const [found] = collection ? findAll(database, collection, options) : [];
  return { collection, found };
}

function projected(
  database: Database,
  args: Arguments,
  root: Document,
  bytes: Buffer,
  position?: number,
): Raw {
  const fields = args.document('fields');
  if (!fields || fields.size === 0) return new Raw(bytes);
  const { compiler, variables } = contextOf(database, args, 'writing');
  return new Raw(encode(compileProjection(fields, compiler, true)(root, { root, variables }, position)));
}

export const findingAndModifying: Commands = { findAndModify, findandmodify: findAndModify };
