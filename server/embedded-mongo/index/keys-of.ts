import { format } from '../bson/format';
import { type Document, isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import { arrayIndex, type Path } from '../query/path';
import { KeyWriter } from './key-encoding';

export interface KeyField {
  readonly name: string;
  readonly path: Path;
  readonly descending: boolean;
}

export interface GeneratedKeys {
  /** The distinct encoded keys, without the index's own prefix. */
  readonly keys: readonly Buffer[];
  /** The dotted paths at which an array was walked. */
  readonly arrays: ReadonlySet<string>;
}

/** A field on its way to its value: where it stands and what of its path is left. */
interface Cursor {
  readonly node: Value | undefined;
  readonly depth: number;
  /** An element of an array is indexed as it is, even if it is an array again. */
  readonly settled: boolean;
}

/** The depth of a field whose path leads nowhere in this document. */
const NOWHERE = -1;

interface Found {
  readonly value: Value | undefined;
  readonly exists: boolean;
}

/**
 * The keys under which a document stands in an index: one for each element of an array on the indexed paths.
 * An absent field is indexed as null, an empty array as "missing"; a sparse index leaves out documents that
 * have none of its fields.
 * @throws MongoError 171 when two fields run through different arrays
 */
export function keysOf(document: Document, fields: readonly KeyField[], sparse: boolean): GeneratedKeys {
  const arrays = new Set<string>();
  const keys = new Map<string, Buffer>();

  const take = (found: readonly Found[]) => {
    if (sparse && !found.some((one) => one.exists)) return;
    const writer = new KeyWriter();
    for (const [i, field] of fields.entries()) writer.field(found[i]?.value, field.descending);
    const key = writer.finish();
    keys.set(key.toString('latin1'), key);
  };

  const expand = (cursors: readonly Cursor[]) => {
    const moved = cursors.map((cursor, i) => advance(cursor, fields[i]?.path ?? []));
    const walked = moved.filter(isAtArray);
    const array = walked[0]?.node;
    if (!Array.isArray(array)) {
      take(moved.map((cursor, i) => settle(cursor, fields[i]?.path ?? [])));
      return;
    }
    if (walked.some((cursor) => cursor.node !== array)) throw parallelArrays(moved, fields);
    noteArrays(arrays, moved, fields);
    const elements: (Value | undefined)[] = array.length === 0 ? [undefined] : array;
    for (const element of elements) {
      expand(
        moved.map((cursor, i) =>
          isAtArray(cursor) ? enter(cursor, element, fields[i]?.path ?? []) : cursor,
        ),
      );
    }
  };

  expand(fields.map(() => ({ node: document, depth: 0, settled: false })));
  return { keys: [...keys.values()], arrays };
}

function isAtArray(cursor: Cursor): boolean {
  return !cursor.settled && Array.isArray(cursor.node);
}

/** Goes down through documents, and into array positions that the path names, until an array or the end. */
function advance(cursor: Cursor, path: Path): Cursor {
  let { node, depth } = cursor;
  if (cursor.settled) return cursor;
  while (depth < path.length) {
    const component = path[depth] ?? '';
    if (isDocument(node)) {
      node = node.get(component);
    } else if (Array.isArray(node)) {
      const index = arrayIndex(component);
      if (index === undefined) break;
      if (node.some((item) => isDocument(item) && item.has(component))) throw ambiguous(component, node);
      node = node[index];
    } else {
      return { node: undefined, depth: NOWHERE, settled: true };
    }
    depth++;
  }
  return { node, depth, settled: false };
}

function enter(cursor: Cursor, element: Value | undefined, path: Path): Cursor {
  const atLeaf = cursor.depth === path.length;
  if (atLeaf) return { node: element, depth: cursor.depth, settled: true };
  const leadsOn = isDocument(element);
  return { node: leadsOn ? element : undefined, depth: leadsOn ? cursor.depth : NOWHERE, settled: !leadsOn };
}

/** Only an empty array leaves a leaf without a value; every other absence is indexed as null. */
function settle(cursor: Cursor, path: Path): Found {
  if (cursor.node !== undefined) return { value: cursor.node, exists: true };
  const emptyArray = cursor.settled && cursor.depth === path.length;
  return emptyArray ? { value: undefined, exists: true } : { value: null, exists: false };
}

function noteArrays(arrays: Set<string>, cursors: readonly Cursor[], fields: readonly KeyField[]): void {
  for (const [i, cursor] of cursors.entries()) {
    if (isAtArray(cursor)) arrays.add((fields[i]?.path ?? []).slice(0, cursor.depth).join('.'));
  }
}

function parallelArrays(cursors: readonly Cursor[], fields: readonly KeyField[]): MongoError {
  const names = fields.filter((_, i) => {
    const cursor = cursors[i];
    return cursor !== undefined && isAtArray(cursor);
  });
  return new MongoError(
    171,
    `cannot index parallel arrays ${names.map((field) => `[${field.path.at(-1) ?? ''}]`).join(' ')}`,
  );
}

function ambiguous(component: string, array: Value[]): MongoError {
  return new MongoError(
    16746,
    'Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), ' +
      `field: '${component}' for array: ${format(array)}`,
  );
}
