import { equalValues } from '../bson/compare';
import { format } from '../bson/format';
import { type Document, isDocument, isNumber, toNumber, typeName, type Value } from '../bson/values';
import { MongoError, typeMismatch } from '../errors';
import type { Filter } from '../query/filter';
import { parseFilter } from '../query/parse-filter';

const OPTIONS: ReadonlySet<string> = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'hidden',
  'ns',
]);

/**
 * Checks an index specification and gives it the form in which it is kept: `v` and `key` first, then the name,
 * then the options in the order given.
 * @throws MongoError 67 or 197 for what cannot be indexed
 */
export function normaliseSpec(given: Document): Document {
  for (const name of given.keys()) {
    if (!OPTIONS.has(name)) {
      throw new MongoError(
        197,
        `The field '${name}' is not valid for an index specification. Specification: ${format(given)}`,
      );
    }
  }
  const key = given.get('key');
  if (!isDocument(key))
    throw new MongoError(9, "The 'key' field is a required property of an index specification");
  checkKey(key);
  checkOptions(given, key);
  const spec: Document = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', given.get('name') ?? defaultName(key)],
  ]);
  for (const [name, value] of given) {
    if (name !== 'background' && name !== 'ns' && name !== 'v' && !isDefault(name, value))
      spec.set(name, value);
  }
  return spec;
}

function isDefault(name: string, value: Value): boolean {
  return (
    name === 'collation' || ((name === 'unique' || name === 'sparse' || name === 'hidden') && value === false)
  );
}

export function defaultName(key: Document): string {
  return [...key]
    .map(([field, direction]) => `${field}_${isNumber(direction) ? toNumber(direction) : direction}`)
    .join('_');
}

function checkKey(key: Document): void {
  if (key.size === 0) throw new MongoError(67, 'Index keys cannot be an empty object');
  for (const [field, direction] of key) {
    if (typeof direction === 'string') {
      throw new MongoError(67, `the embedded database has no ${direction} index: ${format(key)}`);
    }
    if (!isNumber(direction)) {
      throw new MongoError(67, `Values in v:2 index key pattern cannot be of type ${typeName(direction)}`);
    }
    if (toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw new MongoError(67, 'Values in the index key pattern cannot be 0.');
    }
    if (field === '' || field.split('.').includes(''))
      throw new MongoError(67, 'Index keys cannot contain an empty field');
    if (field.split('.').some((part) => part.startsWith('$'))) {
      throw new MongoError(
        67,
        `Index key contains an illegal field name: field name starts with '$'. ${format(key)}`,
      );
    }
  }
}

function checkOptions(spec: Document, key: Document): void {
  for (const name of ['unique', 'sparse', 'hidden']) {
    const value = spec.get(name);
    if (value !== undefined && typeof value !== 'boolean' && !isNumber(value)) {
      throw typeMismatch(`The field '${name}' has value ${format(value)}, which is not convertible to bool`);
    }
  }
  if (spec.get('hidden') === true) throw new MongoError(67, 'the embedded database has no hidden indexes');
  const collation = spec.get('collation');
  if (isDocument(collation) && collation.get('locale') !== 'simple') {
    throw new MongoError(67, 'the embedded database has only the simple collation');
  }
  const name = spec.get('name');
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw new MongoError(67, 'index names must be nonempty strings');
  }
  checkExpiry(spec.get('expireAfterSeconds'), key);
  checkPartial(spec);
}

function checkExpiry(value: Value | undefined, key: Document): void {
  if (value === undefined) return;
  if (!isNumber(value)) {
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeName(value)}'.`,
    );
  }
  const seconds = toNumber(value);
  if (!(seconds >= 0 && seconds <= 2147483647)) {
    throw new MongoError(67, "TTL index 'expireAfterSeconds' option must be within an acceptable range");
  }
  if (key.size !== 1)
    throw new MongoError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (key.has('_id'))
    throw new MongoError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification.");
}

function checkPartial(spec: Document): void {
  const partial = spec.get('partialFilterExpression');
  if (partial === undefined) return;
  if (!isDocument(partial)) throw typeMismatch("'partialFilterExpression' must be an object");
  if (spec.get('sparse') === true) {
    throw new MongoError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
  }
  if (!mayBePartial(parseFilter(partial))) {
    throw new MongoError(67, `Expression not supported in partial index: ${format(partial)}`);
  }
}

function mayBePartial(filter: Filter): boolean {
  switch (filter.kind) {
    case 'always':
    case 'compare':
    case 'exists':
    case 'type':
      return true;
    case 'in':
      return filter.patterns.length === 0;
    case 'and':
    case 'or':
      return filter.filters.every(mayBePartial);
    default:
      return false;
  }
}

/** What tells two indexes apart besides their names; expireAfterSeconds is a mere option. */
const IDENTITY = ['key', 'partialFilterExpression', 'unique', 'sparse'];

/**
 * Whether an index asked for is there already.
 * @throws MongoError 86 when its name belongs to another index, 85 when it exists with other options or another name
 */
export function matchesExisting(existing: Iterable<Document>, wanted: Document): boolean {
  const same = (spec: Document, names: readonly string[]) =>
    names.every((name) => equalValues(spec.get(name) ?? false, wanted.get(name) ?? false));
  const both = (spec: Document) => `Requested index: ${format(wanted)}, existing index: ${format(spec)}`;

  for (const spec of existing) {
    const sameName = spec.get('name') === wanted.get('name');
    const sameIdentity = same(spec, IDENTITY);
    const sameOptions = same(spec, ['expireAfterSeconds']);
    if (sameName && sameIdentity && sameOptions) return true;
    if (sameName && !sameIdentity) {
      throw new MongoError(
        86,
        'An existing index has the same name as the requested index. When index names are not specified, they ' +
          `are auto generated and can cause conflicts. Please refer to our documentation. ${both(spec)}`,
      );
    }
    if (!sameIdentity) continue;
    if (sameName || !sameOptions) {
      const likeness = sameName ? 'the same name but different options' : 'a different name and options';
      throw new MongoError(85, `An equivalent index already exists with ${likeness}. ${both(spec)}`);
    }
    throw new MongoError(85, `Index already exists with a different name: ${String(spec.get('name'))}`);
  }
  return false;
}
