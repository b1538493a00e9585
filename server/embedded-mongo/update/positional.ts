import { format } from '../bson/format';
import { type Document, isDocument, type Value } from '../bson/values';
import { badValue, failedToParse } from '../errors';
import { compileMatcher } from '../query/matcher';
import { parseFilter } from '../query/parse-filter';
import { arrayIndex } from '../query/path';

export type ElementTest = (element: Value) => boolean;
export type ArrayFilters = ReadonlyMap<string, ElementTest>;

const IDENTIFIER = /^\$\[(.*)\]$/;

/** `$[name]` → "name", `$[]` → "", anything else → undefined. */
export function filterName(component: string): string | undefined {
  return IDENTIFIER.exec(component)?.[1];
}

/** @throws MongoError 9 for a filter without, or with more than, one top-level name */
export function parseArrayFilters(filters: readonly Document[]): ArrayFilters {
  const result = new Map<string, ElementTest>();
  for (const filter of filters) {
    const names = new Set(topLevelNames(filter));
    const [name] = names;
    if (name === undefined)
      throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (result.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    const matches = compileMatcher(parseFilter(filter));
    result.set(name, (element) => matches(new Map([[name, element]])));
  }
  return result;
}

function topLevelNames(filter: Document): string[] {
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    if (!Array.isArray(value)) return [];
    return value.flatMap((branch) => (isDocument(branch) ? topLevelNames(branch) : []));
  });
}

/** Every name used in a path must have its filter, and every filter be used. */
export function assertFiltersUsed(
  filters: ArrayFilters,
  paths: readonly (readonly string[])[],
  update: Document,
): void {
  const used = new Set<string>();
  for (const path of paths) {
    for (const component of path) {
      const name = filterName(component);
      if (!name) continue;
      if (!filters.has(name)) {
        throw badValue(`No array filter found for identifier '${name}' in path '${path.join('.')}'`);
      }
      used.add(name);
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw failedToParse(
        `The array filter for identifier '${name}' was not used in the update ${format(update)}`,
      );
    }
  }
}

/**
 * The concrete paths that a path with `$`, `$[]` or `$[name]` stands for in one document.
 * @param position the array position the query matched, for `$`
 */
export function concretePaths(
  root: Document,
  path: readonly string[],
  filters: ArrayFilters,
  position: number | undefined,
): string[][] {
  if (!path.some((component) => component.startsWith('$'))) return [[...path]];
  let paths: { readonly done: string[]; readonly node: Value | undefined }[] = [{ done: [], node: root }];
  for (const component of path) {
    paths = paths.flatMap(({ done, node }) =>
      choices(component, node, done, filters, position).map((choice) => ({
        done: [...done, choice],
        node: step(node, choice),
      })),
    );
  }
  return paths.map((one) => one.done);
}

function choices(
  component: string,
  node: Value | undefined,
  done: readonly string[],
  filters: ArrayFilters,
  position: number | undefined,
): string[] {
  if (component === '$') {
    if (position === undefined)
      throw badValue('The positional operator did not find the match needed from the query.');
    return [String(position)];
  }
  const name = filterName(component);
  if (name === undefined) return [component];
  const at = done.join('.');
  if (node === undefined)
    throw badValue(`The path '${at}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(node))
    throw badValue(
      `Cannot apply array updates to non-array element ${at.split('.').at(-1) ?? ''}: ${format(node)}`,
    );
  const test = filters.get(name);
  return node.flatMap((element, i) => (name === '' || test?.(element) ? [String(i)] : []));
}

function step(node: Value | undefined, component: string): Value | undefined {
  if (isDocument(node)) return node.get(component);
  return Array.isArray(node) ? node[arrayIndex(component) ?? -1] : undefined;
}
