import { Double } from 'bson';
import { add as addNumbers, makeNumber, multiply as multiplyNumbers, widerType } from '../../bson/arithmetic';
import { format } from '../../bson/format';
import {
  double,
  isNumber,
  type NumberValue,
  numberType,
  toNumber,
  typeName,
  type Value,
} from '../../bson/values';
import { MongoError } from '../../errors';
import { type CompileOperator, nullable, operation, requireNumber } from '../arguments';

const MANY = Number.POSITIVE_INFINITY;

export const arithmetic: Readonly<Record<string, CompileOperator>> = {
  $add: nullable(0, MANY, (values) => sum(values)),
  $subtract: nullable(2, 2, ([a, b]) => subtract(a, b)),
  $multiply: nullable(0, MANY, (values) =>
    values.reduce<NumberValue>((a, b) => multiplyNumbers(a, number(b, '$multiply', 16555)), 1),
  ),
  $divide: nullable(2, 2, ([a, b]) => divide(a, b)),
  $mod: nullable(2, 2, ([a, b]) => modulo(a, b)),
  $abs: nullable(1, 1, ([a]) => keepType(number(a, '$abs', 28765), Math.abs)),
  $ceil: nullable(1, 1, ([a]) => keepType(number(a, '$ceil', 28765), Math.ceil)),
  $floor: nullable(1, 1, ([a]) => keepType(number(a, '$floor', 28765), Math.floor)),
  $trunc: nullable(1, 2, ([a, places]) => round(a, places, '$trunc', Math.trunc)),
  $round: nullable(1, 2, ([a, places]) => round(a, places, '$round', halfToEven)),
  $sqrt: nullable(1, 1, ([a]) => {
    const value = requireNumber(a, '$sqrt', 28765);
    if (value < 0) throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
    return double(Math.sqrt(value));
  }),
  $pow: nullable(2, 2, ([a, b]) => power(a, b)),
  $exp: nullable(1, 1, ([a]) => double(Math.exp(requireNumber(a, '$exp', 28765)))),
  $ln: nullable(1, 1, ([a]) => double(Math.log(positive(a, '$ln', 28766)))),
  $log10: nullable(1, 1, ([a]) => double(Math.log10(positive(a, '$log10', 28761)))),
  $rand: operation(0, 1, () => double(Math.random())),
};

export function sum(values: readonly Value[]): Value {
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new MongoError(16612, 'only one date allowed in an $add expression');
  const total = values
    .filter((value) => !(value instanceof Date))
    .reduce<NumberValue>((a, b) => addNumbers(a, number(b, '$add', 14)), 0);
  const [date] = dates;
  return date ? new Date(date.getTime() + Math.round(toNumber(total))) : total;
}

function number(value: Value | undefined, name: string, code: number): NumberValue {
  if (isNumber(value)) return value;
  const also = name === '$add' ? 'numeric or date' : 'numeric';
  throw new MongoError(code, `${name} only supports ${also} types, not ${typeName(value)}`);
}

function positive(value: Value | undefined, name: string, code: number): number {
  const number = requireNumber(value, name, 28765);
  if (number <= 0)
    throw new MongoError(code, `${name}'s argument must be a positive number, but is ${number}`);
  return number;
}

function subtract(a: Value | undefined, b: Value | undefined): Value {
  if (a instanceof Date && b instanceof Date) return makeNumber('long', a.getTime() - b.getTime());
  if (a instanceof Date && isNumber(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
  if (isNumber(a) && isNumber(b)) return makeNumber(widerType(a, b), toNumber(a) - toNumber(b));
  throw new MongoError(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function divide(a: Value | undefined, b: Value | undefined): Value {
  if (!isNumber(a) || !isNumber(b)) {
    throw new MongoError(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (toNumber(b) === 0) throw new MongoError(2, "can't $divide by zero");
  return double(toNumber(a) / toNumber(b));
}

function modulo(a: Value | undefined, b: Value | undefined): Value {
  if (!isNumber(a) || !isNumber(b)) {
    throw new MongoError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (toNumber(b) === 0) throw new MongoError(16610, "can't $mod by zero");
  return makeNumber(widerType(a, b), toNumber(a) % toNumber(b));
}

function keepType(value: NumberValue, compute: (value: number) => number): Value {
  return makeNumber(numberType(value), compute(toNumber(value)));
}

function round(
  value: Value | undefined,
  places: Value | undefined,
  name: string,
  compute: (value: number) => number,
): Value {
  const given = number(value, name, 51081);
  const digits = places === undefined ? 0 : requireNumber(places, name, 51082);
  if (!Number.isInteger(digits) || digits < -20 || digits > 100) {
    throw new MongoError(
      51083,
      `cannot apply ${name} with precision value ${format(places)} value must be in [-20, 100]`,
    );
  }
  if (numberType(given) !== 'double' && digits >= 0) return given;
  const exact = toNumber(given);
  if (!Number.isFinite(exact)) return given;
  const shifted = compute(shift(exact, digits));
  return makeNumber(numberType(given), shift(shifted, -digits));
}

/** Moves the decimal point in the decimal text, where 1.005 is what it looks like. */
function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function power(a: Value | undefined, b: Value | undefined): Value {
  const base = number(a, '$pow', 28762);
  const exponent = number(b, '$pow', 28763);
  if (toNumber(base) === 0 && toNumber(exponent) < 0)
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const result = toNumber(base) ** toNumber(exponent);
  const type = widerType(base, exponent);
  if (type === 'double' || !Number.isSafeInteger(result))
    return Number.isInteger(result) ? new Double(result) : result;
  return makeNumber(type, result);
}
