import { equalValues } from '../../bson/compare';
import { isTruthy, type Value } from '../../bson/values';
import { type CompileOperator, nullable, operation, requireArray } from '../arguments';

const MANY = Number.POSITIVE_INFINITY;

export const sets: Readonly<Record<string, CompileOperator>> = {
  $setUnion: nullable(0, MANY, (values, name) =>
    distinct(values.flatMap((value) => array(value, name, 17043))),
  ),
  $setIntersection: nullable(0, MANY, (values, name) => {
    const [first = [], ...others] = values.map((value) => array(value, name, 17047));
    return distinct(first).filter((item) => others.every((other) => has(other, item)));
  }),
  $setDifference: nullable(2, 2, ([a, b], name) => {
    const other = array(b, name, 17049);
    return distinct(array(a, name, 17048)).filter((item) => !has(other, item));
  }),
  $setEquals: operation(2, MANY, (values, name) => {
    const [first = [], ...others] = values.map((value) => array(value, name, 17044));
    return others.every((other) => isSubset(first, other) && isSubset(other, first));
  }),
  $setIsSubset: operation(2, 2, ([a, b], name) => isSubset(array(a, name, 17046), array(b, name, 17042))),
  $anyElementTrue: operation(1, 1, ([value], name) =>
    array(value, name, 17041).some((item) => isTruthy(item)),
  ),
  $allElementsTrue: operation(1, 1, ([value], name) =>
    array(value, name, 17040).every((item) => isTruthy(item)),
  ),
};

function array(value: Value | undefined, name: string, code: number): Value[] {
  return requireArray(
    value,
    (type) => `${name}: all operands must be arrays. One argument is of type: ${type}`,
    code,
  );
}

const has = (items: readonly Value[], item: Value) => items.some((other) => equalValues(other, item));
const isSubset = (a: readonly Value[], b: readonly Value[]) => a.every((item) => has(b, item));

function distinct(items: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (const item of items) if (!has(result, item)) result.push(item);
  return result;
}
