import { equalValues } from '../bson/compare';
import { typeName, type Value } from '../bson/values';
import type { Index } from '../index/definition';
import type { Filter } from '../query/filter';
import { compileValueTest } from '../query/matcher';
import type { Path } from '../query/path';

/** Whether every document that meets all `given` conjuncts also meets `wanted`; "false" when it cannot tell. */
export function implies(given: readonly Filter[], wanted: Filter): boolean {
  switch (wanted.kind) {
    case 'always':
      return true;
    case 'and':
      return wanted.filters.every((part) => implies(given, part));
    case 'or':
      return wanted.filters.some((part) => implies(given, part));
    case 'exists':
      return given.some((one) => 'path' in one && samePath(one.path, wanted.path) && requiresPresence(one));
    case 'compare':
    case 'in':
    case 'type':
      return given.some((one) => 'path' in one && samePath(one.path, wanted.path) && narrower(one, wanted));
    default:
      return false;
  }
}

/** A sparse index lacks documents that have none of its fields. */
export function holdsEveryMatch(index: Index, given: readonly Filter[]): boolean {
  if (!implies(given, index.partial)) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => implies(given, { kind: 'exists', path: field.path }));
}

const samePath = (a: Path, b: Path) => a.length === b.length && a.every((part, i) => part === b[i]);

function requiresPresence(filter: Filter): boolean {
  switch (filter.kind) {
    case 'compare':
      return filter.value !== null;
    case 'in':
      return !filter.values.includes(null);
    case 'exists':
    case 'regex':
    case 'type':
    case 'size':
    case 'mod':
    case 'bits':
    case 'elemMatch':
    case 'elemMatchValue':
      return true;
    default:
      return false;
  }
}

function narrower(given: Filter, wanted: Extract<Filter, { kind: 'compare' | 'in' | 'type' }>): boolean {
  if (given.kind === 'compare' && given.operator === '$eq') return accepts(wanted, given.value);
  if (given.kind === 'in')
    return given.patterns.length === 0 && given.values.every((value) => accepts(wanted, value));
  if (given.kind === 'type')
    return wanted.kind === 'type' && given.types.every((type) => wanted.types.includes(type));
  if (given.kind !== 'compare') return false;
  if (wanted.kind === 'type') return isScalarOf(given.value, wanted.types);
  if (wanted.kind !== 'compare' || wanted.operator === '$eq') return false;
  const sameDirection = given.operator.startsWith(wanted.operator.slice(0, 3));
  if (!sameDirection) return false;
  if (equalValues(given.value, wanted.value)) {
    return given.operator === wanted.operator || wanted.operator.endsWith('e');
  }
  return accepts(wanted, given.value);
}

function accepts(wanted: Extract<Filter, { kind: 'compare' | 'in' | 'type' }>, value: Value): boolean {
  if (Array.isArray(value)) return false;
  if (value === null) return wanted.kind === 'compare' && wanted.value === null && wanted.operator === '$eq';
  return compileValueTest(wanted)(value);
}

/** A range names one type, except that numbers compare across theirs. */
function isScalarOf(value: Value, types: readonly string[]): boolean {
  const name = typeName(value);
  if (['int', 'long', 'double'].includes(name))
    return ['int', 'long', 'double'].every((type) => types.includes(type));
  return types.includes(name);
}
