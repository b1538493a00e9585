import { isNumber, toNumber, typeName, type Value } from '../bson/values';
import { badValue } from '../errors';

/** `$type` by number. https://www.mongodb.com/docs/manual/reference/bson-types/ */
const BY_NUMBER: ReadonlyMap<number, string> = new Map([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);

const NUMBERS = ['int', 'long', 'double', 'decimal'];
const NAMES: ReadonlySet<string> = new Set(BY_NUMBER.values());

/** The operand of `$type` (a name, a number or a list of them) as names; "number" stands for all its types. */
export function parseTypes(operand: Value): string[] {
  const wanted = Array.isArray(operand) ? operand : [operand];
  if (wanted.length === 0) throw badValue('$type must match at least one type');
  return wanted.flatMap(parseType);
}

function parseType(wanted: Value): string[] {
  if (isNumber(wanted)) {
    const name = BY_NUMBER.get(toNumber(wanted));
    if (name === undefined) throw badValue(`Invalid numerical type code: ${toNumber(wanted)}`);
    return [name];
  }
  if (typeof wanted !== 'string') throw badValue('type must be represented as a number or a string');
  if (wanted === 'number') return NUMBERS;
  if (!NAMES.has(wanted)) throw badValue(`Unknown type name alias: ${wanted}`);
  return [wanted];
}

export function hasType(value: Value | undefined, types: readonly string[]): boolean {
  return value !== undefined && types.includes(typeName(value));
}
