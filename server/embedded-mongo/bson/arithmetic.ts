import { Double, Long } from 'bson';
import { badValue } from '../errors';
import { isInt32, type NumberType, type NumberValue, numberType, toNumber } from './values';

const MAX_INT64 = 2 ** 63;

/** A number of the given type. @throws MongoError 2 for an int64 that could not be kept exactly */
export function makeNumber(type: NumberType, value: number): NumberValue {
  if (type === 'double') return isInt32(value) ? new Double(value) : value;
  if (type === 'int' && isInt32(value)) return value;
  if (!Number.isSafeInteger(value)) {
    const beyond = Math.abs(value) >= MAX_INT64 ? 'integer overflow' : 'a 64-bit integer above 2^53';
    throw badValue(`the embedded database cannot keep the result: ${beyond}`);
  }
  return Long.fromNumber(Object.is(value, -0) ? 0 : value);
}

/** int < long < double: the type of a result is the wider of its operands', and an int that overflows is a long. */
export function widerType(a: NumberValue, b: NumberValue): NumberType {
  const types = [numberType(a), numberType(b)];
  if (types.includes('double')) return 'double';
  return types.includes('long') ? 'long' : 'int';
}

export function add(a: NumberValue, b: NumberValue): NumberValue {
  return makeNumber(widerType(a, b), toNumber(a) + toNumber(b));
}

export function multiply(a: NumberValue, b: NumberValue): NumberValue {
  return makeNumber(widerType(a, b), toNumber(a) * toNumber(b));
}
