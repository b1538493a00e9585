import type { Value } from '../bson/values';

/** What an expression is evaluated on. `undefined` is MongoDB's "missing". */
export interface Scope {
  readonly root: Value | undefined;
  readonly variables: ReadonlyMap<string, Value | undefined>;
}

export type Expression = (scope: Scope) => Value | undefined;

/** Compiles expressions; knows which variables are in scope where the expression stands. */
export interface Compiler {
  compile(value: Value): Expression;
  extend(names: Iterable<string>): Compiler;
}
