import { type Document, isDocument, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { type CompileOperator, isPresent, nullable, operation, requireArray } from '../arguments';
import type { Compiler, Expression } from '../scope';

const MANY = Number.POSITIVE_INFINITY;

export const objects: Readonly<Record<string, CompileOperator>> = {
  $mergeObjects: operation(0, MANY, (values) =>
    mergeObjects(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
  ),
  $objectToArray: nullable(1, 1, ([value]) => {
    if (!isDocument(value))
      throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return [...value].map(
      ([k, v]) =>
        new Map<string, Value>([
          ['k', k],
          ['v', v],
        ]),
    );
  }),
  $arrayToObject: nullable(1, 1, ([value]) => {
    const array = requireArray(
      value,
      (type) => `$arrayToObject requires an array input, found: ${type}`,
      40386,
    );
    return new Map(array.map(pair));
  }),
  $getField: (operand, compiler) => {
    const long = isDocument(operand) && operand.has('field');
    const name = long ? operand.get('field') : operand;
    const input = long ? operand.get('input') : undefined;
    const field = compiler.compile(name ?? null);
    const from = compiler.compile(input ?? '$$CURRENT');
    return (scope) => {
      const key = field(scope);
      if (typeof key !== 'string')
        throw new MongoError(
          3041704,
          `$getField requires 'field' to evaluate to type String, but got ${typeName(key)}`,
        );
      const value = from(scope);
      if (value === null) return null;
      return isDocument(value) ? value.get(key) : undefined;
    };
  },
  $setField: (operand, compiler, name) => fieldSetter(operand, compiler, name, true),
  $unsetField: (operand, compiler, name) => fieldSetter(operand, compiler, name, false),
};

export function mergeObjects(values: readonly (Value | undefined)[]): Document {
  const result: Document = new Map();
  for (const value of values) {
    if (!isPresent(value)) continue;
    if (!isDocument(value))
      throw new MongoError(
        40400,
        `$mergeObjects requires object inputs, but input ${typeName(value)} is of type ${typeName(value)}`,
      );
    for (const [name, item] of value) result.set(name, item);
  }
  return result;
}

function pair(item: Value): [string, Value] {
  const [key, value] = Array.isArray(item) ? item : isDocument(item) ? [item.get('k'), item.get('v')] : [];
  if (typeof key !== 'string' || value === undefined) {
    throw new MongoError(
      40392,
      '$arrayToObject requires an array of key-value pairs: [k, v] or {k, v}, the key a string',
    );
  }
  return [key, value];
}

function fieldSetter(operand: Value, compiler: Compiler, operator: string, sets: boolean): Expression {
  const allowed = sets ? ['field', 'input', 'value'] : ['field', 'input'];
  if (!isDocument(operand))
    throw new MongoError(4161100, `${operator} only supports an object as its argument`);
  for (const name of operand.keys()) {
    if (!allowed.includes(name))
      throw new MongoError(4161101, `${operator} found an unknown argument: ${name}`);
  }
  for (const name of allowed) {
    if (!operand.has(name)) throw new MongoError(4161102, `${operator} requires '${name}' to be specified`);
  }
  const field = compiler.compile(operand.get('field') ?? null);
  const input = compiler.compile(operand.get('input') ?? null);
  const value = sets ? compiler.compile(operand.get('value') ?? null) : () => undefined;
  return (scope) => {
    const key = field(scope);
    if (typeof key !== 'string')
      throw new MongoError(4161107, `${operator} requires 'field' to evaluate to type String`);
    const from = input(scope);
    if (!isPresent(from)) return null;
    if (!isDocument(from))
      throw new MongoError(4161105, `${operator} requires 'input' to evaluate to type Object`);
    const result = new Map(from);
    const next = value(scope);
    if (next === undefined) result.delete(key);
    else result.set(key, next);
    return result;
  };
}
