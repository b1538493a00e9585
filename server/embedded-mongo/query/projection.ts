import type { Compiler, Expression, Scope } from '../aggregate/scope';
import { type Document, isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { type ArrayProjection, arrayProjection } from './array-projection';

export type Project = (document: Document, scope: Scope, position?: number) => Document;

/** What a projection does at one name: keep, drop, compute, cut an array, or go further down. */
type Node =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly project: ArrayProjection }
  | { readonly kind: 'tree'; readonly children: Map<string, Node> };

type Tree = Extract<Node, { kind: 'tree' }>;

/**
 * Compiles a projection, of `find` or of `$project`.
 * @param inFind allow `$slice`, `$elemMatch` and the positional `$`, which only `find` has
 * @throws MongoError 31253/31254 when it both includes and excludes
 */
export function compileProjection(projection: Document, compiler: Compiler, inFind: boolean): Project {
  const tree: Tree = { kind: 'tree', children: new Map() };
  let mode: 'include' | 'exclude' | undefined;
  let id: Node | undefined;
  for (const [name, value] of projection) {
    const { path, node } = parseEntry(name, value, compiler, inFind);
    if (name === '_id' && (node.kind === 'keep' || node.kind === 'drop')) {
      id = node;
      continue;
    }
    mode = agree(mode, node, name);
    plant(tree, path, node, name, compiler, inFind);
  }
  mode ??= id?.kind === 'keep' ? 'include' : 'exclude';
  if (mode === 'include' && id?.kind !== 'drop' && !tree.children.has('_id'))
    tree.children.set('_id', { kind: 'keep' });
  if (mode === 'exclude' && id?.kind === 'drop') tree.children.set('_id', id);
  const including = mode === 'include';
  return (document, scope, position) => apply(document, tree, including, scope, position);
}

function parseEntry(
  name: string,
  value: Value,
  compiler: Compiler,
  inFind: boolean,
): { path: string[]; node: Node } {
  const path = name.split('.');
  if (inFind && path.at(-1) === '$')
    return { path: path.slice(0, -1), node: { kind: 'array', project: arrayProjection('$', value) } };
  if (path.includes('')) throw new MongoError(40353, 'FieldPath must not contain empty parts');
  if (path.some((part) => part.startsWith('$'))) {
    throw new MongoError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  }
  if (typeof value === 'boolean' || isNumber(value)) {
    const keeps = typeof value === 'boolean' ? value : toNumber(value) !== 0;
    return { path, node: { kind: keeps ? 'keep' : 'drop' } };
  }
  const [operator] = isDocument(value) ? value.keys() : [];
  if (inFind && isDocument(value) && (operator === '$slice' || operator === '$elemMatch')) {
    return { path, node: { kind: 'array', project: arrayProjection(operator, value.get(operator) ?? null) } };
  }
  if (isDocument(value) && operator !== undefined && !operator.startsWith('$')) {
    return { path, node: nested(value, compiler, inFind) };
  }
  if (isDocument(value) && operator === undefined)
    throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
  return { path, node: { kind: 'compute', expression: compiler.compile(value) } };
}

/** `{a: {b: 1}}` is `{'a.b': 1}`. */
function nested(value: Document, compiler: Compiler, inFind: boolean): Node {
  const tree: Tree = { kind: 'tree', children: new Map() };
  for (const [name, inner] of value) {
    const entry = parseEntry(name, inner, compiler, inFind);
    plant(tree, entry.path, entry.node, name, compiler, inFind);
  }
  return tree;
}

function agree(
  mode: 'include' | 'exclude' | undefined,
  node: Node,
  name: string,
): 'include' | 'exclude' | undefined {
  const wanted = modeOf(node);
  if (wanted === undefined || mode === undefined || wanted === mode) return mode ?? wanted;
  if (mode === 'include')
    throw new MongoError(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
  throw new MongoError(31253, `Cannot do inclusion on field ${name} in exclusion projection`);
}

/** `$slice` goes with either; a positional `$`, `$elemMatch` or computed field includes. */
function modeOf(node: Node): 'include' | 'exclude' | undefined {
  if (node.kind === 'drop') return 'exclude';
  if (node.kind === 'array') return node.project.includes ? 'include' : undefined;
  if (node.kind !== 'tree') return 'include';
  for (const child of node.children.values()) {
    const mode = modeOf(child);
    if (mode) return mode;
  }
  return undefined;
}

function plant(
  tree: Tree,
  path: readonly string[],
  node: Node,
  name: string,
  compiler: Compiler,
  inFind: boolean,
): void {
  const [first = '', ...rest] = path;
  const there = tree.children.get(first);
  if (rest.length === 0) {
    if (there?.kind === 'tree' && node.kind === 'tree') {
      for (const [inner, child] of node.children)
        plant(there, [inner], child, `${name}.${inner}`, compiler, inFind);
      return;
    }
    if (there) throw new MongoError(31250, `Path collision at ${name}`);
    tree.children.set(first, node);
    return;
  }
  if (there && there.kind !== 'tree')
    throw new MongoError(31249, `Path collision at ${name} remaining portion ${rest.join('.')}`);
  const below: Tree = there ?? { kind: 'tree', children: new Map() };
  tree.children.set(first, below);
  plant(below, rest, node, name, compiler, inFind);
}

function apply(
  document: Document,
  tree: Tree,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Document {
  const result: Document = new Map();
  for (const [name, value] of document) {
    const projected = applyNode(tree.children.get(name), value, including, scope, position);
    if (projected !== undefined) result.set(name, projected);
  }
  for (const [name, node] of tree.children) {
    const computed = document.has(name) && node.kind !== 'compute' ? undefined : compute(node, scope);
    if (computed !== undefined) result.set(name, computed);
  }
  return result;
}

function applyNode(
  node: Node | undefined,
  value: Value,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Value | undefined {
  if (!node) return including ? undefined : value;
  switch (node.kind) {
    case 'keep':
      return value;
    case 'drop':
    case 'compute':
      return undefined;
    case 'array':
      return node.project.apply(value, position);
    case 'tree':
      return descend(node, value, including, scope, position);
  }
}

function descend(
  node: Tree,
  value: Value,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Value | undefined {
  if (isDocument(value)) return apply(value, node, including, scope, position);
  if (Array.isArray(value)) {
    return value.flatMap<Value>((item) => {
      const projected = descend(node, item, including, scope, position);
      return projected === undefined ? [] : [projected];
    });
  }
  return including ? compute(node, scope) : value;
}

/** The computed fields of a part of the tree that the document lacks. */
function compute(node: Node, scope: Scope): Value | undefined {
  if (node.kind === 'compute') return node.expression(scope);
  if (node.kind !== 'tree') return undefined;
  const result: Document = new Map();
  for (const [name, child] of node.children) {
    const value = compute(child, scope);
    if (value !== undefined) result.set(name, value);
  }
  return result.size > 0 ? result : undefined;
}
