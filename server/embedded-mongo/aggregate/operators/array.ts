import { compareValues, equalValues } from '../../bson/compare';
import { isDocument, isNumber, isTruthy, toNumber, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { keysOf } from '../../index/keys-of';
import { parseSort } from '../../query/sort';
import { type CompileOperator, isPresent, nullable, operation, requireArray } from '../arguments';
import type { Compiler, Expression } from '../scope';

const MANY = Number.POSITIVE_INFINITY;

export const arrays: Readonly<Record<string, CompileOperator>> = {
  $size: operation(
    1,
    1,
    ([value]) =>
      requireArray(value, (type) => `The argument to $size must be an array, but was of type: ${type}`, 17124)
        .length,
  ),
  $isArray: operation(1, 1, ([value]) => Array.isArray(value)),
  $arrayElemAt: nullable(2, 2, ([value, index]) => {
    const array = requireArray(
      value,
      (type) => `$arrayElemAt's first argument must be an array, but is ${type}`,
      28689,
    );
    return array.at(integer(index, '$arrayElemAt', 28690));
  }),
  $first: nullable(
    1,
    1,
    ([value]) =>
      requireArray(value, (type) => `$first's argument must be an array, but is ${type}`, 28689)[0],
  ),
  $last: nullable(1, 1, ([value]) =>
    requireArray(value, (type) => `$last's argument must be an array, but is ${type}`, 28689).at(-1),
  ),
  $concatArrays: nullable(0, MANY, (values) =>
    values.flatMap((value) =>
      requireArray(value, (type) => `$concatArrays only supports arrays, not ${type}`, 28664),
    ),
  ),
  $reverseArray: nullable(1, 1, ([value]) =>
    [
      ...requireArray(
        value,
        (type) => `The argument to $reverseArray must be an array, but was of type: ${type}`,
        34435,
      ),
    ].reverse(),
  ),
  $in: operation(2, 2, ([wanted, value]) =>
    requireArray(value, (type) => `$in requires an array as a second argument, found: ${type}`, 40081).some(
      (item) => equalValues(item, wanted),
    ),
  ),
  $indexOfArray: operation(2, 4, ([value, wanted, start, end]) => {
    if (!isPresent(value)) return null;
    const array = requireArray(
      value,
      (type) => `$indexOfArray requires an array as a first argument, found: ${type}`,
      40090,
    );
    const from = start === undefined ? 0 : integer(start, '$indexOfArray', 40096);
    const to = end === undefined ? array.length : integer(end, '$indexOfArray', 40096);
    const at = array.slice(0, to).findIndex((item, i) => i >= from && equalValues(item, wanted));
    return at;
  }),
  $slice: nullable(2, 3, ([value, a, b]) => {
    const array = requireArray(
      value,
      (type) => `First argument to $slice must be an array, but is of type: ${type}`,
      28724,
    );
    const first = integer(a, '$slice', 28725);
    if (b === undefined) return first >= 0 ? array.slice(0, first) : array.slice(first);
    const count = integer(b, '$slice', 28727);
    if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
    const from = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(from, from + count);
  }),
  $range: operation(2, 3, ([start, end, step]) => {
    const from = integer(start, '$range', 34443);
    const to = integer(end, '$range', 34445);
    const by = step === undefined ? 1 : integer(step, '$range', 34447);
    if (by === 0) throw new MongoError(34449, '$range requires a non-zero step value');
    const result: Value[] = [];
    for (let at = from; by > 0 ? at < to : at > to; at += by) result.push(at);
    return result;
  }),
  $map: (operand, compiler) =>
    mapOver(operand, compiler, '$map', 'in', ['input', 'as', 'in'], (items, each) =>
      items.map((item) => each(item) ?? null),
    ),
  $filter: (operand, compiler) => {
    const limit =
      isDocument(operand) && operand.has('limit')
        ? compiler.compile(operand.get('limit') ?? null)
        : undefined;
    return mapOver(
      operand,
      compiler,
      '$filter',
      'cond',
      ['input', 'as', 'cond', 'limit'],
      (items, each, scope) => {
        const most = limit?.(scope);
        const kept = items.filter((item) => isTruthy(each(item)));
        return isPresent(most) ? kept.slice(0, integer(most, '$filter', 327391)) : kept;
      },
    );
  },
  $reduce: (operand, compiler) => {
    if (!isDocument(operand)) throw new MongoError(40075, '$reduce requires an object as an argument');
    const input = compiler.compile(operand.get('input') ?? null);
    const initial = compiler.compile(operand.get('initialValue') ?? null);
    const step = compiler.extend(['value', 'this']).compile(operand.get('in') ?? null);
    return (scope) => {
      const items = input(scope);
      if (!isPresent(items)) return null;
      const array = requireArray(
        items,
        (type) => `$reduce requires that 'input' be an array, found: ${type}`,
        40080,
      );
      return array.reduce<Value | undefined>(
        (value, item) =>
          step({ ...scope, variables: new Map(scope.variables).set('value', value).set('this', item) }),
        initial(scope),
      );
    };
  },
  $sortArray: (operand, compiler) => {
    if (!isDocument(operand)) throw new MongoError(2942500, '$sortArray requires an object');
    const input = compiler.compile(operand.get('input') ?? null);
    const order = sortOrder(operand.get('sortBy') ?? null);
    return (scope) => {
      const items = input(scope);
      if (!isPresent(items)) return null;
      return [
        ...requireArray(
          items,
          (type) => `The input argument to $sortArray must be an array, but was of type: ${type}`,
          2942504,
        ),
      ].sort(order);
    };
  },
};

function integer(value: Value | undefined, name: string, code: number): number {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (Number.isInteger(number)) return number;
  throw new MongoError(code, `${name} takes a 32-bit integer here, found: ${typeName(value)}`);
}

function mapOver(
  operand: Value,
  compiler: Compiler,
  name: string,
  bodyName: string,
  allowed: readonly string[],
  combine: (
    items: readonly Value[],
    each: (item: Value) => Value | undefined,
    scope: Parameters<Expression>[0],
  ) => Value,
): Expression {
  if (!isDocument(operand)) throw new MongoError(16878, `${name} only supports an object as its argument`);
  for (const key of operand.keys()) {
    if (!allowed.includes(key)) throw new MongoError(16879, `Unrecognized parameter to ${name}: ${key}`);
  }
  const body = operand.get(bodyName);
  const source = operand.get('input');
  if (source === undefined) throw new MongoError(16880, `Missing 'input' parameter to ${name}`);
  if (body === undefined) throw new MongoError(16882, `Missing '${bodyName}' parameter to ${name}`);
  const as = operand.get('as') ?? 'this';
  if (typeof as !== 'string') throw new MongoError(16866, `'as' must be a string in ${name}`);
  const input = compiler.compile(source);
  const inner = compiler.extend([as]).compile(body);
  return (scope) => {
    const items = input(scope);
    if (!isPresent(items)) return null;
    const array = requireArray(items, (type) => `input to ${name} must be an array not ${type}`, 16883);
    return combine(
      array,
      (item) => inner({ ...scope, variables: new Map(scope.variables).set(as, item) }),
      scope,
    );
  };
}

function sortOrder(by: Value): (a: Value, b: Value) => number {
  if (isNumber(by)) {
    const direction = toNumber(by);
    return (a, b) => direction * compareValues(a, b);
  }
  const fields = parseSort(by);
  const key = (item: Value) =>
    keysOf(isDocument(item) ? item : new Map(), fields, false).keys[0] ?? Buffer.alloc(0);
  return (a, b) => Buffer.compare(key(a), key(b));
}
