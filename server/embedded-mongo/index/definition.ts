import { type Document, isDocument, isNumber, toNumber } from '../bson/values';
import type { Filter } from '../query/filter';
import { ALWAYS } from '../query/filter';
import { compileMatcher, type Matcher } from '../query/matcher';
import { parseFilter } from '../query/parse-filter';
import { splitPath } from '../query/path';
import type { KeyField } from './keys-of';

/** An index as the planner and the store use it; `spec` is what createIndexes got and listIndexes returns. */
export interface Index {
  readonly id: number;
  readonly name: string;
  readonly spec: Document;
  readonly keyPattern: Document;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  /** The top-level names on which the keys depend, those of the partial filter included. */
  readonly dependsOn: readonly string[];
  readonly partial: Filter;
  readonly covers: Matcher;
  readonly expireAfterSeconds: number | undefined;
  /**
   * The paths at which some document had an array. Shared and only ever growing: a plan that
   * treats an index as multikey too early is merely cautious.
   */
  readonly arrays: Set<string>;
}

export function defineIndex(id: number, spec: Document, arrays: Iterable<string>): Index {
  const keyPattern = spec.get('key');
  const name = spec.get('name');
  if (!isDocument(keyPattern) || typeof name !== 'string') throw new Error('an index without key or name');
  const partialFilter = spec.get('partialFilterExpression');
  const partial = isDocument(partialFilter) ? parseFilter(partialFilter) : ALWAYS;
  const expiry = spec.get('expireAfterSeconds');
  return {
    id,
    name,
    spec,
    keyPattern,
    fields: [...keyPattern].map(([field, direction]) => ({
      name: field,
      path: splitPath(field),
      descending: isNumber(direction) && toNumber(direction) < 0,
    })),
    unique: spec.get('unique') === true || name === '_id_',
    sparse: spec.get('sparse') === true,
    dependsOn: [...new Set([...[...keyPattern.keys()].map(topLevel), ...namesIn(partial)])],
    partial,
    covers: compileMatcher(partial),
    expireAfterSeconds: isNumber(expiry) ? toNumber(expiry) : undefined,
    arrays: new Set(arrays),
  };
}

export function isMultikey(index: Index): boolean {
  return index.arrays.size > 0;
}

const topLevel = (path: string) => path.split('.')[0] ?? path;

function namesIn(filter: Filter): string[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.filters.flatMap(namesIn);
  if (filter.kind === 'not') return namesIn(filter.filter);
  return 'path' in filter ? filter.path.slice(0, 1) : [];
}
