import { decode } from './bson/decode';
import { Rank } from './bson/values';
import type { Database } from './commands/command';
import type { Index } from './index/definition';
import { encodeKey } from './index/key-encoding';
import type { Collection } from './storage/catalogue';
import { afterPrefix, asBuffer, idPrefix, readRecordId } from './storage/environment';

const PIECE = 1000;

/**
 * Removes what has expired by the clock, through the TTL indexes. A document expires when the earliest
 * date in its field lies `expireAfterSeconds` back.
 * @returns how many were removed
 */
export async function removeExpired(database: Database): Promise<number> {
  let removed = 0;
  for (const collection of database.catalogue.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      const before = new Date(database.clock.now().getTime() - index.expireAfterSeconds * 1000);
      for (let piece = PIECE; piece === PIECE; removed += piece) {
        piece = hasExpired(database, index, before)
          ? await removePiece(database, collection, index, before)
          : 0;
      }
    }
  }
  return removed;
}

function expiredRange(index: Index, before: Date) {
  const descending = index.fields[0]?.descending === true;
  const prefix = idPrefix(index.id);
  const date = Buffer.concat([prefix, encodeKey(before, descending)]);
  const bracket = Buffer.concat([prefix, Buffer.from([descending ? 255 - Rank.date : Rank.date])]);
  return descending ? { start: date, end: afterPrefix(bracket) } : { start: bracket, end: afterPrefix(date) };
}

/** A look into the index, so that an idle server writes nothing. */
function hasExpired(database: Database, index: Index, before: Date): boolean {
  const [first] = database.environment.entries.getKeys({ ...expiredRange(index, before), limit: 1 });
  return first !== undefined;
}

function removePiece(database: Database, planned: Collection, index: Index, before: Date): Promise<number> {
  return database.catalogue.write(() => {
    const collection = database.catalogue.findForWrite(planned.namespace);
    if (!collection?.indexes.some((one) => one.id === index.id)) return 0;
    const range = { ...expiredRange(index, before), limit: PIECE };
    const ids = new Set(
      [...database.environment.entries.getRange(range)].map(({ value }) => readRecordId(asBuffer(value), 0)),
    );
    for (const id of ids) {
      const bytes = database.records.read(collection, id);
      if (bytes) database.records.remove(collection, id, decode(bytes));
    }
    return ids.size;
  });
}
