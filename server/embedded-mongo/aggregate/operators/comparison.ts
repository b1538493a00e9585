import { compareValues } from '../../bson/compare';
import { isTruthy } from '../../bson/values';
import { type CompileOperator, compileArguments, operation } from '../arguments';

const MANY = Number.POSITIVE_INFINITY;

function ordered(holds: (order: number) => boolean): CompileOperator {
  return operation(2, 2, ([a, b]) => holds(compareValues(a, b)));
}

/** Across types too, unlike the query operators of the same names; missing is less than null. */
export const comparison: Readonly<Record<string, CompileOperator>> = {
  $eq: ordered((order) => order === 0),
  $ne: ordered((order) => order !== 0),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $cmp: operation(2, 2, ([a, b]) => Math.sign(compareValues(a, b))),
  $and: (operand, compiler, name) => {
    const parts = compileArguments(operand, compiler, name, 0, MANY);
    return (scope) => parts.every((part) => isTruthy(part(scope)));
  },
  $or: (operand, compiler, name) => {
    const parts = compileArguments(operand, compiler, name, 0, MANY);
    return (scope) => parts.some((part) => isTruthy(part(scope)));
  },
  $not: operation(1, 1, ([value]) => !isTruthy(value)),
};
