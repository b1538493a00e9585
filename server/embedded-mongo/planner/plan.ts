import type { Index } from '../index/definition';
import { isMultikey } from '../index/definition';
import type { Filter } from '../query/filter';
import type { SortField } from '../query/sort';
import { afterPrefix, idPrefix } from '../storage/environment';
import {
  arePoints,
  type Constraint,
  conjuncts,
  constraintsOf,
  descending,
  type Interval,
  intersect,
  isSinglePoint,
} from './bounds';
import { holdsEveryMatch, implies } from './implication';

export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
  /** It is the one key `start`, which is all of an entry of a unique index. */
  readonly single: boolean;
}

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: Index;
  /** Disjoint and in ascending order. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Documents found need not be matched again. */
  readonly exact: boolean;
  readonly providesSort: boolean;
  readonly score: number;
}

export type Plan =
  | { readonly kind: 'collection'; readonly reverse: boolean }
  | { readonly kind: 'or'; readonly branches: readonly IndexPlan[] }
  | IndexPlan;

const MAX_RANGES = 2000;

/** Chooses how to find what a filter matches: the index that narrows most, else all documents. */
export function choosePlan(indexes: readonly Index[], filter: Filter, sort: readonly SortField[]): Plan {
  const parts = conjuncts(filter);
  const byId = indexes.find((index) => index.name === '_id_');
  if (byId && parts.some(namesOneId)) return indexPlan(byId, parts, sort);
  const best = bestIndex(indexes, parts, sort);
  if (best && best.score >= NARROWS) return best;
  return unionPlan(indexes, parts) ?? best ?? { kind: 'collection', reverse: false };
}

/** Nothing beats one look-up by `_id`. */
function namesOneId(part: Filter): boolean {
  if (part.kind !== 'compare' || part.operator !== '$eq' || Array.isArray(part.value)) return false;
  return part.path.length === 1 && part.path[0] === '_id';
}

/** The plan through one given index, whether or not it narrows anything. */
export function planWith(index: Index, filter: Filter, sort: readonly SortField[]): IndexPlan {
  return indexPlan(index, conjuncts(filter), sort);
}

const NARROWS = 40;

function bestIndex(
  indexes: readonly Index[],
  parts: readonly Filter[],
  sort: readonly SortField[],
): IndexPlan | undefined {
  const useful = indexes
    .filter((index) => holdsEveryMatch(index, parts))
    .map((index) => indexPlan(index, parts, sort))
    .filter((plan) => plan.score > 0);
  return useful.reduce<IndexPlan | undefined>(
    (best, plan) => (best === undefined || plan.score > best.score ? plan : best),
    undefined,
  );
}

/** An `$or` whose every branch narrows some index is the union of those. */
function unionPlan(indexes: readonly Index[], parts: readonly Filter[]): Plan | undefined {
  for (const part of parts) {
    if (part.kind !== 'or') continue;
    const others = parts.filter((other) => other !== part);
    const branches = part.filters.map((branch) => bestIndex(indexes, [...conjuncts(branch), ...others], []));
    const narrow = branches.filter((branch) => branch !== undefined && branch.score >= NARROWS);
    if (narrow.length !== branches.length) continue;
    return {
      kind: 'or',
      branches: narrow.flatMap((branch) => (branch ? [{ ...branch, exact: false }] : [])),
    };
  }
  return undefined;
}

interface FieldBounds {
  readonly intervals: readonly Interval[];
  readonly used: readonly Constraint[];
}

function indexPlan(index: Index, parts: readonly Filter[], sort: readonly SortField[]): IndexPlan {
  const constraints = parts.flatMap((part) => constraintsOf(part));
  const bounds = boundsOf(index, constraints);
  const ranges = rangesOf(index, bounds);
  const order = sortOrder(index, bounds, sort);
  const used = new Set(
    bounds
      .flatMap((bound) => bound.used)
      .filter((one) => one.exact)
      .map((one) => one.conjunct),
  );
  const held = conjuncts(index.partial);
  return {
    kind: 'index',
    index,
    ranges,
    reverse: order === 'backward',
    exact: !isMultikey(index) && parts.every((part) => used.has(part) || implies(held, part)),
    providesSort: order !== undefined,
    score: scoreOf(index, bounds, order !== undefined && sort.length > 0),
  };
}

/** Bounds for a prefix of the index: points as far as they go, then at most one range. */
function boundsOf(index: Index, constraints: readonly Constraint[]): FieldBounds[] {
  const result: FieldBounds[] = [];
  let combinations = 1;
  for (const [i, field] of index.fields.entries()) {
    const own = constraints.filter((one) => one.path === field.name);
    if (own.length === 0 || sharesArray(index, i)) break;
    const bounds = isMultikey(index) ? narrowest(ofOneKey(index, own)) : combined(own);
    combinations *= Math.max(1, bounds.intervals.length);
    if (combinations > MAX_RANGES) break;
    result.push(bounds);
    if (!arePoints(bounds.intervals)) break;
  }
  return result;
}

/** Two fields below one array: a document may meet their conditions with two elements, a key has only one. */
function sharesArray(index: Index, at: number): boolean {
  const path = index.fields[at]?.path ?? [];
  return index.fields
    .slice(0, at)
    .some((earlier) => arraysAbove(index, path).some((array) => isBelow(array, earlier.path)));
}

const arraysAbove = (index: Index, path: readonly string[]): (readonly string[])[] =>
  [...index.arrays].map((array) => array.split('.')).filter((array) => isBelow(array, path));

const isBelow = (array: readonly string[], path: readonly string[]): boolean =>
  array.every((part, i) => path[i] === part);

/**
 * What one field of a multikey index is asked for, by what a single key has to meet. The conditions of one `$elemMatch`
 * meet in one key where the field leads through no further array below that element.
 */
function ofOneKey(index: Index, own: readonly Constraint[]): Constraint[][] {
  const alone: Constraint[][] = [];
  const byElement = new Map<Filter, Constraint[]>();
  for (const one of own) {
    const { within } = one;
    const isOneKey =
      within && arraysAbove(index, one.path.split('.')).every((array) => isBelow(array, within.path));
    if (isOneKey) byElement.set(within.filter, [...(byElement.get(within.filter) ?? []), one]);
    else alone.push([one]);
  }
  return [...byElement.values(), ...alone];
}

function combined(own: readonly Constraint[]): FieldBounds {
  const intervals = own.map((one) => one.intervals).reduce((a, b) => intersect(a, b));
  return { intervals, used: own };
}

/** Points before ranges, and a range between two conditions before one that is open. */
function narrowest(keys: readonly (readonly Constraint[])[]): FieldBounds {
  const [first, ...rest] = keys.map(combined);
  if (!first) return { intervals: [], used: [] };
  const rank = ({ intervals, used }: FieldBounds) => (arePoints(intervals) ? 1000 : 0) + used.length;
  return rest.reduce((a, b) => (rank(b) > rank(a) ? b : a), first);
}

function rangesOf(index: Index, bounds: readonly FieldBounds[]): KeyRange[] {
  let prefixes = [idPrefix(index.id)];
  const prefix = idPrefix(index.id);
  if (bounds.length === 0) return [{ start: prefix, end: afterPrefix(prefix), single: false }];
  const whole = index.unique && bounds.length === index.fields.length;
  for (const [i, { intervals }] of bounds.entries()) {
    const directed = index.fields[i]?.descending ? intervals.map(descending) : intervals;
    const ordered = [...directed].sort((a, b) => Buffer.compare(a.start, b.start));
    if (i === bounds.length - 1) {
      return prefixes.flatMap((before) =>
        ordered.map(({ start, end, point }) => ({
          start: Buffer.concat([before, point ?? start]),
          end: Buffer.concat([before, end]),
          single: whole && point !== undefined,
        })),
      );
    }
    prefixes = prefixes.flatMap((before) =>
      ordered.map(({ point }) => Buffer.concat([before, point ?? Buffer.alloc(0)])),
    );
  }
  return [];
}

/** Whether scanning the index (forward or backward) yields the wanted order; fields held at one value do not matter. */
function sortOrder(
  index: Index,
  bounds: readonly FieldBounds[],
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  if (sort.length === 0) return 'forward';
  if (isMultikey(index)) return undefined;
  const fixed = new Set(
    index.fields.filter((_, i) => isSinglePoint(bounds[i]?.intervals ?? [])).map((field) => field.name),
  );
  const wanted = sort.filter((field) => !fixed.has(field.name));
  const offered = index.fields.filter((field) => !fixed.has(field.name));
  if (wanted.length > offered.length) return undefined;
  const turns = new Set<boolean>();
  for (const [i, field] of wanted.entries()) {
    const given = offered[i];
    if (given?.name !== field.name) return undefined;
    turns.add(given.descending !== field.descending);
  }
  if (turns.size > 1) return undefined;
  return turns.has(true) ? 'backward' : 'forward';
}

function scoreOf(index: Index, bounds: readonly FieldBounds[], sorts: boolean): number {
  if (bounds.length === 0) return sorts ? 5 : 0;
  const equal = bounds.filter((bound) => arePoints(bound.intervals)).length;
  const whole = equal === index.fields.length && bounds.every((bound) => isSinglePoint(bound.intervals));
  const several = bounds.some((bound) => bound.intervals.length > 1) ? 5 : 0;
  return (
    (whole && index.unique ? 1000 : 0) +
    equal * 100 +
    (bounds.length - equal) * 40 +
    (sorts ? 30 : 0) -
    several +
    10
  );
}
