import { Binary, BSONRegExp } from 'bson';
import {
  type Document,
  isDocument,
  isNumber,
  isTruthy,
  toNumber,
  typeName,
  type Value,
} from '../bson/values';
import { badValue, MongoError } from '../errors';
import { ALWAYS, and, type Comparison, type Filter, NEVER } from './filter';
import { type Path, splitPath } from './path';
import { compilePattern } from './pattern';
import { parseTypes } from './types';

/**
 * Parses a filter document; the operators below are the closed list.
 * @throws MongoError 2 with MongoDB's words for anything else
 */
export function parseFilter(filter: Document): Filter {
  const parts: Filter[] = [];
  for (const [name, value] of filter) {
    if (name.startsWith('$')) parts.push(topLevel(name, value));
    else parts.push(field(splitPath(name), value));
  }
  return and(parts);
}

function topLevel(name: string, value: Value): Filter {
  switch (name) {
    case '$and':
      return and(branches(name, value));
    case '$or':
      return { kind: 'or', filters: branches(name, value) };
    case '$nor':
      return { kind: 'not', filter: { kind: 'or', filters: branches(name, value) } };
    case '$expr':
      return { kind: 'expr', expression: value };
    case '$comment':
      return ALWAYS;
    case '$alwaysTrue':
      return ALWAYS;
    case '$alwaysFalse':
      return NEVER;
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw badValue(`the embedded database does not evaluate ${name}`);
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, ` +
          'consider using $getField or $setField.',
      );
  }
}

function branches(name: string, value: Value): Filter[] {
  if (!Array.isArray(value)) throw badValue(`${name} must be an array`);
  if (value.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return value.map((branch) => {
    if (!isDocument(branch)) throw badValue('$or/$and/$nor entries need to be full objects');
    return parseFilter(branch);
  });
}

function field(path: Path, value: Value): Filter {
  if (value instanceof BSONRegExp) return regex(path, value, undefined);
  if (isDocument(value) && isOperators(value)) return operators(path, value);
  return { kind: 'compare', path, operator: '$eq', value };
}

/** As MongoDB does, the first name decides; the names of a DBRef are data. */
export function isOperators(value: Document): boolean {
  const [first] = value.keys();
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first);
}

function operators(path: Path, value: Document): Filter {
  const parts: Filter[] = [];
  for (const [name, operand] of value) {
    if (name === '$regex') parts.push(regex(path, operand, value.get('$options')));
    else if (name === '$options') requireRegex(value);
    else parts.push(operator(path, name, operand));
  }
  return and(parts);
}

function requireRegex(value: Document): void {
  if (!value.has('$regex')) throw badValue('$options needs a $regex');
}

function operator(path: Path, name: string, operand: Value): Filter {
  switch (name) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return compare(path, name, operand);
    case '$ne':
      if (operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
      return not({ kind: 'compare', path, operator: '$eq', value: operand });
    case '$in':
      return isIn(path, name, operand);
    case '$nin':
      return not(isIn(path, name, operand));
    case '$not':
      return negated(path, operand);
    case '$exists':
      return isTruthy(operand) ? { kind: 'exists', path } : not({ kind: 'exists', path });
    case '$type':
      return { kind: 'type', path, types: parseTypes(operand) };
    case '$size':
      return { kind: 'size', path, size: size(operand) };
    case '$mod':
      return mod(path, operand);
    case '$all':
      return all(path, operand);
    case '$elemMatch':
      return elemMatch(path, operand);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { kind: 'bits', path, operator: name, mask: bitMask(name, operand) };
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

const not = (filter: Filter): Filter => ({ kind: 'not', filter });

function compare(path: Path, operator: Comparison, value: Value): Filter {
  if (value instanceof BSONRegExp && operator !== '$eq') {
    throw badValue(`Can't have RegEx as arg to predicate over field '${path.join('.')}'.`);
  }
  return { kind: 'compare', path, operator, value };
}

function isIn(path: Path, name: string, operand: Value): Filter {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  const patterns = operand.filter((item) => item instanceof BSONRegExp);
  for (const item of operand) {
    if (isDocument(item) && isOperators(item)) throw badValue(`cannot nest $ under ${name}`);
  }
  return {
    kind: 'in',
    path,
    values: operand,
    patterns: patterns.map((item) => compilePattern(item.pattern, item.options)),
  };
}

function negated(path: Path, operand: Value): Filter {
  if (operand instanceof BSONRegExp) return not(regex(path, operand, undefined));
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (operand.size === 0) throw badValue('$not cannot be empty');
  return not(operators(path, operand));
}

function regex(path: Path, operand: Value, options: Value | undefined): Filter {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options !== '') {
      throw new MongoError(51075, 'options set in both $regex and $options');
    }
    const pattern = compilePattern(operand.pattern, options ?? operand.options);
    return { kind: 'regex', path, pattern, source: operand };
  }
  if (typeof operand !== 'string') throw badValue('$regex has to be a string');
  const pattern = compilePattern(operand, options ?? '');
  return { kind: 'regex', path, pattern, source: new BSONRegExp(operand, options ?? '') };
}

function size(operand: Value): number {
  if (!isNumber(operand))
    throw badValue(`Failed to parse $size. Expected a number in: $size: ${typeName(operand)}`);
  const number = toNumber(operand);
  if (!Number.isInteger(number))
    throw badValue(`Failed to parse $size. Expected an integer: $size: ${number}`);
  if (number < 0)
    throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${number}`);
  return number;
}

function mod(path: Path, operand: Value): Filter {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((item) => {
    if (!isNumber(item)) throw badValue('malformed mod, divisor or remainder not a number');
    return Math.trunc(toNumber(item));
  });
  if (divisor === undefined || remainder === undefined || !Number.isFinite(divisor)) {
    throw badValue('malformed mod, divisor value is invalid');
  }
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return { kind: 'mod', path, divisor, remainder };
}

function all(path: Path, operand: Value): Filter {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return NEVER;
  return and(
    operand.map((item) => {
      if (!isDocument(item) || !isOperators(item)) return field(path, item);
      if (!item.has('$elemMatch')) throw badValue('no $ expressions in $all');
      return operators(path, item);
    }),
  );
}

function elemMatch(path: Path, operand: Value): Filter {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const [first] = operand.keys();
  const aboutDocuments = first === undefined || !first.startsWith('$') || TREE_OPERATORS.has(first);
  if (aboutDocuments) return { kind: 'elemMatch', path, filter: parseFilter(operand) };
  return { kind: 'elemMatchValue', path, filter: operators([], operand) };
}

const TREE_OPERATORS: ReadonlySet<string> = new Set(['$and', '$or', '$nor', '$expr', '$where']);

function bitMask(name: string, operand: Value): bigint {
  if (isNumber(operand)) {
    const number = toNumber(operand);
    if (!Number.isInteger(number) || number < 0)
      throw badValue(`Expected a non-negative integer in: ${name}`);
    return BigInt(number);
  }
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((mask, item) => {
      const bit = isNumber(item) ? toNumber(item) : Number.NaN;
      if (!Number.isInteger(bit) || bit < 0)
        throw badValue(`bit positions must be non-negative integers: ${name}`);
      return mask | (1n << BigInt(bit));
    }, 0n);
  }
  if (operand instanceof Binary) throw badValue(`the embedded database takes no BinData mask for ${name}`);
  throw badValue(`${name} takes an Array, a number, or a BinData`);
}

/** Operators that apply to a value itself, as `$pull` takes them; the filter's paths are empty. */
export function parseValueFilter(operand: Document): Filter {
  return operators([], operand);
}
