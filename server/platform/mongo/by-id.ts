import DataLoader from 'dataloader';
import type { AnyObject, Model } from 'mongoose';

const MOST_AT_ONCE = 200;

/**
 * Reads records by a key. What is asked for within one turn of the event loop is fetched with one command: at the peak,
 * when thirty phones scan or WeChat reports thirty payments, this halves what the database has to answer. Nothing is
 * kept: every call sees at least what was written before it.
 *
 * @param fetch the records of different keys; some may be missing
 * @returns a function that answers the record as stored, or null
 */
export function readTogether<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string,
): (key: string) => Promise<T | null> {
  const loader = new DataLoader<string, T | null>(
    async (keys) => {
      const known = new Map((await fetch([...new Set(keys)])).map((record) => [keyOf(record), record]));
      return keys.map((key) => known.get(key) ?? null);
    },
    { cache: false, maxBatchSize: MOST_AT_ONCE, batchScheduleFn: (dispatch) => setImmediate(dispatch) },
  );
  return (key) => loader.load(key);
}

/** Straight from the driver: a stored record has nothing that mongoose would have to cast. */
export const readById = <T extends { _id: string }>(model: Model<T>): ((id: string) => Promise<T | null>) =>
  readTogether(
    async (ids) => {
      const filter: AnyObject = { _id: oneOrAnyOf(ids) };
      // While the connection is away, mongoose answers with a promise of the cursor.
      const cursor = await model.collection.find(filter);
      return (await cursor.toArray()) as AnyObject[] as T[];
    },
    ({ _id }) => _id,
  );

/** One look-up is cheaper than a set of one. */
const oneOrAnyOf = (keys: readonly string[]): string | { $in: string[] } | undefined =>
  keys.length === 1 ? keys[0] : { $in: [...keys] };
