import { type Document, isDocument, type Value } from '../bson/values';

export type Path = readonly string[];

export const splitPath = (path: string): Path => path.split('.');

const INDEX = /^(0|[1-9]\d*)$/;

/** "0", "17": a path component that may also be a position in an array. */
export function arrayIndex(component: string | undefined): number | undefined {
  return component !== undefined && INDEX.test(component) ? Number(component) : undefined;
}

/**
 * Called with each value a path leads to (undefined: the path ends before it) and, when an array was walked on the
 * way, the position taken in the outermost one. Returns true to stop.
 */
export type Visit = (value: Value | undefined, position: number | undefined) => boolean;

/**
 * Walks a dotted path the way the query language does: through every element of an array on the way and, where
 * the component is a number, also into that position. Elements that are not documents lead nowhere.
 * @param expandLeaf also visit each element of an array at the end of the path, before the array itself
 * @returns whether a visit stopped the walk
 */
export function visitPath(root: Document, path: Path, expandLeaf: boolean, visit: Visit): boolean {
  return walk(root, path, 0, expandLeaf, undefined, visit);
}

function walk(
  node: Value | undefined,
  path: Path,
  depth: number,
  expandLeaf: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  if (depth === path.length) return leaf(node, expandLeaf, position, visit);
  if (isDocument(node))
    return walk(node.get(path[depth] ?? ''), path, depth + 1, expandLeaf, position, visit);
  if (!Array.isArray(node)) return visit(undefined, position);

  for (const [at, item] of node.entries()) {
    if (isDocument(item) && walk(item, path, depth, expandLeaf, position ?? at, visit)) return true;
  }
  const index = arrayIndex(path[depth]);
  if (index === undefined || index >= node.length) return false;
  return walk(node[index], path, depth + 1, expandLeaf, position, visit);
}

function leaf(
  node: Value | undefined,
  expandLeaf: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  if (expandLeaf && Array.isArray(node)) {
    for (const [at, item] of node.entries()) if (visit(item, position ?? at)) return true;
  }
  return visit(node, position);
}

/** The value at a path that only leads through documents; undefined where an array or scalar is in the way. */
export function plainValue(root: Value | undefined, path: Path): Value | undefined {
  let node = root;
  for (const component of path) {
    if (!isDocument(node)) return undefined;
    node = node.get(component);
  }
  return node;
}
