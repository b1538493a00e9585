import { decode } from '../bson/decode';
import { assertFits, encode } from '../bson/encode';
import type { Document, Value } from '../bson/values';
import { MongoError } from '../errors';
import type { Filter } from '../query/filter';
import { type Found, Search, type SearchOptions } from '../query/search';
import type { Collection } from '../storage/catalogue';
import type { Change } from '../update/change';
import { documentFromFilter } from '../update/upsert';
import type { Database } from './command';
import { type Prepared, prepare, validate } from './writing';

/**
 * The matches, all found before the first is changed. They are remembered by their record ids and read again,
 * so that an update of many documents does not hold them all.
 */
export function findAll(database: Database, collection: Collection, options: SearchOptions): Found[] {
  const search = new Search(database, collection, options);
  if (options.limit === 1) return [...search.run()];
  return Array.from(search.run(), ({ id, position }) => {
    const read = () => {
      const bytes = database.records.read(collection, id);
      if (!bytes) throw new Error('a record found in this transaction is gone');
      return bytes;
    };
    return {
      id,
      position,
      get bytes() {
        return read();
      },
      document: () => decode(read()),
    };
  });
}

export interface Changed {
  readonly before: Document;
  readonly after: Document;
  readonly bytes: Buffer;
  readonly modified: boolean;
}

/** Applies a change to one stored document. Equal bytes mean that nothing was modified, and nothing is written. */
export function changeDocument(
  database: Database,
  collection: Collection,
  found: Found,
  change: Change,
  bypassValidation: boolean,
): Changed {
  const before = found.document();
  const after = change.apply(before, {
    now: database.clock.now(),
    position: found.position,
    inserting: false,
  });
  const bytes = assertFits(encode(after));
  const modified = !bytes.equals(found.bytes);
  if (modified) {
    validate(collection, after, bypassValidation);
    database.records.replace(collection, found.id, before, after, bytes);
  }
  return { before, after, bytes, modified };
}

/** Inserts what an upsert with no match makes of its filter and its change. */
export function upsertDocument(
  database: Database,
  collection: Collection,
  filter: Filter,
  change: Change,
  bypassValidation: boolean,
): Prepared {
  const start = documentFromFilter(filter, change.kind === 'replacement');
  const after = change.apply(start, { now: database.clock.now(), position: undefined, inserting: true });
  const prepared = prepare(after);
  validate(collection, prepared.value, bypassValidation);
  database.records.insert(collection, prepared.value, prepared.bytes);
  return prepared;
}

export function idOf(value: Document): Value {
  const id = value.get('_id');
  if (id === undefined) throw new MongoError(1, 'a stored document without _id');
  return id;
}
