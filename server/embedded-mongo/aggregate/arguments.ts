import { isNumber, toNumber, typeName, type Value } from '../bson/values';
import { MongoError } from '../errors';
import type { Compiler, Expression, Scope } from './scope';

export type CompileOperator = (operand: Value, compiler: Compiler, name: string) => Expression;

export type Evaluated = readonly (Value | undefined)[];

/**
 * An operator that evaluates its arguments and computes on their values.
 * @throws MongoError 16020 when there are fewer or more arguments than it takes
 */
export function operation(
  least: number,
  most: number,
  compute: (values: Evaluated, name: string, scope: Scope) => Value | undefined,
): CompileOperator {
  return (operand, compiler, name) => {
    const parts = compileArguments(operand, compiler, name, least, most);
    return (scope) =>
      compute(
        parts.map((part) => part(scope)),
        name,
        scope,
      );
  };
}

/** Like `operation`, but null as soon as one argument is null or missing. */
export function nullable(
  least: number,
  most: number,
  compute: (values: readonly Value[], name: string) => Value | undefined,
): CompileOperator {
  return operation(least, most, (values, name) => {
    const present = values.filter(isPresent);
    return present.length < values.length ? null : compute(present, name);
  });
}

export function compileArguments(
  operand: Value,
  compiler: Compiler,
  name: string,
  least: number,
  most: number,
): Expression[] {
  const given = Array.isArray(operand) ? operand : [operand];
  if (given.length < least || given.length > most) {
    const wanted = least === most ? `exactly ${least}` : `at least ${least}, and at most ${most},`;
    const plural = least === 1 && most === 1 ? '' : 's';
    throw new MongoError(
      16020,
      `Expression ${name} takes ${wanted} argument${plural}. ${given.length} were passed in.`,
    );
  }
  return given.map((part) => compiler.compile(part));
}

export function isPresent<T extends Value>(value: T | null | undefined): value is Exclude<T, null> {
  return value !== undefined && value !== null;
}

/** @throws MongoError with MongoDB's code for this operator */
export function requireNumber(value: Value | undefined, name: string, code: number): number {
  if (isNumber(value)) return toNumber(value);
  throw new MongoError(code, `${name} only supports numeric types, not ${typeName(value)}`);
}

export function requireArray(
  value: Value | undefined,
  message: (type: string) => string,
  code: number,
): Value[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(code, message(typeName(value)));
}

export function requireString(
  value: Value | undefined,
  message: (type: string) => string,
  code: number,
): string {
  if (typeof value === 'string') return value;
  throw new MongoError(code, message(typeName(value)));
}
