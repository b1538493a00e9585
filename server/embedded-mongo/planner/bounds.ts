import { isNumber, Rank, rankOf, toNumber, type Value } from '../bson/values';
import { encodeKey } from '../index/key-encoding';
import type { Filter } from '../query/filter';
import { arrayIndex } from '../query/path';
import { afterPrefix } from '../storage/environment';

/** A half-open range of ascending key bytes of one field; `point` when it holds one value. */
export interface Interval {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly point?: Buffer;
}

/** What one conjunct of a filter says about one path, in terms of an index on it. */
export interface Constraint {
  readonly path: string;
  readonly intervals: readonly Interval[];
  /** The index alone decides: no key in the intervals belongs to a document that fails the conjunct. */
  readonly exact: boolean;
  readonly conjunct: Filter;
  /** The innermost `$elemMatch` it stands in: one element of that array meets all that is said there. */
  readonly within?: Element;
}

export interface Element {
  readonly filter: Filter;
  /** Of the array. */
  readonly path: readonly string[];
}

/** The conjuncts of a filter, nested `$and`s flattened. */
export function conjuncts(filter: Filter): Filter[] {
  if (filter.kind === 'and') return filter.filters.flatMap(conjuncts);
  return filter.kind === 'always' ? [] : [filter];
}

export function constraintsOf(filter: Filter, prefix: readonly string[] = []): Constraint[] {
  switch (filter.kind) {
    case 'compare': {
      const path = [...prefix, ...filter.path].join('.');
      return constraint(
        path,
        comparisonIntervals(filter.operator, filter.value),
        isExact(filter.value),
        filter,
      );
    }
    case 'in': {
      if (filter.patterns.length > 0) return [];
      const path = [...prefix, ...filter.path].join('.');
      const exact = filter.values.every(isExact);
      return constraint(path, distinct(filter.values.flatMap(points)), exact, filter);
    }
    case 'regex':
      return constraint([...prefix, ...filter.path].join('.'), regexIntervals(filter), false, filter);
    case 'elemMatch':
    case 'elemMatchValue': {
      const element = { filter, path: [...prefix, ...filter.path] };
      return conjuncts(filter.filter)
        .flatMap((inner) => constraintsOf(inner, element.path))
        .map((inner) => ({ within: element, ...inner, exact: false, conjunct: filter }));
    }
    default:
      return [];
  }
}

function constraint(
  path: string,
  intervals: readonly Interval[] | undefined,
  exact: boolean,
  conjunct: Filter,
): Constraint[] {
  if (!intervals || (acceptsNull(conjunct) && path.split('.').some((part) => arrayIndex(part) !== undefined)))
    return [];
  return [{ path, intervals, exact, conjunct }];
}

/**
 * `a.0` means both a position and the field "0" of each element: a document may lack the one (and so match null)
 * while its key is the other.
 */
function acceptsNull(conjunct: Filter): boolean {
  if (conjunct.kind === 'compare') return conjunct.value === null;
  return conjunct.kind === 'in' && conjunct.values.includes(null);
}

/** Absence is indexed as null, and an array by its elements: both need a second look at the document. */
const isExact = (value: Value) => value !== null && !Array.isArray(value);

function comparisonIntervals(operator: string, value: Value): Interval[] | undefined {
  if (operator === '$eq') return distinct(points(value));
  if (value === null) return operator === '$gte' || operator === '$lte' ? points(value) : undefined;
  const rank = rankOf(value);
  if (Array.isArray(value) || rank === Rank.minKey || rank === Rank.maxKey) return undefined;
  if (isNumber(value) && Number.isNaN(toNumber(value))) return undefined;
  const key = encodeKey(value);
  const bracket = { start: lowest(rank), end: Buffer.from([rank + 1]) };
  switch (operator) {
    case '$gt':
      return [{ start: afterPrefix(key), end: bracket.end }];
    case '$gte':
      return [{ start: key, end: bracket.end }];
    case '$lt':
      return [{ start: bracket.start, end: key }];
    default:
      return [{ start: bracket.start, end: afterPrefix(key) }];
  }
}

/** NaN sorts below all numbers but is less than none of them. */
function lowest(rank: number): Buffer {
  return rank === Rank.number ? afterPrefix(encodeKey(Number.NaN)) : Buffer.from([rank]);
}

function points(value: Value): Interval[] {
  if (!Array.isArray(value)) return [point(value)];
  return [point(value), point(value[0])];
}

function point(value: Value | undefined): Interval {
  const key = encodeKey(value);
  return { start: key, end: afterPrefix(key), point: key };
}

function distinct(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => Buffer.compare(a.start, b.start));
  return sorted.filter((one, i) => i === 0 || !sorted[i - 1]?.start.equals(one.start));
}

const LITERAL_PREFIX = /^\^((?:[^\\^$.*+?()[\]{}|])+)/u;

/** `/^abc/` is a range of strings; a stored regular expression equal to the pattern matches too. */
function regexIntervals(filter: Extract<Filter, { kind: 'regex' }>): Interval[] | undefined {
  const { source, flags } = filter.pattern;
  const found = LITERAL_PREFIX.exec(source);
  if (!found?.[1] || flags.includes('i') || flags.includes('m') || source.includes('|')) return undefined;
  const next = source[found[0].length];
  const optionalLast = next === '*' || next === '?' || next === '{';
  const literal = optionalLast ? [...found[1]].slice(0, -1).join('') : found[1];
  if (literal === '') return undefined;
  const start = Buffer.concat([Buffer.from([Rank.string]), Buffer.from(literal)]);
  return [{ start, end: afterPrefix(start) }, point(filter.source)];
}

/** Both must hold of one value: only right where no array can satisfy them with two. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const start = Buffer.compare(x.start, y.start) >= 0 ? x.start : y.start;
      const end = Buffer.compare(x.end, y.end) <= 0 ? x.end : y.end;
      if (Buffer.compare(start, end) >= 0) continue;
      const key = x.point ?? y.point;
      result.push(key ? { start, end, point: key } : { start, end });
    }
  }
  return result;
}

export function isSinglePoint(intervals: readonly Interval[]): boolean {
  return intervals.length === 1 && intervals[0]?.point !== undefined;
}

export function arePoints(intervals: readonly Interval[]): boolean {
  return intervals.length > 0 && intervals.every((interval) => interval.point !== undefined);
}

/** The interval in the byte order of a descending field. */
export function descending(interval: Interval): Interval {
  return {
    start: afterPrefix(complement(interval.end)),
    end: afterPrefix(complement(interval.start)),
    ...(interval.point ? { point: complement(interval.point) } : {}),
  };
}

function complement(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => 255 - byte));
}
