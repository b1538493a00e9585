import { add } from '../bson/arithmetic';
import { compareValues, equalValues } from '../bson/compare';
import { double, isDocument, isNumber, type NumberValue, toNumber, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { mergeObjects } from './operators/object';
import type { Compiler, Expression } from './scope';

/** Collects the values of one group. */
export interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

const ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map<string, () => Accumulator>([
  ['$sum', sum],
  ['$avg', average],
  ['$min', () => extreme((order) => order < 0)],
  ['$max', () => extreme((order) => order > 0)],
  ['$first', first],
  ['$last', last],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$count', sum],
  ['$mergeObjects', merge],
  ['$stdDevPop', () => deviation(0)],
  ['$stdDevSamp', () => deviation(1)],
]);

export interface AccumulatorField {
  readonly create: () => Accumulator;
  readonly input: Expression;
}

/** @throws MongoError 15952 for an unknown accumulator */
export function compileAccumulator(name: string, specification: Value, compiler: Compiler): AccumulatorField {
  if (!isDocument(specification))
    throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  if (specification.size !== 1)
    throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const [[operator, operand] = ['', null]] = specification;
  const create = ACCUMULATORS.get(operator);
  if (!create) throw new MongoError(15952, `unknown group operator '${operator}'`);
  if (operator === '$count') {
    if (!isDocument(operand) || operand.size > 0)
      throw new MongoError(9, '$count takes no arguments, i.e. $count:{}');
    return { create, input: () => 1 };
  }
  if (Array.isArray(operand)) throw new MongoError(40237, `The ${operator} accumulator is a unary operator`);
  return { create, input: compiler.compile(operand) };
}

export function accumulate(name: string, values: readonly (Value | undefined)[]): Value {
  const accumulator = ACCUMULATORS.get(name)?.();
  if (!accumulator) throw new Error(`no accumulator ${name}`);
  for (const value of values) accumulator.add(value);
  return accumulator.result();
}

function sum(): Accumulator {
  let total: NumberValue = 0;
  return {
    add: (value) => {
      if (isNumber(value)) total = add(total, value);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let total = 0;
  let count = 0;
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      total += toNumber(value);
      count++;
    },
    result: () => (count === 0 ? null : double(total / count)),
  };
}

function extreme(wins: (order: number) => boolean): Accumulator {
  let best: Value = null;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === null || wins(compareValues(value, best))) best = value;
    },
    result: () => best,
  };
}

function first(): Accumulator {
  let value: Value | undefined;
  let seen = false;
  return {
    add: (next) => {
      if (!seen) value = next;
      seen = true;
    },
    result: () => value ?? null,
  };
}

function last(): Accumulator {
  let value: Value | undefined;
  return {
    add: (next) => {
      value = next;
    },
    result: () => value ?? null,
  };
}

function push(): Accumulator {
  const items: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined) items.push(value);
    },
    result: () => items,
  };
}

function addToSet(): Accumulator {
  const items: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined && !items.some((known) => equalValues(known, value))) items.push(value);
    },
    result: () => items,
  };
}

function merge(): Accumulator {
  const items: (Value | undefined)[] = [];
  return { add: (value) => items.push(value), result: () => mergeObjects(items) };
}

function deviation(freedom: 0 | 1): Accumulator {
  const numbers: number[] = [];
  return {
    add: (value) => {
      if (isNumber(value)) numbers.push(toNumber(value));
    },
    result: () => {
      if (numbers.length <= freedom) return null;
      const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
      const squares = numbers.reduce((total, number) => total + (number - mean) ** 2, 0);
      return double(Math.sqrt(squares / (numbers.length - freedom)));
    },
  };
}
