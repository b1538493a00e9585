import { ObjectId, Timestamp } from 'bson';
import { makeNumber } from '../../bson/arithmetic';
import { isDocument, isNumber, toNumber, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { type CompileOperator, isPresent } from '../arguments';
import type { Compiler, Expression, Scope } from '../scope';
import {
  atZone,
  type CivilTime,
  formatDate,
  fromZone,
  startOf,
  UNITS,
  type Unit,
  unitsBetween,
} from './calendar';

const part =
  (compute: (time: CivilTime) => Value): CompileOperator =>
  (operand, compiler, name) => {
    const long = isDocument(operand) && operand.has('date');
    const date = compiler.compile(long ? (operand.get('date') ?? null) : only(operand));
    const zone = zoneOf(long ? operand : undefined, compiler);
    return (scope) => {
      const value = date(scope);
      return isPresent(value) ? compute(atZone(instant(value, name), zone(scope))) : null;
    };
  };

export const dates: Readonly<Record<string, CompileOperator>> = {
  $year: part((time) => time.year),
  $month: part((time) => time.month),
  $dayOfMonth: part((time) => time.day),
  $hour: part((time) => time.hour),
  $minute: part((time) => time.minute),
  $second: part((time) => time.second),
  $millisecond: part((time) => time.millisecond),
  $dayOfWeek: part((time) => time.weekday + 1),
  $isoDayOfWeek: part((time) => time.weekday || 7),
  $dayOfYear: part((time) => time.dayOfYear),
  $dateToString: (operand, compiler, name) => {
    const { date, format, onNull } = fields(
      operand,
      compiler,
      name,
      ['date', 'format', 'timezone', 'onNull'],
      ['date'],
    );
    const zone = zoneOf(operand, compiler);
    return (scope) => {
      const value = date?.(scope);
      if (!isPresent(value)) return onNull ? onNull(scope) : null;
      const pattern = format?.(scope) ?? '%Y-%m-%dT%H:%M:%S.%LZ';
      if (typeof pattern !== 'string')
        throw new MongoError(
          18533,
          `$dateToString requires that 'format' be a string, found: ${typeName(pattern)}`,
        );
      return formatDate(atZone(instant(value, name), zone(scope)), pattern);
    };
  },
  $dateTrunc: (operand, compiler, name) => {
    const { date, unit } = fields(operand, compiler, name, ['date', 'unit', 'timezone'], ['date', 'unit']);
    const zone = zoneOf(operand, compiler);
    return (scope) => {
      const value = date?.(scope);
      if (!isPresent(value)) return null;
      const timezone = zone(scope);
      return fromZone(startOf(atZone(instant(value, name), timezone), unitOf(unit?.(scope), name)), timezone);
    };
  },
  $dateAdd: (operand, compiler, name) => shift(operand, compiler, name, 1),
  $dateSubtract: (operand, compiler, name) => shift(operand, compiler, name, -1),
  $dateDiff: (operand, compiler, name) => {
    const { startDate, endDate, unit } = fields(
      operand,
      compiler,
      name,
      ['startDate', 'endDate', 'unit', 'timezone'],
      ['startDate', 'endDate', 'unit'],
    );
    const zone = zoneOf(operand, compiler);
    return (scope) => {
      const from = startDate?.(scope);
      const to = endDate?.(scope);
      if (!isPresent(from) || !isPresent(to)) return null;
      const timezone = zone(scope);
      const difference = unitsBetween(
        atZone(instant(from, name), timezone),
        atZone(instant(to, name), timezone),
        unitOf(unit?.(scope), name),
      );
      return makeNumber('long', difference);
    };
  },
};

function only(operand: Value): Value {
  if (!Array.isArray(operand)) return operand;
  if (operand.length !== 1)
    throw new MongoError(40536, `a date expression takes one argument, not ${operand.length}`);
  return operand[0] ?? null;
}

function instant(value: Value, name: string): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date in ${name}`);
}

function zoneOf(operand: Value | undefined, compiler: Compiler): (scope: Scope) => string {
  const given = isDocument(operand) ? operand.get('timezone') : undefined;
  const expression = given === undefined ? undefined : compiler.compile(given);
  return (scope) => {
    const zone = expression?.(scope) ?? 'UTC';
    if (typeof zone !== 'string')
      throw new MongoError(40517, `timezone must evaluate to a string, found: ${typeName(zone)}`);
    return zone;
  };
}

function fields(
  operand: Value,
  compiler: Compiler,
  name: string,
  allowed: readonly string[],
  required: readonly string[],
): Record<string, Expression | undefined> {
  if (!isDocument(operand)) throw new MongoError(18629, `${name} only supports an object as its argument`);
  for (const key of operand.keys()) {
    if (!allowed.includes(key))
      throw new MongoError(
        18534,
        `Unrecognized argument to ${name} (or one the embedded database lacks): ${key}`,
      );
  }
  for (const key of required)
    if (!operand.has(key)) throw new MongoError(18628, `Missing '${key}' parameter to ${name}`);
  return Object.fromEntries([...operand].map(([key, value]) => [key, compiler.compile(value)]));
}

function unitOf(value: Value | undefined, name: string): Unit {
  const unit = UNITS.find((known) => known === value);
  if (!unit) throw new MongoError(9, `unknown time unit value for ${name}: ${String(value)}`);
  return unit;
}

function shift(operand: Value, compiler: Compiler, name: string, sign: 1 | -1): Expression {
  const { startDate, unit, amount } = fields(
    operand,
    compiler,
    name,
    ['startDate', 'unit', 'amount', 'timezone'],
    ['startDate', 'unit', 'amount'],
  );
  const zone = zoneOf(operand, compiler);
  return (scope) => {
    const start = startDate?.(scope);
    const count = amount?.(scope);
    if (!isPresent(start) || !isPresent(count)) return null;
    if (!isNumber(count) || !Number.isInteger(toNumber(count)))
      throw new MongoError(5166405, `${name} expects integer amount of time units`);
    const timezone = zone(scope);
    return fromZone(
      addUnits(atZone(instant(start, name), timezone), unitOf(unit?.(scope), name), sign * toNumber(count)),
      timezone,
    );
  };
}

/** A month too short for the day takes its last day. */
function addUnits(time: CivilTime, unit: Unit, amount: number): Date {
  const date = new Date(time.civilMs);
  const months =
    unit === 'year' ? amount * 12 : unit === 'quarter' ? amount * 3 : unit === 'month' ? amount : 0;
  if (months === 0) return new Date(time.civilMs + amount * (FIXED[unit] ?? 0));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const target = new Date(first);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(
    first +
      (Math.min(time.day, lastDay) - 1) * 86_400_000 +
      (((time.civilMs % 86_400_000) + 86_400_000) % 86_400_000),
  );
}

const FIXED: Partial<Record<Unit, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
