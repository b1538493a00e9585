import { decode } from '../bson/decode';
import { format } from '../bson/format';
import { type Document, document, type Value } from '../bson/values';
import { MongoError } from '../errors';
import type { Index } from '../index/definition';
import { keysOf } from '../index/keys-of';
import { plainValue } from '../query/path';
import type { Catalogue, Collection } from './catalogue';
import {
  afterPrefix,
  asBuffer,
  documentKey,
  type Environment,
  idPrefix,
  MAX_KEY_BYTES,
  type RecordId,
  readRecordId,
  recordIdBytes,
} from './environment';

export interface StoredDocument {
  readonly id: RecordId;
  readonly bytes: Buffer;
}

interface IndexChange {
  readonly index: Index;
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
}

/** Documents and their index entries, always changed together. Writes belong inside `Catalogue.write`. */
export class Records {
  constructor(
    private readonly environment: Environment,
    private readonly catalogue: Catalogue,
  ) {}

  read(collection: Collection, id: RecordId): Buffer | undefined {
    const bytes = this.environment.documents.get(documentKey(collection.id, id));
    return bytes && asBuffer(bytes);
  }

  /** In the order of insertion, or backwards, from after a record already seen. */
  *scan(collection: Collection, reverse: boolean, after?: RecordId): Generator<StoredDocument> {
    const prefix = idPrefix(collection.id);
    const first = after === undefined ? prefix : documentKey(collection.id, after);
    const range = reverse
      ? {
          start: after === undefined ? afterPrefix(prefix) : first,
          end: prefix,
          reverse,
          exclusiveStart: true,
        }
      : { start: first, end: afterPrefix(prefix), exclusiveStart: after !== undefined };
    for (const { key, value } of this.environment.documents.getRange(range)) {
      yield { id: readRecordId(asBuffer(key), 4), bytes: asBuffer(value) };
    }
  }

  count(collection: Collection): number {
    const prefix = idPrefix(collection.id);
    return this.environment.documents.getKeysCount({ start: prefix, end: afterPrefix(prefix) });
  }

  /** @throws MongoError 11000 before anything is written */
  insert(collection: Collection, value: Document, bytes: Buffer): RecordId {
    const id = this.takeRecordId(collection);
    const changes = collection.indexes.map((index) => this.change(collection, index, undefined, value));
    this.assertUnique(collection, changes, id, value);
    void this.environment.documents.put(documentKey(collection.id, id), bytes);
    this.apply(changes, id);
    return id;
  }

  /** @throws MongoError 11000 before anything is written */
  replace(collection: Collection, id: RecordId, before: Document, after: Document, bytes: Buffer): void {
    const changes = collection.indexes.map((index) => this.change(collection, index, before, after));
    this.assertUnique(collection, changes, id, after);
    void this.environment.documents.put(documentKey(collection.id, id), bytes);
    this.apply(changes, id);
  }

  remove(collection: Collection, id: RecordId, before: Document): void {
    const changes = collection.indexes.map((index) => this.change(collection, index, before, undefined));
    void this.environment.documents.remove(documentKey(collection.id, id));
    this.apply(changes, id);
  }

  /** Fills a new index from the documents there are. @throws MongoError 11000 if they break its uniqueness */
  build(collection: Collection, index: Index): void {
    const ids = Array.from(this.scan(collection, false), ({ id }) => id);
    for (const id of ids) {
      const bytes = this.read(collection, id);
      if (!bytes) continue;
      const value = decode(bytes);
      const changes = [this.change(collection, index, undefined, value)];
      this.assertUnique(collection, changes, id, value);
      this.apply(changes, id);
    }
  }

  private takeRecordId(collection: Collection): RecordId {
    if (collection.recordIds.last === undefined) {
      const [last] = this.scan(collection, true);
      collection.recordIds.last = last?.id ?? 0;
    }
    collection.recordIds.last += 1;
    return collection.recordIds.last;
  }

  private change(
    collection: Collection,
    index: Index,
    before: Document | undefined,
    after: Document | undefined,
  ): IndexChange {
    if (before && after && index.dependsOn.every((name) => before.get(name) === after.get(name))) {
      return { index, removed: [], added: [] };
    }
    const old = before ? this.keys(collection, index, before) : [];
    const next = after ? this.keys(collection, index, after) : [];
    if (old.length === 0 || next.length === 0) return { index, removed: old, added: next };
    return { index, removed: without(old, next), added: without(next, old) };
  }

  private keys(collection: Collection, index: Index, value: Document): readonly Buffer[] {
    if (!index.covers(value)) return [];
    const { keys, arrays } = keysOf(value, index.fields, index.sparse);
    if (arrays.size > 0) this.catalogue.noteArrays(collection, index, arrays);
    return keys;
  }

  private assertUnique(
    collection: Collection,
    changes: readonly IndexChange[],
    id: RecordId,
    value: Document,
  ): void {
    for (const { index, added } of changes) {
      for (const key of added) {
        assertLength(index, key);
        if (!index.unique) continue;
        const holder = this.environment.entries.get(Buffer.concat([idPrefix(index.id), key]));
        if (holder && readRecordId(asBuffer(holder), 0) !== id)
          throw duplicateKeyError(collection, index, value);
      }
    }
  }

  private apply(changes: readonly IndexChange[], id: RecordId): void {
    const idBytes = recordIdBytes(id);
    const { entries } = this.environment;
    for (const { index, removed, added } of changes) {
      const prefix = idPrefix(index.id);
      const entry = (key: Buffer) => Buffer.concat(index.unique ? [prefix, key] : [prefix, key, idBytes]);
      for (const key of removed) void entries.remove(entry(key));
      for (const key of added) void entries.put(entry(key), idBytes);
    }
  }
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] {
  return keys.filter((key) => !others.some((other) => other.equals(key)));
}

function assertLength(index: Index, key: Buffer): void {
  const length = key.length + 4 + (index.unique ? 0 : 8);
  if (length <= MAX_KEY_BYTES) return;
  throw new MongoError(
    17280,
    `the embedded database indexes keys of at most ${MAX_KEY_BYTES} bytes: ` +
      `${length} bytes for index ${index.name}`,
  );
}

/** E11000 in the form that drivers and mongoose read. */
export function duplicateKeyError(collection: Collection, index: Index, value: Document): MongoError {
  const keyValue: Document = new Map();
  for (const field of index.fields) keyValue.set(field.name, indexedValue(value, field.path));
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} ` +
      `dup key: ${format(keyValue)}`,
    document({ keyPattern: index.keyPattern, keyValue }),
  );
}

const indexedValue = (value: Document, path: readonly string[]): Value => plainValue(value, path) ?? null;
