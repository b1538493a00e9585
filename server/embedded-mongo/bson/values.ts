import { Binary, BSONRegExp, Code, Double, Long, type MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A BSON value in memory, one to one with its bytes, so that whatever an update does not touch keeps its type:
 * a JavaScript number is an int32 when it is an integer of that range and a double otherwise; a double that
 * happens to be such an integer is a `Double`; every int64 is a `Long`.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Double
  | Long
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Code
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Document;

/** A Map, because a plain object would move keys such as "2022" to the front. */
export type Document = Map<string, Value>;

/** The place of each type in MongoDB's comparison order; also the first byte of an index key. */
export const Rank = {
  minKey: 1,
  /** No value at all: an absent field in an expression, an empty array in an index. */
  missing: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  code: 14,
  maxKey: 127,
} as const;

export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'undefined':
      return Rank.missing;
    case 'number':
      return Rank.number;
    case 'string':
      return Rank.string;
    case 'boolean':
      return Rank.boolean;
  }
  if (value === null) return Rank.null;
  if (value instanceof Map) return Rank.object;
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof ObjectId) return Rank.objectId;
  if (value instanceof Date) return Rank.date;
  if (value instanceof Timestamp) return Rank.timestamp;
  if (value instanceof Double || value instanceof Long) return Rank.number;
  if (value instanceof Binary) return Rank.binary;
  if (value instanceof BSONRegExp) return Rank.regex;
  if (value instanceof Code) return Rank.code;
  return value instanceof MinKey ? Rank.minKey : Rank.maxKey;
}

/** The type's name as `$type` spells it and error messages print it. */
export function typeName(value: Value | undefined): string {
  switch (rankOf(value)) {
    case Rank.missing:
      return 'missing';
    case Rank.number:
      return isNumber(value) ? numberType(value) : 'double';
    case Rank.null:
      return 'null';
    case Rank.string:
      return 'string';
    case Rank.object:
      return 'object';
    case Rank.array:
      return 'array';
    case Rank.binary:
      return 'binData';
    case Rank.objectId:
      return 'objectId';
    case Rank.boolean:
      return 'bool';
    case Rank.date:
      return 'date';
    case Rank.timestamp:
      return 'timestamp';
    case Rank.regex:
      return 'regex';
    case Rank.code:
      return 'javascript';
    case Rank.minKey:
      return 'minKey';
    default:
      return 'maxKey';
  }
}

export type NumberValue = number | Double | Long;
export type NumberType = 'int' | 'long' | 'double';

export function isNumber(value: Value | undefined): value is NumberValue {
  return typeof value === 'number' || value instanceof Long || value instanceof Double;
}

export function isDocument(value: Value | undefined): value is Document {
  return value instanceof Map;
}

export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

export function numberType(value: NumberValue): NumberType {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  return value instanceof Long ? 'long' : 'double';
}

/** Exact: an int64 that a JavaScript number cannot hold never gets into the database. */
export function toNumber(value: NumberValue): number {
  if (typeof value === 'number') return value;
  return value instanceof Long ? value.toNumber() : value.value;
}

export function double(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

export function document(fields: Record<string, Value | undefined>): Document {
  const result: Document = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) result.set(name, value);
  return result;
}

/** MongoDB's truth: only false, null, zero and absence are false. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumber(value) ? toNumber(value) !== 0 : true;
}

/** A copy that shares no array or document with the original; scalars are never changed in place. */
export function clone<T extends Value>(value: T): T;
export function clone(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => clone(item));
  if (!isDocument(value)) return value;
  const copy: Document = new Map();
  for (const [name, item] of value) copy.set(name, clone(item));
  return copy;
}
