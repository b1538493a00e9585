import fc from 'fast-check';
import { MongoServerError, type Document as Plain } from 'mongodb';
import { startTestServer, type TestServer } from './support';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('a', 'ab', 'b'),
  fc.constant(null),
  fc.boolean(),
);
const leaf = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
);
const inner = fc.record({ x: leaf, y: leaf }, { requiredKeys: [] });
const field = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: inner },
  { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
);
const stored = fc.record({ a: field, b: leaf, c: leaf }, { requiredKeys: [] });

const path = fc.constantFrom('a', 'b', 'c', 'a.x', 'a.y', 'a.0');
const condition: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.record({ $in: fc.array(leaf, { maxLength: 3 }) }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.record({ $lte: scalar, $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $elemMatch: fc.record({ $gt: fc.nat(3), $lt: fc.nat(5) }) }),
  fc.record({ $elemMatch: fc.record({ x: scalar, y: scalar }) }),
  fc.record({ $elemMatch: fc.record({ x: fc.record({ $gte: fc.nat(4), $lt: fc.nat(5) }) }) }),
  fc.record({ $type: fc.constantFrom('number', 'string', 'null', 'array') }),
  fc.constantFrom(
    { $regex: '^a' },
    { $regex: '^ab?' },
    { $not: { $gt: 2 } },
    { $nin: [1, null] },
    { $size: 2 },
  ),
);
const conditions = fc.dictionary(path, condition, { maxKeys: 3 });
const filter = fc.oneof(
  { weight: 3, arbitrary: conditions },
  fc.record({ $or: fc.array(conditions, { minLength: 1, maxLength: 2 }) }),
);

const direction = fc.constantFrom<1 | -1>(1, -1);
const keys = fc
  .uniqueArray(fc.tuple(fc.oneof(path, fc.constant('_id')), direction), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map(Object.fromEntries);
const options = fc.constantFrom<Plain>(
  {},
  {},
  { sparse: true },
  { partialFilterExpression: { b: { $gt: 1 } } },
  { partialFilterExpression: { c: { $exists: true } } },
);
const sort = fc.tuple(fc.option(fc.constantFrom('a', 'b', 'c', 'a.x')), direction, fc.option(direction)).map(
  ([name, way, byId]): Record<string, 1 | -1> => ({
    ...(name ? { [name]: way } : {}),
    ...(byId ? { _id: byId } : {}),
  }),
);

/** Parallel arrays, and a number that is both a position and a name. */
const UNINDEXABLE: readonly unknown[] = [171, 16746];

/** Documents that no index could hold are left out. */
async function fill(
  name: string,
  documents: readonly Plain[],
  indexes: readonly [Plain, Plain][],
): Promise<void> {
  const collection = server.client.db('property').collection(name);
  await collection.drop();
  for (const [i, [key, given]] of indexes.entries())
    await collection.createIndex(key as Record<string, 1>, { ...given, name: `i${i}` });
  for (const document of documents) {
    try {
      await collection.insertOne({ ...document } as Plain);
    } catch (error) {
      if (!(error instanceof MongoServerError) || !UNINDEXABLE.includes(error.code)) throw error;
    }
  }
}

describe('a query', () => {
  it('finds the same documents in the same order by an index as by reading them all', async () => {
    const collection = server.client.db('property').collection('served');
    await fc.assert(
      fc.asyncProperty(
        fc.array(stored, { minLength: 1, maxLength: 12 }),
        fc.uniqueArray(fc.tuple(keys, options), { minLength: 1, maxLength: 3, selector: JSON.stringify }),
        fc.array(fc.tuple(filter, sort), { minLength: 4, maxLength: 4 }),
        async (documents, indexes, queries) => {
          await fill(
            'served',
            documents.map((document, _id) => ({ _id, ...document })),
            indexes,
          );
          for (const [query, order] of queries) {
            const served = await collection.find(query as Plain, { sort: { ...order } }).toArray();
            const scanned = await collection
              .find(query as Plain, { sort: { ...order }, hint: { $natural: 1 } })
              .toArray();
            const ids = (found: readonly Plain[]) => found.map(({ _id }) => _id as number);
            expect([...ids(served)].sort()).toEqual([...ids(scanned)].sort());
            expect(await collection.countDocuments(query as Plain)).toBe(scanned.length);
            if (order._id) expect(ids(served)).toEqual(ids(scanned));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
