import { clone, type Document } from '../bson/values';
import { MongoError } from '../errors';
import type { Filter } from '../query/filter';
import { slotAt } from './slot';

/**
 * The document an upsert starts from: what the filter says fields are equal to.
 * @param onlyId a replacement takes no more than the `_id`
 * @throws MongoError 54 when the filter gives a field two values
 */
export function documentFromFilter(filter: Filter, onlyId: boolean): Document {
  const result: Document = new Map();
  const seen = new Set<string>();
  for (const { path, value } of equalities(filter)) {
    const name = path.join('.');
    if (onlyId && name !== '_id') continue;
    if (seen.has(name))
      throw new MongoError(54, `cannot infer query fields to set, path '${name}' is matched twice`);
    seen.add(name);
    slotAt(result, path).set(clone(value));
  }
  return result;
}

type Equality = Extract<Filter, { kind: 'compare' }>;

function equalities(filter: Filter): Equality[] {
  if (filter.kind === 'and') return filter.filters.flatMap(equalities);
  if (filter.kind === 'or') return filter.filters.length === 1 ? filter.filters.flatMap(equalities) : [];
  if (filter.kind === 'in' && filter.values.length === 1 && filter.patterns.length === 0) {
    return filter.values.map((value) => ({ kind: 'compare', path: filter.path, operator: '$eq', value }));
  }
  return filter.kind === 'compare' && filter.operator === '$eq' ? [filter] : [];
}
