import { type Document, isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { OPERATORS } from './operators';
import type { Compiler, Expression, Scope } from './scope';

/** Compiles expressions; knows which variables are in scope where the expression stands. */
export class ExpressionCompiler implements Compiler {
  private constructor(private readonly names: ReadonlySet<string>) {}

  /** @param names the user's variables (`let`), without dollars */
  static with(names: Iterable<string> = []): Compiler {
    return new ExpressionCompiler(new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE', ...names]));
  }

  extend(names: Iterable<string>): Compiler {
    return new ExpressionCompiler(new Set([...this.names, ...names]));
  }

  compile(value: Value): Expression {
    if (typeof value === 'string' && value.startsWith('$')) return this.path(value);
    if (Array.isArray(value)) return this.array(value);
    if (!isDocument(value)) return () => value;
    const [first] = value.keys();
    return first?.startsWith('$') ? this.operator(value, first) : this.object(value);
  }

  private operator(value: Document, name: string): Expression {
    if (value.size > 1) {
      throw new MongoError(
        15983,
        `an object representing an expression must have exactly one field: ${[...value.keys()].join(', ')}`,
      );
    }
    const compileOperator = OPERATORS.get(name);
    if (!compileOperator) throw new MongoError(168, `Unrecognized expression '${name}'`);
    return compileOperator(value.get(name) ?? null, this, name);
  }

  private array(items: readonly Value[]): Expression {
    const parts = items.map((item) => this.compile(item));
    return (scope) => parts.map((part) => part(scope) ?? null);
  }

  private object(value: Document): Expression {
    const parts = [...value].map(([name, item]) => {
      if (name.includes('.'))
        throw new MongoError(
          16412,
          `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
        );
      if (name.startsWith('$'))
        throw new MongoError(
          16410,
          `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
        );
      return [name, this.compile(item)] as const;
    });
    return (scope) => {
      const result: Document = new Map();
      for (const [name, part] of parts) {
        const item = part(scope);
        if (item !== undefined) result.set(name, item);
      }
      return result;
    };
  }

  private path(text: string): Expression {
    if (!text.startsWith('$$')) return fieldPath(text.slice(1), (scope) => scope.root);
    const [name = '', ...rest] = text.slice(2).split('.');
    if (!this.names.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
    const start = (scope: Scope) =>
      name === 'REMOVE' ? undefined : scope.variables.has(name) ? scope.variables.get(name) : scope.root;
    return rest.length === 0 ? start : fieldPath(rest.join('.'), start);
  }
}

function fieldPath(path: string, start: Expression): Expression {
  const parts = path.split('.');
  if (path === '' || parts.includes(''))
    throw new MongoError(40353, `FieldPath '${path}' must not have an empty part`);
  for (const part of parts) {
    if (part.startsWith('$'))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
  }
  return (scope) => follow(start(scope), parts, 0);
}

/** Through an array, the values of its elements; a number in the path is a field's name, never a position. */
function follow(value: Value | undefined, parts: readonly string[], depth: number): Value | undefined {
  if (depth === parts.length) return value;
  if (isDocument(value)) return follow(value.get(parts[depth] ?? ''), parts, depth + 1);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap<Value>((item) => {
    if (!isDocument(item)) return [];
    const inner = follow(item, parts, depth);
    return inner === undefined ? [] : [inner];
  });
}
