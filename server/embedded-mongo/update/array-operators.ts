import { BSONRegExp } from 'bson';
import { compareValues, equalValues } from '../bson/compare';
import { format } from '../bson/format';
import { clone, type Document, isDocument, isNumber, toNumber, typeName, type Value } from '../bson/values';
import { badValue, failedToParse, typeMismatch } from '../errors';
import { compileMatcher, compileValueTest } from '../query/matcher';
import { isOperators, parseFilter, parseValueFilter } from '../query/parse-filter';
import { parseSort, sortKey } from '../query/sort';
import type { Modify } from './operator';

export function parsePush(operand: Value, path: string): Modify {
  const { items, position, slice, order } = pushClauses(operand);
  return (slot, { root }) => {
    const current = slot.get();
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document ` +
          `{_id: ${format(root.get('_id'))}}`,
      );
    }
    const array = [...(current ?? [])];
    const at =
      position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
    array.splice(at, 0, ...items.map((item) => clone(item)));
    if (order) array.sort(order);
    slot.set(slice === undefined ? array : sliced(array, slice));
  };
}

const sliced = (array: Value[], slice: number) => (slice >= 0 ? array.slice(0, slice) : array.slice(slice));

interface PushClauses {
  readonly items: readonly Value[];
  readonly position?: number | undefined;
  readonly slice?: number | undefined;
  readonly order?: ((a: Value, b: Value) => number) | undefined;
}

function pushClauses(operand: Value): PushClauses {
  if (!isDocument(operand) || !operand.has('$each')) return { items: [operand] };
  for (const name of operand.keys()) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  return {
    items: each('$push', operand),
    position: integer(operand, '$position'),
    slice: integer(operand, '$slice'),
    order: operand.has('$sort') ? pushOrder(operand.get('$sort') ?? null) : undefined,
  };
}

function each(operator: string, operand: Document): readonly Value[] {
  const items = operand.get('$each');
  if (Array.isArray(items)) return items;
  throw typeMismatch(
    `The argument to $each in ${operator} must be an array but it was of type: ${typeName(items)}`,
  );
}

function integer(operand: Document, name: string): number | undefined {
  const value = operand.get(name);
  if (value === undefined) return undefined;
  if (!isNumber(value) || !Number.isInteger(toNumber(value))) {
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  }
  return toNumber(value);
}

function pushOrder(value: Value): (a: Value, b: Value) => number {
  if (isNumber(value)) {
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareValues(a, b);
  }
  if (!isDocument(value) || value.size === 0) {
    throw badValue(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const fields = parseSort(value);
  const key = (item: Value) => sortKey(isDocument(item) ? item : new Map(), fields);
  return (a, b) => Buffer.compare(key(a), key(b));
}

export function parseAddToSet(operand: Value): Modify {
  const several = isDocument(operand) && operand.keys().next().value === '$each';
  if (several && operand.size > 1) {
    throw badValue(`Found unexpected fields after $each in $addToSet: ${format(operand)}`);
  }
  const items = several ? each('$addToSet', operand) : [operand];
  return (slot) => {
    const current = slot.get();
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${slot.path.at(-1) ?? ''}' has non-array type ${typeName(current)}`,
      );
    }
    const array = [...(current ?? [])];
    for (const item of items) if (!array.some((known) => equalValues(known, item))) array.push(clone(item));
    slot.set(array);
  };
}

export function parsePop(operand: Value, path: string): Modify {
  if (!isNumber(operand)) throw failedToParse(`Expected a number in: ${path}: ${format(operand)}`);
  const end = toNumber(operand);
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${end}`);
  return (slot) => {
    const current = slot.get();
    if (current === undefined) return;
    if (!Array.isArray(current)) {
      throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(current)}'`);
    }
    slot.set(end === 1 ? current.slice(0, -1) : current.slice(1));
  };
}

export function parsePull(operand: Value): Modify {
  const unwanted = pullTest(operand);
  return (slot) => {
    const current = slot.get();
    if (current === undefined) return;
    if (!Array.isArray(current)) throw badValue('Cannot apply $pull to a non-array value');
    slot.set(current.filter((item) => !unwanted(item)));
  };
}

function pullTest(operand: Value): (item: Value) => boolean {
  if (isDocument(operand) && isOperators(operand)) return compileValueTest(parseValueFilter(operand));
  if (isDocument(operand)) {
    const matches = compileMatcher(parseFilter(operand));
    return (item) => isDocument(item) && matches(item);
  }
  if (operand instanceof BSONRegExp)
    return compileValueTest(parseValueFilter(new Map([['$regex', operand]])));
  return (item) => equalValues(item, operand);
}

export function parsePullAll(operand: Value): Modify {
  if (!Array.isArray(operand))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return (slot) => {
    const current = slot.get();
    if (current === undefined) return;
    if (!Array.isArray(current)) throw badValue('Cannot apply $pull to a non-array value');
    slot.set(current.filter((item) => !operand.some((unwanted) => equalValues(item, unwanted))));
  };
}
