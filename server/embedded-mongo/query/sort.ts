import { type Document, isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { badValue, MongoError } from '../errors';
import { type KeyField, keysOf } from '../index/keys-of';
import { splitPath } from './path';

export type SortField = KeyField;

/** @throws MongoError for anything but 1 and -1 */
export function parseSort(value: Value | undefined): SortField[] {
  if (value === undefined || value === null) return [];
  if (!isDocument(value)) throw new MongoError(14, 'sort must be an object');
  return [...value].map(([name, direction]) => {
    if (isDocument(direction))
      throw badValue(`the embedded database cannot sort by ${[...direction.keys()].join()}`);
    if (!isNumber(direction)) throw new MongoError(15974, `Illegal key in $sort specification: ${name}`);
    const way = toNumber(direction);
    if (way !== 1 && way !== -1) {
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (name === '' || name.split('.').includes(''))
      throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
    if (name.startsWith('$') && name !== '$natural') {
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    return { name, path: splitPath(name), descending: way === -1 };
  });
}

/** Bytes that compare as the documents do; of an array, its lowest (or, descending, highest) element counts. */
export function sortKey(document: Document, fields: readonly SortField[]): Buffer {
  const keys = keysForSorting(document, fields);
  const [first, ...others] = keys;
  if (!first) throw new Error('a document has at least one key');
  return others.reduce((low, key) => (Buffer.compare(key, low) < 0 ? key : low), first);
}

function keysForSorting(document: Document, fields: readonly SortField[]): readonly Buffer[] {
  try {
    return keysOf(document, fields, false).keys;
  } catch (error) {
    if (!(error instanceof MongoError) || error.code !== 171) throw error;
    throw badValue(
      'Executor error during find command :: caused by :: cannot sort with keys that are parallel arrays',
    );
  }
}

const MAX_SORT_BYTES = 100 * 1024 * 1024;

/**
 * Sorts in memory, keeping no more than `limit` items.
 * @throws MongoError 292 beyond 100 MB, as MongoDB without allowDiskUse
 */
export class Sorter<T> {
  private items: { readonly key: Buffer; readonly item: T; readonly size: number }[] = [];
  private bytes = 0;

  constructor(private readonly limit: number = Number.POSITIVE_INFINITY) {}

  add(key: Buffer, item: T, size: number): void {
    this.items.push({ key, item, size });
    this.bytes += size + key.length;
    if (this.items.length > this.limit * 2 + 1000) this.prune();
    if (this.bytes > MAX_SORT_BYTES) this.prune();
    if (this.bytes > MAX_SORT_BYTES) {
      throw new MongoError(
        292,
        'Sort exceeded memory limit of 104857600 bytes, and the embedded database does not sort on disk.',
      );
    }
  }

  sorted(): T[] {
    this.prune();
    return this.items.map((entry) => entry.item);
  }

  private prune(): void {
    this.items.sort((a, b) => Buffer.compare(a.key, b.key));
    if (this.items.length > this.limit) this.items.length = this.limit;
    this.bytes = this.items.reduce((sum, entry) => sum + entry.size + entry.key.length, 0);
  }
}
