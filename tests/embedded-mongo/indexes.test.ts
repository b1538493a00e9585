import type { Document } from 'mongodb';
import { refusal, startTestServer, TestClock, type TestServer } from './support';

let server: TestServer;
const clock = new TestClock();
const collection = () => server.client.db('t').collection<Document>('indexed');

beforeAll(async () => {
  server = await startTestServer(clock);
});
afterAll(() => server.stop());
beforeEach(() => collection().drop());

/** How a query finds its documents: the index it uses, and what it reads. */
async function explained(filter: Document, options: Document = {}) {
  const { queryPlanner, executionStats } = await collection().find(filter, options).explain('executionStats');
  const plan = queryPlanner.winningPlan;
  const access = plan.stage === 'SORT' ? plan.inputStage : plan;
  return {
    sorts: plan.stage === 'SORT',
    index: access.inputStage?.indexName ?? access.stage,
    keys: executionStats.totalKeysExamined,
    documents: executionStats.totalDocsExamined,
    returned: executionStats.nReturned,
  };
}

describe('what an index serves', () => {
  beforeEach(async () => {
    await collection().createIndex({ a: 1, b: -1 }, { name: 'ab' });
    await collection().createIndex({ tags: 1 }, { name: 'tags' });
    await collection().createIndex(
      { owner: 1 },
      { name: 'owner', unique: true, partialFilterExpression: { active: true } },
    );
    await collection().createIndex({ late: 1 }, { name: 'late', sparse: true });
    await collection().createIndex({ 'parts.n': 1 }, { name: 'parts' });
    await collection().insertMany(
      Array.from({ length: 100 }, (_, n) => ({
        _id: n,
        a: n % 5,
        b: Math.floor(n / 5),
        tags: [n % 10, 'all'],
        owner: `o${n}`,
        active: n % 2 === 0,
        parts: [{ n }, { n: 1000 - n }],
        ...(n < 3 ? { late: n } : {}),
        text: `t${String(n).padStart(3, '0')}`,
      })) as Document[],
    );
  });

  it.each<[string, Document, Document, Document]>([
    ['_id', { _id: 7 }, {}, { index: '_id_', keys: 1, documents: 1, returned: 1 }],
    ['_id among others', { _id: { $in: [1, 2, 500] } }, {}, { index: '_id_', keys: 2, returned: 2 }],
    ['a prefix of a compound index', { a: 2 }, {}, { index: 'ab', keys: 20, returned: 20 }],
    [
      'equality and then a range',
      { a: 2, b: { $gte: 5, $lt: 8 } },
      {},
      { index: 'ab', keys: 3, returned: 3 },
    ],
    ['several points', { a: { $in: [1, 3] }, b: 4 }, {}, { index: 'ab', keys: 2, returned: 2 }],
    [
      'the order of its keys',
      { a: 2 },
      { sort: { b: -1 }, limit: 3 },
      { index: 'ab', sorts: false, keys: 3, returned: 3 },
    ],
    [
      'the same order backwards',
      { a: 2 },
      { sort: { b: 1 }, limit: 3 },
      { index: 'ab', sorts: false, keys: 3 },
    ],
    [
      'a sort without a filter',
      {},
      { sort: { a: -1, b: 1 }, limit: 2 },
      { index: 'ab', sorts: false, keys: 2 },
    ],
    ['not another order', { a: { $gt: 1 } }, { sort: { b: 1 } }, { index: 'ab', sorts: true }],
    ['elements of arrays', { tags: 3 }, {}, { index: 'tags', keys: 10, returned: 10 }],
    [
      'a range that one element must be in',
      { parts: { $elemMatch: { n: { $gte: 5, $lt: 8 } } } },
      {},
      { index: 'parts', keys: 3, returned: 3 },
    ],
    // Two elements may be on either side: only one end of the range can be used.
    [
      'a range that the array must be in',
      { 'parts.n': { $gte: 920, $lt: 8 } },
      {},
      { index: 'parts', keys: 81, returned: 8 },
    ],
    ['each document once', { tags: { $in: [3, 'all'] } }, {}, { index: 'tags', returned: 100 }],
    [
      'a partial index, if the query implies its filter',
      { owner: 'o4', active: true },
      {},
      { index: 'owner', keys: 1, returned: 1 },
    ],
    ['no partial index otherwise', { owner: 'o4' }, {}, { index: 'COLLSCAN', documents: 100, returned: 1 }],
    [
      'a sparse index, if the field must be there',
      { late: { $gte: 1 } },
      {},
      { index: 'late', keys: 2, returned: 2 },
    ],
    ['no sparse index for absence', { late: null }, {}, { index: 'COLLSCAN', returned: 97 }],
    ['every branch of $or', { $or: [{ a: 1, b: 1 }, { _id: 3 }] }, {}, { keys: 2, returned: 2 }],
    ['a hint', { a: 2, tags: 2 }, { hint: 'tags' }, { index: 'tags', keys: 10 }],
    ['a hint to read everything', { a: 2 }, { hint: { $natural: 1 } }, { index: 'COLLSCAN', documents: 100 }],
  ])('%s', async (_, filter, options, expected) => {
    expect(await explained(filter, options)).toMatchObject(expected);
  });

  it('is refused when hinted at but absent', async () => {
    expect(await refusal(collection().find({}, { hint: 'nowhere' }).toArray())).toMatchObject({
      code: 2,
      message: expect.stringContaining('hint provided does not correspond to an existing index'),
    });
  });

  it('follows updates and deletions', async () => {
    await collection().updateMany({ a: 2 }, { $set: { a: 50 } });
    await collection().deleteMany({ a: 3 });
    expect(await explained({ a: 50 })).toMatchObject({ index: 'ab', keys: 20 });
    expect(await explained({ a: { $in: [2, 3] } })).toMatchObject({ index: 'ab', keys: 0 });
  });

  it('serves updates, deletions and aggregations alike', async () => {
    const command = (inner: Document) =>
      server.client.db('t').command({ explain: inner, verbosity: 'executionStats' });
    const update = await command({ update: 'indexed', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] });
    const remove = await command({
      delete: 'indexed',
      deletes: [{ q: { owner: 'o4', active: true }, limit: 1 }],
    });
    const aggregate = await collection()
      .aggregate([{ $match: { a: 2 } }, { $sort: { b: -1 } }, { $group: { _id: '$b' } }])
      .explain();
    expect(
      [update, remove, aggregate].map((one) => one.queryPlanner.winningPlan.inputStage.indexName),
    ).toEqual(['_id_', 'owner', 'ab']);
  });
});

describe('unique indexes', () => {
  it('refuse a second key, of any numeric type, and say which', async () => {
    await collection().createIndex({ 'a.b': 1 }, { unique: true });
    await collection().insertOne({ a: { b: 1 } });
    const error = await collection()
      .insertOne({ a: { b: 1.0 } })
      .catch((thrown) => thrown);
    expect({ code: error.code, keyPattern: error.keyPattern, keyValue: error.keyValue }).toEqual({
      code: 11000,
      keyPattern: { 'a.b': 1 },
      keyValue: { 'a.b': 1 },
    });
  });

  it('count absence as one value, unless sparse', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    await collection().insertOne({});
    expect(await refusal(collection().insertOne({ a: null }))).toMatchObject({ code: 11000 });
    await collection().dropIndexes();
    await collection().createIndex({ a: 1 }, { unique: true, sparse: true });
    await collection().insertMany([{}, {}]);
  });

  it('let one document hold a key twice, but not two', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    await collection().insertOne({ a: [1, 1, 2] });
    expect(await refusal(collection().insertOne({ a: [3, 2] }))).toMatchObject({ code: 11000 });
  });

  it('leave everything as it was when an update would break them', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    await collection().createIndex({ b: 1 });
    await collection().insertMany([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 2, b: 2 },
    ] as Document[]);
    expect(
      await refusal(collection().updateOne({ _id: 2 } as Document, { $set: { a: 1, b: 9 } })),
    ).toMatchObject({ code: 11000 });
    expect(await collection().find({ b: 2 }).toArray()).toEqual([{ _id: 2, a: 2, b: 2 }]);
    expect(await collection().countDocuments({ b: 9 })).toBe(0);
  });

  it('cannot be made over documents that break them, and leave no trace then', async () => {
    await collection().insertMany([{ a: 1 }, { a: 1 }]);
    expect(await refusal(collection().createIndex({ a: 1 }, { unique: true }))).toMatchObject({
      code: 11000,
    });
    expect(await collection().indexes()).toHaveLength(1);
  });

  it('stop an ordered batch where it fails, and only skip in an unordered one', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    const batch = [{ a: 1 }, { a: 1 }, { a: 2 }];
    const ordered = await collection()
      .insertMany(batch.map((one) => ({ ...one })))
      .catch((thrown) => thrown);
    expect(ordered).toHaveProperty('insertedCount', 1);
    const unordered = await collection()
      .insertMany([{ a: 3 }, { a: 1 }, { a: 4 }], { ordered: false })
      .catch((thrown) => thrown);
    expect(unordered.writeErrors.map(({ index, code }: Document) => [index, code])).toEqual([[1, 11000]]);
    expect(await collection().distinct('a')).toEqual([1, 3, 4]);
  });
});

describe('definitions', () => {
  it('are given back as they were asked for', async () => {
    await collection().createIndex(
      { z: -1, 'a.b': 1 },
      { unique: true, partialFilterExpression: { z: { $gt: 0 }, a: { $exists: true } } },
    );
    expect((await collection().indexes())[1]).toEqual({
      v: 2,
      key: { z: -1, 'a.b': 1 },
      name: 'z_-1_a.b_1',
      unique: true,
      partialFilterExpression: { z: { $gt: 0 }, a: { $exists: true } },
    });
  });

  it('may be repeated', async () => {
    await collection().createIndex({ a: 1 });
    const again = await server.client
      .db('t')
      .command({ createIndexes: 'indexed', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
    expect(again).toMatchObject({
      ok: 1,
      numIndexesBefore: 2,
      numIndexesAfter: 2,
      note: 'all indexes already exist',
    });
  });

  it.each<[string, Document, Document, number]>([
    ['the same keys under another name', { a: 1 }, { name: 'other' }, 85],
    ['another expiry', { t: 1 }, { expireAfterSeconds: 9 }, 85],
    ['a name that is taken', { b: 1 }, { name: 'a_1' }, 86],
    ['uniqueness under the same name', { a: 1 }, { unique: true }, 86],
    ['a text index', { a: 'text' }, {}, 67],
    ['an option it does not know', { a: 1 }, { wildcardProjection: { a: 1 } }, 197],
    ['a partial filter it could not plan with', { c: 1 }, { partialFilterExpression: { c: { $ne: 1 } } }, 67],
    ['a compound TTL', { a: 1, b: 1 }, { expireAfterSeconds: 1 }, 67],
  ])('are refused: %s', async (_, key, options, code) => {
    await collection().createIndex({ a: 1 });
    await collection().createIndex({ t: 1 }, { expireAfterSeconds: 5 });
    expect(await refusal(collection().createIndex(key, options))).toMatchObject({ code });
  });

  it('go with dropIndexes, but not that of _id', async () => {
    await collection().createIndex({ a: 1 });
    await collection().dropIndex('a_1');
    expect(await refusal(collection().dropIndex('a_1'))).toMatchObject({ code: 27 });
    expect(await refusal(collection().dropIndex('_id_'))).toMatchObject({ code: 72 });
  });

  it('refuse keys too long for lmdb, openly', async () => {
    await collection().createIndex({ a: 1 });
    expect(await refusal(collection().insertOne({ a: 'x'.repeat(2000) }))).toMatchObject({ code: 17280 });
    expect(await collection().countDocuments()).toBe(0);
  });

  it('refuse parallel arrays', async () => {
    await collection().createIndex({ a: 1, b: 1 });
    expect(await refusal(collection().insertOne({ a: [1], b: [2] }))).toMatchObject({ code: 171 });
  });
});

describe('a TTL index', () => {
  const untilGone = async (filter: Document) => {
    for (;;) {
      if ((await collection().countDocuments(filter)) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it.each<1 | -1>([1, -1])(
    'removes what has expired by the clock, and nothing else (direction %i)',
    async (direction) => {
      await collection().createIndex({ at: direction }, { expireAfterSeconds: 60 });
      const at = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
      const named = server.client.db('t').collection<{ _id: string; at?: unknown }>('indexed');
      await named.insertMany([
        { _id: 'old', at: at(-30) },
        { _id: 'new', at: at(30) },
        { _id: 'earliest of several', at: [at(500), at(-30)] },
        { _id: 'no date', at: 'never' },
        { _id: 'none' },
      ]);
      clock.advance(45_000);
      await untilGone({ _id: { $in: ['old', 'earliest of several'] } } as Document);
      expect(await collection().distinct('_id')).toEqual(['new', 'no date', 'none']);
    },
  );
});
