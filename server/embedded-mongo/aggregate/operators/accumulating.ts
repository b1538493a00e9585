import type { Value } from '../../bson/values';
import { accumulate } from '../accumulators';
import { type CompileOperator, operation } from '../arguments';

/** `$sum`, `$avg` and their like as expressions: over their arguments, or over the elements of a single array. */
const over: CompileOperator = operation(1, Number.POSITIVE_INFINITY, (values, name): Value => {
  const [only] = values;
  return accumulate(name, values.length === 1 && Array.isArray(only) ? only : values);
});

export const accumulating: Readonly<Record<string, CompileOperator>> = {
  $sum: over,
  $avg: over,
  $min: over,
  $max: over,
  $stdDevPop: over,
  $stdDevSamp: over,
};
