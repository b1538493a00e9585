import fc from 'fast-check';
import { ExpressionCompiler } from '../../server/embedded-mongo/aggregate/expression';
import type { PipelineContext } from '../../server/embedded-mongo/aggregate/stage';
import { encode } from '../../server/embedded-mongo/bson/encode';
import { clone, type Document, type Value } from '../../server/embedded-mongo/bson/values';
import { MongoError } from '../../server/embedded-mongo/errors';
import { parseChange } from '../../server/embedded-mongo/update/change';
import { document, fieldName, value } from './arbitraries';

const alone: PipelineContext = {
  database: 't',
  compiler: ExpressionCompiler.with(),
  variables: new Map(),
  collection: () => undefined,
  search: () => [],
  with: () => alone,
};
const situation = { now: new Date(0), position: undefined, inserting: false };

const stored = fc
  .tuple(fc.integer(), document)
  .map(([id, fields]): Document => new Map<string, Value>([['_id', id], ...fields]));
const path = fc.array(fieldName, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const operators = fc.constantFrom(
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
  '$pop',
  '$bit',
  '$setOnInsert',
);
const update = fc
  .uniqueArray(fc.tuple(operators, path, fc.oneof(value, fc.constantFrom<Value>(1, -1, 2))), {
    minLength: 1,
    maxLength: 3,
    selector: ([operator]) => operator,
  })
  .map(
    (parts): Document =>
      new Map(parts.map(([operator, at, operand]) => [operator, new Map([[at, operand]])])),
  );

/** The document after the update, or the error that refuses it; anything but MongoDB's own error fails the test. */
function apply(before: Document, change: Document): Document | MongoError {
  try {
    return parseChange(change, [], alone).apply(before, situation);
  } catch (error) {
    if (error instanceof MongoError) return error;
    throw error;
  }
}

const topLevelNames = (change: Document) =>
  [...change.values()].flatMap((fields) =>
    fields instanceof Map ? [...fields.keys()].map((name) => name.split('.')[0]) : [],
  );

describe('whatever the update', () => {
  it('either it is refused in MongoDB’s words, or the _id stays, and stays first', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const after = apply(before, change);
        if (after instanceof MongoError) return;
        expect([...after.keys()][0]).toBe('_id');
        expect(after.get('_id')).toBe(before.get('_id'));
      }),
      { numRuns: 2000 },
    );
  });

  it('the document it was given is not changed, so that a refused update leaves nothing behind', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const bytes = Buffer.from(encode(before));
        apply(before, change);
        expect(encode(before).equals(bytes)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('fields it does not name keep their bytes and their order', () => {
    fc.assert(
      fc.property(stored, update, (before, change) => {
        const after = apply(before, change);
        if (after instanceof MongoError) return;
        const named = new Set(topLevelNames(change));
        const untouched = (from: Document) => encode(new Map([...from].filter(([name]) => !named.has(name))));
        expect(Buffer.from(untouched(after)).equals(Buffer.from(untouched(before)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('$set, done twice, is $set done once', () => {
    fc.assert(
      fc.property(stored, path, value, (before, at, operand) => {
        const change: Document = new Map([['$set', new Map([[at, operand]])]]);
        const once = apply(before, change);
        if (once instanceof MongoError) return;
        const twice = apply(clone(once), change);
        if (twice instanceof MongoError) throw twice;
        expect(Buffer.from(encode(twice)).equals(Buffer.from(encode(once)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
