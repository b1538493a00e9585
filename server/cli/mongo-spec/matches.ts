import { deserialize, EJSON, serialize } from 'bson';

type Fields = Readonly<Record<string, unknown>>;

/**
 * How an actual value differs from one the unified test format expects; undefined when it does not.
 * https://github.com/mongodb/specifications/blob/master/source/unified-test-format/unified-test-format.md#evaluating-matches
 * @param root a root document may have more fields than expected
 */
export function difference(
  expected: unknown,
  actual: unknown,
  at = 'result',
  root = true,
): string | undefined {
  if (isFields(expected)) {
    const [operator] = Object.keys(expected);
    if (operator?.startsWith('$$')) return special(operator, expected[operator], actual, at);
    return fieldsDifference(expected, actual, at, root);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at}: expected an array`;
    if (actual.length !== expected.length)
      return `${at}: ${actual.length} items instead of ${expected.length}`;
    return firstOf(expected.map((item, i) => difference(item, actual[i], `${at}.${i}`, root)));
  }
  return same(expected, actual) ? undefined : `${at}: ${show(actual)} instead of ${show(expected)}`;
}

function special(operator: string, operand: unknown, actual: unknown, at: string): string | undefined {
  switch (operator) {
    case '$$exists':
      return (actual !== undefined) === operand ? undefined : `${at}: should ${operand ? '' : 'not '}exist`;
    case '$$unsetOrMatches':
      return actual === undefined || actual === null ? undefined : difference(operand, actual, at, true);
    case '$$type':
      return actual === undefined ? `${at}: should exist` : undefined;
    default:
      return `${at}: the runner does not know ${operator}`;
  }
}

function fieldsDifference(expected: Fields, actual: unknown, at: string, root: boolean): string | undefined {
  if (!isFields(actual)) return `${at}: ${show(actual)} instead of ${show(expected)}`;
  const extra = Object.keys(actual).filter((name) => !(name in expected));
  if (!root && extra.length > 0) return `${at}: unexpected ${extra.join()}`;
  return firstOf(
    Object.keys(expected).map((name) => difference(expected[name], actual[name], `${at}.${name}`, false)),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function same(expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true;
  const canonical = (value: unknown) => EJSON.stringify(deserialize(serialize({ value })), { relaxed: true });
  return canonical(expected) === canonical(actual);
}

const firstOf = (differences: readonly (string | undefined)[]) =>
  differences.find((one) => one !== undefined);
const show = (value: unknown) => EJSON.stringify({ value });
