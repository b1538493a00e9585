import { isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { badValue, MongoError } from '../errors';
import { compileMatcher, compileValueTest } from './matcher';
import { parseFilter, parseValueFilter } from './parse-filter';

/** `$slice`, `$elemMatch` and the positional `$` of a find's projection. */
export interface ArrayProjection {
  /** Whether it makes the projection an inclusion. */
  readonly includes: boolean;
  apply(value: Value, position: number | undefined): Value | undefined;
}

export function arrayProjection(operator: '$' | '$slice' | '$elemMatch', operand: Value): ArrayProjection {
  if (operator === '$') return { includes: true, apply: positional };
  if (operator === '$elemMatch') {
    const matches = elementTest(operand);
    return {
      includes: true,
      apply(value) {
        const found = Array.isArray(value) ? value.find(matches) : undefined;
        return found === undefined ? undefined : [found];
      },
    };
  }
  const cut = slice(operand);
  return { includes: false, apply: (value) => (Array.isArray(value) ? cut(value) : value) };
}

function positional(value: Value, position: number | undefined): Value {
  if (!Array.isArray(value)) return value;
  const found = position === undefined ? undefined : value[position];
  if (found === undefined)
    throw new MongoError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  return [found];
}

function elementTest(operand: Value): (element: Value) => boolean {
  if (!isDocument(operand)) throw badValue('elemMatch: Invalid argument, object required');
  const [first] = operand.keys();
  if (first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first))
    return compileValueTest(parseValueFilter(operand));
  const matches = compileMatcher(parseFilter(operand));
  return (element) => isDocument(element) && matches(element);
}

function slice(operand: Value): (array: Value[]) => Value[] {
  if (isNumber(operand)) {
    const count = Math.trunc(toNumber(operand));
    return (array) => (count >= 0 ? array.slice(0, count) : array.slice(count));
  }
  const [skip, limit] = Array.isArray(operand) ? operand : [];
  if (!isNumber(skip) || !isNumber(limit))
    throw new MongoError(
      28724,
      'First argument to $slice must be an array, or $slice takes a number or [skip, limit]',
    );
  const from = Math.trunc(toNumber(skip));
  const count = Math.trunc(toNumber(limit));
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
  return (array) => {
    const start = from < 0 ? Math.max(0, array.length + from) : from;
    return array.slice(start, start + count);
  };
}
