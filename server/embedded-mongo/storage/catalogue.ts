import { randomUUID } from 'node:crypto';
import { UUID } from 'bson';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { type Document, document, isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { defineIndex, type Index } from '../index/definition';
import { compileMatcher, type Matcher } from '../query/matcher';
import { parseFilter } from '../query/parse-filter';
import type { Environment, RecordId } from './environment';
import { asBuffer } from './environment';

export interface Collection {
  readonly id: number;
  readonly namespace: string;
  readonly database: string;
  readonly name: string;
  readonly uuid: UUID;
  readonly options: Document;
  readonly indexes: readonly Index[];
  /** A validator given at creation; undefined when there is none. */
  readonly validator: Matcher | undefined;
  /** The last record id given out in this process; undefined until it is first needed. */
  readonly recordIds: { last: RecordId | undefined };
}

type Collections = ReadonlyMap<string, Collection>;

const COUNTER_KEY = Buffer.from('\u0001next-id');

/**
 * Which collections and indexes there are. Writers see their own changes at once; readers see them when the
 * transaction has been committed, so that plan and data always belong together. Ids are never used twice.
 */
export class Catalogue {
  private published: Collections;
  private pending: Collections;
  private nextId: number;

  constructor(private readonly environment: Environment) {
    const collections = new Map<string, Collection>();
    let nextId = 1;
    for (const { key, value } of environment.catalogue.getRange({})) {
      const stored = decode(asBuffer(value));
      if (asBuffer(key).equals(COUNTER_KEY)) nextId = number(stored, 'next');
      else {
        const collection = read(asBuffer(key).toString(), stored);
        collections.set(collection.namespace, collection);
      }
    }
    this.published = collections;
    this.pending = collections;
    this.nextId = nextId;
  }

  /** For reads. */
  find(namespace: string): Collection | undefined {
    return this.published.get(namespace);
  }

  all(): Iterable<Collection> {
    return this.published.values();
  }

  /** For writes, inside their transaction. */
  findForWrite(namespace: string): Collection | undefined {
    return this.pending.get(namespace);
  }

  allForWrite(): Iterable<Collection> {
    return this.pending.values();
  }

  /** Runs one write; its catalogue changes vanish with it if it throws and are published once it is on disk. */
  async write<T>(action: () => T): Promise<T> {
    let after = this.pending;
    const result = await this.environment.write(() => {
      const before = this.pending;
      try {
        const value = action();
        after = this.pending;
        return value;
      } catch (error) {
        this.pending = before;
        throw error;
      }
    });
    this.published = after;
    return result;
  }

  create(database: string, name: string, options: Document): Collection {
    const namespace = `${database}.${name}`;
    if (this.pending.has(namespace)) throw new MongoError(48, `Collection ${namespace} already exists.`);
    assertName(database, name);
    const idIndex = defineIndex(
      this.takeId(),
      document({ v: 2, key: document({ _id: 1 }), name: '_id_' }),
      [],
    );
    const collection = build(this.takeId(), namespace, new UUID(randomUUID()), options, [idIndex]);
    this.save(collection);
    return collection;
  }

  findOrCreate(database: string, name: string): Collection {
    return this.pending.get(`${database}.${name}`) ?? this.create(database, name, new Map());
  }

  addIndex(collection: Collection, spec: Document): { collection: Collection; index: Index } {
    const index = defineIndex(this.takeId(), spec, []);
    const changed = { ...collection, indexes: [...collection.indexes, index] };
    this.save(changed);
    return { collection: changed, index };
  }

  replaceIndexes(collection: Collection, indexes: readonly Index[]): Collection {
    const changed = { ...collection, indexes };
    this.save(changed);
    return changed;
  }

  replaceOptions(collection: Collection, options: Document): Collection {
    const changed = build(
      collection.id,
      collection.namespace,
      collection.uuid,
      options,
      collection.indexes,
      collection.recordIds,
    );
    this.save(changed);
    return changed;
  }

  drop(collection: Collection): void {
    const next = new Map(this.pending);
    next.delete(collection.namespace);
    this.pending = next;
    void this.environment.catalogue.remove(Buffer.from(collection.namespace));
  }

  rename(collection: Collection, database: string, name: string): void {
    assertName(database, name);
    this.drop(collection);
    this.save({ ...collection, database, name, namespace: `${database}.${name}` });
  }

  /** Remembers that an index has met an array, before any reader can see the document. */
  noteArrays(collection: Collection, index: Index, arrays: ReadonlySet<string>): void {
    const known = index.arrays.size;
    for (const path of arrays) index.arrays.add(path);
    if (index.arrays.size !== known) this.save(this.pending.get(collection.namespace) ?? collection);
  }

  private takeId(): number {
    const id = this.nextId++;
    void this.environment.catalogue.put(COUNTER_KEY, encode(document({ next: this.nextId })));
    return id;
  }

  private save(collection: Collection): void {
    this.pending = new Map(this.pending).set(collection.namespace, collection);
    void this.environment.catalogue.put(Buffer.from(collection.namespace), encode(stored(collection)));
  }
}

function assertName(database: string, name: string): void {
  const problem =
    name === '' ||
    name.startsWith('.') ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('system.');
  if (problem) throw new MongoError(73, `Invalid collection name: ${name}`);
  const length = Buffer.byteLength(`${database}.${name}`);
  if (length > 255) throw new MongoError(73, `Fully qualified namespace is too long: ${length} of 255 bytes`);
}

function build(
  id: number,
  namespace: string,
  uuid: UUID,
  options: Document,
  indexes: readonly Index[],
  recordIds: Collection['recordIds'] = { last: undefined },
): Collection {
  const dot = namespace.indexOf('.');
  const validator = options.get('validator');
  return {
    id,
    namespace,
    database: namespace.slice(0, dot),
    name: namespace.slice(dot + 1),
    uuid,
    options,
    indexes,
    validator:
      isDocument(validator) && validator.size > 0 ? compileMatcher(parseFilter(validator)) : undefined,
    recordIds,
  };
}

function stored(collection: Collection): Document {
  return document({
    id: collection.id,
    uuid: collection.uuid,
    options: collection.options,
    indexes: collection.indexes.map((index) =>
      document({ id: index.id, spec: index.spec, arrays: [...index.arrays] }),
    ),
  });
}

function read(namespace: string, value: Document): Collection {
  const indexes = list(value, 'indexes').map((item) => {
    const index = asDocument(item);
    const arrays = list(index, 'arrays').filter((path) => typeof path === 'string');
    return defineIndex(number(index, 'id'), asDocument(index.get('spec')), arrays);
  });
  const uuid = value.get('uuid');
  return build(
    number(value, 'id'),
    namespace,
    uuid !== null && typeof uuid === 'object' && 'toUUID' in uuid ? uuid.toUUID() : new UUID(randomUUID()),
    asDocument(value.get('options')),
    indexes,
  );
}

function number(from: Document, name: string): number {
  const value = from.get(name);
  if (!isNumber(value)) throw new Error(`the catalogue lacks ${name}`);
  return toNumber(value);
}

function list(from: Document, name: string): Value[] {
  const value = from.get(name);
  if (!Array.isArray(value)) throw new Error(`the catalogue lacks ${name}`);
  return value;
}

function asDocument(value: Value | undefined): Document {
  if (!isDocument(value)) throw new Error('the catalogue lacks a document');
  return value;
}
