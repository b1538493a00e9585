import { Double, Long, ObjectId } from 'bson';
import { makeNumber } from '../../bson/arithmetic';
import {
  double,
  isDocument,
  isInt32,
  isNumber,
  isTruthy,
  type NumberType,
  numberType,
  toNumber,
  typeName,
  type Value,
} from '../../bson/values';
import { MongoError } from '../../errors';
import { type CompileOperator, isPresent, nullable, operation } from '../arguments';

const TYPES: Readonly<Record<string, (value: Value) => Value>> = {
  int: (value) => toInteger('int', value),
  long: (value) => toInteger('long', value),
  double: toDouble,
  string: (value) => {
    const text = stringOf(value);
    if (text === undefined) throw unsupported(value, 'string');
    return text;
  },
  bool: (value) => isTruthy(value),
  date: toDate,
  objectId: toObjectId,
};

export const types: Readonly<Record<string, CompileOperator>> = {
  $type: operation(1, 1, ([value]) => typeName(value)),
  $isNumber: operation(1, 1, ([value]) => isNumber(value)),
  $toInt: nullable(1, 1, ([value]) => convert('int', value)),
  $toLong: nullable(1, 1, ([value]) => convert('long', value)),
  $toDouble: nullable(1, 1, ([value]) => convert('double', value)),
  $toString: nullable(1, 1, ([value]) => convert('string', value)),
  $toBool: nullable(1, 1, ([value]) => convert('bool', value)),
  $toDate: nullable(1, 1, ([value]) => convert('date', value)),
  $toObjectId: nullable(1, 1, ([value]) => convert('objectId', value)),
  $convert: (operand, compiler) => {
    if (!isDocument(operand)) throw new MongoError(9, '$convert expects an object of named arguments');
    for (const name of operand.keys()) {
      if (!['input', 'to', 'onError', 'onNull'].includes(name))
        throw new MongoError(9, `$convert found an unknown argument: ${name}`);
    }
    const input = compiler.compile(operand.get('input') ?? null);
    const to = compiler.compile(operand.get('to') ?? null);
    const onError = operand.get('onError');
    const onNull = compiler.compile(operand.get('onNull') ?? null);
    const fallback = onError === undefined ? undefined : compiler.compile(onError);
    return (scope) => {
      const value = input(scope);
      if (!isPresent(value)) return onNull(scope);
      const type = to(scope);
      if (typeof type !== 'string')
        throw new MongoError(9, "the embedded database takes $convert's 'to' as a type name");
      try {
        return convert(type, value);
      } catch (error) {
        if (fallback && error instanceof MongoError && error.code === 241) return fallback(scope);
        throw error;
      }
    };
  },
};

function convert(type: string, value: Value | undefined): Value {
  const converter = TYPES[type];
  if (!converter)
    throw new MongoError(
      2,
      `the embedded database converts to ${Object.keys(TYPES).join(', ')}, not ${type}`,
    );
  return converter(value ?? null);
}

const failed = (message: string) => new MongoError(241, message);

function unsupported(value: Value, to: string): MongoError {
  return failed(`Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`);
}

/** A value as text; undefined for what MongoDB does not turn into text. */
export function stringOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Double) return String(value.value);
  if (value instanceof Long || typeof value === 'number') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  return undefined;
}

function toInteger(type: NumberType, value: Value): Value {
  if (typeof value === 'boolean') return makeNumber(type, Number(value));
  if (value instanceof Date && type === 'long') return makeNumber('long', value.getTime());
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      throw failed(`Failed to parse number '${value}' in $convert with no onError value`);
    return ranged(type, Number(value), value);
  }
  if (!isNumber(value)) throw unsupported(value, type);
  return ranged(type, Math.trunc(toNumber(value)), String(toNumber(value)));
}

function ranged(type: NumberType, number: number, shown: string): Value {
  const fits = type === 'int' ? isInt32(number + 0) : Number.isSafeInteger(number);
  if (!fits)
    throw failed(`Conversion would overflow target type in $convert with no onError value: ${shown}`);
  return makeNumber(type, number + 0);
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return double(Number(value));
  if (value instanceof Date) return double(value.getTime());
  if (isNumber(value)) return numberType(value) === 'double' ? value : double(toNumber(value));
  if (typeof value !== 'string') throw unsupported(value, 'double');
  const number = value.trim() === value && value !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number))
    throw failed(`Failed to parse number '${value}' in $convert with no onError value`);
  return double(number);
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumber(value) && numberType(value) !== 'int') return new Date(Math.trunc(toNumber(value)));
  if (typeof value !== 'string') throw unsupported(value, 'date');
  const zoned = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(value);
  const date = new Date(zoned && !zoned[4] && zoned[1] ? `${value}Z` : value);
  if (!zoned || Number.isNaN(date.getTime())) throw failed(`Error parsing date string '${value}'`);
  return date;
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value)) {
    throw failed(
      `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
    );
  }
  return new ObjectId(value);
}
