import { type Document, isDocument, isTruthy, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { type CompileOperator, compileArguments, isPresent } from '../arguments';
import type { Compiler } from '../scope';

const MANY = Number.POSITIVE_INFINITY;

export const conditional: Readonly<Record<string, CompileOperator>> = {
  $literal: (operand) => () => operand,
  $expr: (operand, compiler) => compiler.compile(operand),

  $cond: (operand, compiler, name) => {
    const [test, then, otherwise] = isDocument(operand)
      ? named(operand, compiler, name, ['if', 'then', 'else'])
      : compileArguments(operand, compiler, name, 3, 3);
    return (scope) => (isTruthy(test?.(scope)) ? then?.(scope) : otherwise?.(scope));
  },

  $ifNull: (operand, compiler, name) => {
    const parts = compileArguments(operand, compiler, name, 2, MANY);
    return (scope) => {
      let value: Value | undefined;
      for (const part of parts) {
        value = part(scope);
        if (isPresent(value)) return value;
      }
      return value;
    };
  },

  $switch: (operand, compiler) => {
    const branches = isDocument(operand) ? operand.get('branches') : undefined;
    if (!isDocument(operand) || !Array.isArray(branches)) {
      throw new MongoError(40060, `$switch requires an object as an argument, found: ${typeName(operand)}`);
    }
    if (branches.length === 0) throw new MongoError(40068, '$switch requires at least one branch.');
    const cases = branches.map((branch) => {
      if (!isDocument(branch)) throw new MongoError(40062, '$switch expected each branch to be an object');
      const [test, then] = named(branch, compiler, '$switch', ['case', 'then']);
      return { test, then };
    });
    const fallback = operand.get('default');
    const otherwise = fallback === undefined ? undefined : compiler.compile(fallback);
    return (scope) => {
      const found = cases.find(({ test }) => isTruthy(test?.(scope)));
      if (found) return found.then?.(scope);
      if (otherwise) return otherwise(scope);
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    };
  },

  $let: (operand, compiler) => {
    const vars = isDocument(operand) ? operand.get('vars') : undefined;
    const body = isDocument(operand) ? operand.get('in') : undefined;
    if (!isDocument(vars) || body === undefined) throw new MongoError(16874, "$let needs 'vars' and 'in'");
    const bindings = [...vars].map(
      ([name, value]) => [assertVariable(name), compiler.compile(value)] as const,
    );
    const inner = compiler.extend(vars.keys()).compile(body);
    return (scope) => {
      const variables = new Map(scope.variables);
      for (const [name, value] of bindings) variables.set(name, value(scope));
      return inner({ ...scope, variables });
    };
  },
};

/** User variables begin with a lower-case letter (or non-ASCII), so that they never hide a system one. */
export function assertVariable(name: string): string {
  if (name === 'CURRENT' || /^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) return name;
  throw new MongoError(9, `'${name}' starts with an invalid character for a user variable name`);
}

/** The parts of an operator that takes named arguments, all required, none unknown. */
export function named(operand: Document, compiler: Compiler, operator: string, names: readonly string[]) {
  for (const name of operand.keys()) {
    if (!names.includes(name)) throw new MongoError(17083, `Unrecognized parameter to ${operator}: ${name}`);
  }
  return names.map((name) => {
    const value = operand.get(name);
    if (value === undefined) throw new MongoError(17080, `Missing '${name}' parameter to ${operator}`);
    return compiler.compile(value);
  });
}
