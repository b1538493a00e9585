import { BSONRegExp } from 'bson';
import { compareValues, equalValues } from '../bson/compare';
import { type Document, isDocument, isNumber, rankOf, toNumber, type Value } from '../bson/values';
import { badValue } from '../errors';
import type { Comparison, Filter } from './filter';
import { type Path, visitPath } from './path';
import { hasType } from './types';

/** What the positional `$` of an update or projection stands for. */
export interface MatchDetails {
  position?: number;
}

export type Matcher = (document: Document, details?: MatchDetails) => boolean;

/** Evaluates an aggregation expression on a document, for `$expr`. */
export type Evaluate = (document: Document) => Value | undefined;
export type CompileExpression = (expression: Value) => Evaluate;

/** Filters of partial indexes and validators may not use `$expr`. */
export const noExpressions: CompileExpression = () => {
  throw badValue('$expr is not supported in this context');
};

/** Turns a parsed filter into a predicate. */
export function compileMatcher(
  filter: Filter,
  compileExpression: CompileExpression = noExpressions,
): Matcher {
  switch (filter.kind) {
    case 'always':
      return () => true;
    case 'never':
      return () => false;
    case 'and':
      return every(filter.filters.map((part) => compileMatcher(part, compileExpression)));
    case 'or':
      return some(filter.filters.map((part) => compileMatcher(part, compileExpression)));
    case 'not': {
      const inner = compileMatcher(filter.filter, compileExpression);
      return (document) => !inner(document);
    }
    case 'expr': {
      const evaluate = compileExpression(filter.expression);
      return (document) => isTrue(evaluate(document));
    }
    case 'exists':
      return leafMatcher(filter.path, false, (value) => value !== undefined);
    case 'size':
      return leafMatcher(filter.path, false, (value) => Array.isArray(value) && value.length === filter.size);
    case 'elemMatch':
    case 'elemMatchValue':
      return elementMatcher(filter.path, elementTest(filter, compileExpression));
    default:
      return leafMatcher(filter.path, true, valueTest(filter));
  }
}

type ValueTest = (value: Value | undefined) => boolean;
type LeafFilter = Extract<Filter, { kind: 'compare' | 'in' | 'regex' | 'type' | 'mod' | 'bits' }>;

const isTrue = (value: Value | undefined) =>
  value !== undefined && value !== null && value !== false && !(isNumber(value) && toNumber(value) === 0);

function every(matchers: readonly Matcher[]): Matcher {
  return (document, details) => matchers.every((matches) => matches(document, details));
}

function some(matchers: readonly Matcher[]): Matcher {
  return (document, details) => matchers.some((matches) => matches(document, details));
}

function leafMatcher(path: Path, expandLeaf: boolean, test: ValueTest): Matcher {
  const [name] = path;
  const simple = path.length === 1 && name !== undefined;
  return (document, details) => {
    if (simple) {
      const value = document.get(name);
      if (!Array.isArray(value)) return test(value);
    }
    return visitPath(document, path, expandLeaf, (value, position) => {
      if (!test(value)) return false;
      if (details && position !== undefined) details.position = position;
      return true;
    });
  };
}

function elementMatcher(path: Path, test: (element: Value) => boolean): Matcher {
  return (document, details) =>
    visitPath(document, path, false, (value, outer) => {
      if (!Array.isArray(value)) return false;
      const at = value.findIndex(test);
      if (at >= 0 && details) details.position = outer ?? at;
      return at >= 0;
    });
}

function elementTest(
  filter: Extract<Filter, { kind: 'elemMatch' | 'elemMatchValue' }>,
  compileExpression: CompileExpression,
): (element: Value) => boolean {
  if (filter.kind === 'elemMatchValue') return compileValueTest(filter.filter);
  const matches = compileMatcher(filter.filter, compileExpression);
  return (element) => {
    if (isDocument(element)) return matches(element);
    return Array.isArray(element) && matches(new Map(element.map((item, i) => [String(i), item])));
  };
}

/** A predicate on a value itself: operators inside `$elemMatch` and `$pull`, whose paths are empty. */
export function compileValueTest(filter: Filter): (value: Value) => boolean {
  switch (filter.kind) {
    case 'always':
      return () => true;
    case 'never':
      return () => false;
    case 'and': {
      const tests = filter.filters.map(compileValueTest);
      return (value) => tests.every((test) => test(value));
    }
    case 'or': {
      const tests = filter.filters.map(compileValueTest);
      return (value) => tests.some((test) => test(value));
    }
    case 'not': {
      const test = compileValueTest(filter.filter);
      return (value) => !test(value);
    }
    case 'exists':
      return () => true;
    case 'size':
      return (value) => Array.isArray(value) && value.length === filter.size;
    case 'elemMatch':
    case 'elemMatchValue': {
      const test = elementTest(filter, noExpressions);
      return (value) => Array.isArray(value) && value.some(test);
    }
    case 'expr':
      throw badValue('$expr can only be applied to the top-level document');
    default:
      return valueTest(filter);
  }
}

function valueTest(filter: LeafFilter): ValueTest {
  switch (filter.kind) {
    case 'compare':
      return comparisonTest(filter.operator, filter.value);
    case 'in':
      return inTest(filter.values, filter.patterns);
    case 'regex':
      return (value) =>
        (typeof value === 'string' && filter.pattern.test(value)) ||
        (value instanceof BSONRegExp && equalValues(value, filter.source));
    case 'type':
      return (value) => hasType(value, filter.types);
    case 'mod':
      return (value) => isNumber(value) && leavesRemainder(toNumber(value), filter.divisor, filter.remainder);
    case 'bits':
      return (value) => isNumber(value) && hasBits(toNumber(value), filter.operator, filter.mask);
  }
}

function leavesRemainder(value: number, divisor: number, remainder: number): boolean {
  return Number.isFinite(value) && Math.trunc(value) % divisor === remainder;
}

/** A comparison never crosses types; null stands for absence too. */
function comparisonTest(operator: Comparison, wanted: Value): ValueTest {
  if (wanted === null) {
    const holds = operator === '$eq' || operator === '$gte' || operator === '$lte';
    return (value) => holds && (value === undefined || value === null);
  }
  const rank = rankOf(wanted);
  const holds = HOLDS[operator];
  if (operator !== '$eq' && isNaNumber(wanted)) {
    return (value) => operator.endsWith('e') && isNaNumber(value);
  }
  const crossesTypes = operator !== '$eq' && (rank === 1 || rank === 127);
  return (value) => {
    if (value === undefined) return false;
    if (typeof wanted === 'string' && operator === '$eq') return value === wanted;
    if (rankOf(value) !== rank && !crossesTypes) return false;
    if (operator !== '$eq' && isNaNumber(value)) return false;
    return holds(compareValues(value, wanted));
  };
}

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  $eq: (order) => order === 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

const isNaNumber = (value: Value | undefined) => isNumber(value) && Number.isNaN(toNumber(value));

function inTest(values: readonly Value[], patterns: readonly RegExp[]): ValueTest {
  const strings = new Set(values.filter((value) => typeof value === 'string'));
  const others = values.filter((value) => typeof value !== 'string' && value !== null);
  const matchesNull = values.includes(null);
  return (value) => {
    if (value === undefined || value === null) return matchesNull;
    if (typeof value === 'string')
      return strings.has(value) || patterns.some((pattern) => pattern.test(value));
    return others.some((wanted) => equalValues(value, wanted));
  };
}

function hasBits(value: number, operator: string, mask: bigint): boolean {
  if (!Number.isInteger(value)) return false;
  const bits = BigInt(value) & mask;
  switch (operator) {
    case '$bitsAllSet':
      return bits === mask;
    case '$bitsAllClear':
      return bits === 0n;
    case '$bitsAnySet':
      return bits !== 0n;
    default:
      return bits !== mask;
  }
}
