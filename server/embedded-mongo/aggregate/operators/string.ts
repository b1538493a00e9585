import { BSONRegExp } from 'bson';
import { compareText } from '../../bson/compare';
import { isDocument, isNumber, toNumber, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { compilePattern } from '../../query/pattern';
import { type CompileOperator, isPresent, nullable, operation, requireString } from '../arguments';
import type { Compiler, Expression } from '../scope';
import { stringOf } from './type';

const MANY = Number.POSITIVE_INFINITY;

export const strings: Readonly<Record<string, CompileOperator>> = {
  $concat: nullable(0, MANY, (values) =>
    values
      .map((value) => requireString(value, (type) => `$concat only supports strings, not ${type}`, 16702))
      .join(''),
  ),
  $toUpper: operation(1, 1, ([value]) => asciiCase(coerced(value), 'upper')),
  $toLower: operation(1, 1, ([value]) => asciiCase(coerced(value), 'lower')),
  $strLenCP: operation(
    1,
    1,
    ([value]) =>
      [...requireString(value, (type) => `$strLenCP requires a string argument, found: ${type}`, 34471)]
        .length,
  ),
  $strLenBytes: operation(1, 1, ([value]) =>
    Buffer.byteLength(
      requireString(value, (type) => `$strLenBytes requires a string argument, found: ${type}`, 34473),
    ),
  ),
  $strcasecmp: operation(2, 2, ([a, b]) =>
    Math.sign(compareText(asciiCase(coerced(a), 'upper'), asciiCase(coerced(b), 'upper'))),
  ),
  $substrCP: operation(3, 3, ([value, start, count]) => {
    const characters = [...coerced(value)];
    const from = integer(start, '$substrCP');
    return characters.slice(from, from + integer(count, '$substrCP')).join('');
  }),
  $split: nullable(2, 2, ([value, separator]) => {
    const text = requireString(
      value,
      (type) =>
        `$split requires an expression that evaluates to a string as a first argument, found: ${type}`,
      40085,
    );
    const by = requireString(
      separator,
      (type) =>
        `$split requires an expression that evaluates to a string as a second argument, found: ${type}`,
      40086,
    );
    if (by === '') throw new MongoError(40087, '$split requires a non-empty separator');
    return text.split(by);
  }),
  $indexOfCP: operation(2, 4, ([value, wanted, start, end]) => {
    if (!isPresent(value)) return null;
    const text = [
      ...requireString(
        value,
        (type) => `$indexOfCP requires a string as the first argument, found: ${type}`,
        40093,
      ),
    ];
    const needle = [
      ...requireString(
        wanted,
        (type) => `$indexOfCP requires a string as the second argument, found: ${type}`,
        40094,
      ),
    ];
    const from = start === undefined ? 0 : integer(start, '$indexOfCP');
    const to = end === undefined ? text.length : integer(end, '$indexOfCP');
    for (let at = from; at + needle.length <= Math.min(to, text.length); at++) {
      if (needle.every((character, i) => text[at + i] === character)) return at;
    }
    return -1;
  }),
  $trim: (operand, compiler) => trim(operand, compiler, '$trim', true, true),
  $ltrim: (operand, compiler) => trim(operand, compiler, '$ltrim', true, false),
  $rtrim: (operand, compiler) => trim(operand, compiler, '$rtrim', false, true),
  $replaceOne: (operand, compiler) =>
    replace(operand, compiler, '$replaceOne', (text, find, to) => text.replace(find, () => to)),
  $replaceAll: (operand, compiler) =>
    replace(operand, compiler, '$replaceAll', (text, find, to) => text.replaceAll(find, () => to)),
  $regexMatch: (operand, compiler) => {
    const { input, regex, options } = parts(operand, compiler, '$regexMatch', ['input', 'regex', 'options']);
    return (scope) => {
      const text = input?.(scope);
      const pattern = regex?.(scope);
      if (!isPresent(text) || !isPresent(pattern)) return false;
      const subject = requireString(
        text,
        (type) => `$regexMatch needs 'input' to be of type string, found: ${type}`,
        51104,
      );
      return toPattern(pattern, options?.(scope)).test(subject);
    };
  },
};

function toPattern(pattern: Value, options: Value | undefined): RegExp {
  const flags = typeof options === 'string' ? options : '';
  if (pattern instanceof BSONRegExp) return compilePattern(pattern.pattern, flags || pattern.options);
  return compilePattern(
    requireString(
      pattern,
      (type) => `$regexMatch needs 'regex' to be of type string or regex, found: ${type}`,
      51105,
    ),
    flags,
  );
}

function coerced(value: Value | undefined): string {
  if (!isPresent(value)) return '';
  return typeof value === 'string' ? value : (stringOf(value) ?? '');
}

/** MongoDB changes the case of ASCII letters only. */
function asciiCase(text: string, to: 'upper' | 'lower'): string {
  return to === 'upper'
    ? text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
    : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function integer(value: Value | undefined, name: string): number {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (Number.isInteger(number) && number >= 0) return number;
  throw new MongoError(34450, `${name}: indexes must be non-negative integers, found: ${typeName(value)}`);
}

function parts(
  operand: Value,
  compiler: Compiler,
  name: string,
  allowed: readonly string[],
): Record<string, Expression | undefined> {
  if (!isDocument(operand))
    throw new MongoError(50696, `${name} requires an object as an argument, found: ${typeName(operand)}`);
  for (const key of operand.keys()) {
    if (!allowed.includes(key)) throw new MongoError(50694, `${name} found an unknown argument: ${key}`);
  }
  return Object.fromEntries([...operand].map(([key, value]) => [key, compiler.compile(value)]));
}

const SPACES = '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(operand: Value, compiler: Compiler, name: string, left: boolean, right: boolean): Expression {
  const { input, chars } = parts(operand, compiler, name, ['input', 'chars']);
  return (scope) => {
    const value = input?.(scope);
    if (!isPresent(value)) return null;
    const text = [
      ...requireString(value, (type) => `${name} requires its input to be a string, got ${type}`, 50699),
    ];
    const unwanted = chars?.(scope);
    if (chars && !isPresent(unwanted)) return null;
    const set = new Set(typeof unwanted === 'string' ? unwanted : SPACES);
    let start = 0;
    let end = text.length;
    while (left && start < end && set.has(text[start] ?? '')) start++;
    while (right && end > start && set.has(text[end - 1] ?? '')) end--;
    return text.slice(start, end).join('');
  };
}

function replace(
  operand: Value,
  compiler: Compiler,
  name: string,
  compute: (text: string, find: string, to: string) => string,
): Expression {
  const { input, find, replacement } = parts(operand, compiler, name, ['input', 'find', 'replacement']);
  return (scope) => {
    const values = [input?.(scope), find?.(scope), replacement?.(scope)];
    if (!values.every(isPresent)) return null;
    const [text = '', what = '', to = ''] = values.map((value) =>
      requireString(value, (type) => `${name} requires its arguments to be strings, found: ${type}`, 51746),
    );
    return compute(text, what, to);
  };
}
