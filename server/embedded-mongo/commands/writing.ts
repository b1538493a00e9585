import { ObjectId } from 'bson';
import { decode } from '../bson/decode';
import { assertFits, encode } from '../bson/encode';
import { type Document, document, isDocument, typeName, type Value } from '../bson/values';
import { badValue, MongoError } from '../errors';
import type { Collection } from '../storage/catalogue';
import type { Database } from './command';

export interface Prepared {
  readonly value: Document;
  readonly bytes: Buffer;
}

/**
 * A document ready to be stored: with an `_id`, in first place, and not too large.
 * @param sent its bytes, if they may be kept as they came
 */
export function prepare(value: Document, sent?: Buffer): Prepared {
  const id = value.get('_id');
  if (id !== undefined) assertId(id);
  const [first] = value.keys();
  if (first === '_id' && sent) return { value, bytes: assertFits(sent) };
  const ordered: Document = new Map<string, Value>([['_id', id === undefined ? new ObjectId() : id]]);
  for (const [name, item] of value) if (name !== '_id') ordered.set(name, item);
  return { value: ordered, bytes: assertFits(encode(ordered)) };
}

export function prepareSent(sent: Buffer): Prepared {
  return prepare(decode(sent), sent);
}

function assertId(id: Value): void {
  const type = typeName(id);
  if (['array', 'regex'].includes(type)) throw badValue(`The '_id' value cannot be of type ${type}`);
  if (!isDocument(id)) return;
  const dollar = [...id.keys()].find(
    (name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name),
  );
  if (dollar !== undefined) {
    throw new MongoError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
  }
}

/** @throws MongoError 121 when the collection has a validator and the document does not meet it */
export function validate(collection: Collection, value: Document, bypass: boolean): void {
  if (bypass || !collection.validator || collection.validator(value)) return;
  if (
    collection.options.get('validationAction') === 'warn' ||
    collection.options.get('validationLevel') === 'off'
  )
    return;
  throw new MongoError(
    121,
    'Document failed validation',
    document({
      errInfo: document({
        failingDocumentId: value.get('_id'),
        details: document({ operatorName: 'validator' }),
      }),
    }),
  );
}

/** Errors that a statement reports by itself; anything else ends the whole command. */
export function asStatementError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  throw error;
}

export function insertPrepared(database: Database, collection: Collection, { value, bytes }: Prepared): void {
  database.records.insert(collection, value, bytes);
}
