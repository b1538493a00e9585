import { type Document, Long } from 'mongodb';
import { refusal, startTestServer, type TestServer } from './support';

let server: TestServer;
const db = () => server.client.db('t');
const collection = () => db().collection<Document>('things');

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => db().dropDatabase());

describe('cursors', () => {
  beforeEach(() =>
    collection().insertMany(Array.from({ length: 1000 }, (_, n) => ({ _id: n, n: n % 7 })) as Document[]),
  );

  it('give batches of the size asked for, with an id that is a Long', async () => {
    const { cursor } = await db().command({ find: 'things', batchSize: 3 }, { promoteLongs: false });
    expect(cursor.id).toBeInstanceOf(Long);
    expect(cursor.firstBatch.map(({ _id }: Document) => _id)).toEqual([0, 1, 2]);
    const more = await db().command({ getMore: cursor.id, collection: 'things', batchSize: 2 });
    expect(more.cursor.nextBatch.map(({ _id }: Document) => _id)).toEqual([3, 4]);
    expect(await db().command({ killCursors: 'things', cursors: [cursor.id] })).toMatchObject({
      cursorsKilled: [more.cursor.id],
    });
    expect(await refusal(db().command({ getMore: cursor.id, collection: 'things' }))).toMatchObject({
      code: 43,
    });
  });

  it('begin with 101 documents, and end with id 0', async () => {
    const { cursor } = await db().command({ find: 'things' });
    expect(cursor.firstBatch).toHaveLength(101);
    expect((await db().command({ find: 'things', limit: 5 })).cursor.id).toEqual(0);
    expect((await db().command({ find: 'things', batchSize: 5, singleBatch: true })).cursor.id).toEqual(0);
  });

  it('skip and limit across batches', async () => {
    const ids = await collection()
      .find()
      .sort({ _id: -1 })
      .skip(10)
      .limit(300)
      .batchSize(70)
      .map(({ _id }) => Number(_id))
      .toArray();
    expect(ids).toEqual(Array.from({ length: 300 }, (_, i) => 989 - i));
  });

  it.each<[string, Document]>([
    ['by _id', { sort: { _id: 1 } }],
    ['in natural order', {}],
    ['sorted in memory', { sort: { n: 1, _id: 1 } }],
  ])('go on while others write: %s', async (_, options) => {
    const seen: number[] = [];
    for await (const { _id } of collection().find({ _id: { $gte: 0 } } as Document, {
      ...options,
      batchSize: 50,
    })) {
      seen.push(Number(_id));
      if (seen.length === 60) {
        await collection().deleteMany({ _id: { $gte: 500, $lt: 600 } } as Document);
        await collection().insertMany(
          Array.from({ length: 50 }, (_unused, i) => ({ _id: 2000 + i, n: 1 })) as Document[],
        );
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    const untouched = Array.from({ length: 1000 }, (_unused, i) => i).filter((i) => i < 500 || i >= 600);
    expect(seen).toEqual(expect.arrayContaining(untouched));
  });

  it('end with an error, not a wrong answer, when the collection is dropped', async () => {
    const cursor = collection().find().batchSize(10);
    await cursor.next();
    await collection().drop();
    const rest = (async () => {
      while (await cursor.next());
    })();
    expect(await refusal(rest)).toMatchObject({ code: 43 });
  });
});

describe('collections', () => {
  it('appear with the first document, or by create', async () => {
    await collection().insertOne({});
    await db().createCollection('empty');
    const names = (await db().listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect(names.sort()).toEqual(['empty', 'things']);
    const { databases } = await db().admin().listDatabases({ nameOnly: true });
    expect(databases).toContainEqual({ name: 't' });
  });

  it('can be renamed with their indexes', async () => {
    await collection().createIndex({ a: 1 });
    await collection().insertOne({ a: 1 });
    await db().renameCollection('things', 'renamed');
    expect(await db().collection('renamed').find({ a: 1 }, { hint: 'a_1' }).toArray()).toHaveLength(1);
    expect(await collection().countDocuments()).toBe(0);
  });

  it('begin anew after a drop', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    await collection().insertOne({ a: 1 });
    await collection().drop();
    await collection().insertMany([{ a: 1 }, { a: 1 }]);
    expect(await collection().indexes()).toHaveLength(1);
    expect(await collection().estimatedDocumentCount()).toBe(2);
  });

  it('keep a validator', async () => {
    await db().createCollection('valid', { validator: { n: { $type: 'number' } } });
    const valid = db().collection('valid');
    await valid.insertOne({ n: 1 });
    expect(await refusal(valid.insertOne({ n: 'x' }))).toMatchObject({ code: 121 });
    expect(await refusal(valid.updateOne({}, { $set: { n: 'x' } }))).toMatchObject({ code: 121 });
    await valid.insertOne({ n: 'x' }, { bypassDocumentValidation: true });
  });

  it.each([
    { viewOn: 'things', pipeline: [] },
    { capped: true, size: 4096 },
    { timeseries: { timeField: 't' } },
  ])('are not of another kind: %j', async (options) => {
    expect(await refusal(db().command({ create: 'special', ...options }))).toMatchObject({ code: 238 });
  });
});

describe('documents', () => {
  it('have their _id first, made by the server if need be', async () => {
    await db().command({ insert: 'things', documents: [{ a: 1 }, { b: 1, _id: 'own' }] });
    const [made, own] = await collection().find().toArray();
    expect(Object.keys(made ?? {})).toEqual(['_id', 'a']);
    expect(Object.entries(own ?? {})).toEqual([
      ['_id', 'own'],
      ['b', 1],
    ]);
  });

  it.each<[Document, number]>([
    [{ _id: [1] }, 2],
    [{ _id: /x/ }, 2],
    [{ _id: { $x: 1 } }, 52],
  ])('cannot have the _id of %j', async (document, code) => {
    expect(await refusal(collection().insertOne(document))).toMatchObject({ code });
  });
});

describe('many clients at once', () => {
  it('compare and set one document one after another', async () => {
    await collection().insertOne({ _id: 1, n: 0, state: 'held' } as Document);
    await Promise.all(Array.from({ length: 200 }, () => collection().updateOne({}, { $inc: { n: 1 } })));
    const winners = await Promise.all(
      Array.from({ length: 30 }, () =>
        collection().findOneAndUpdate({ state: 'held' }, { $set: { state: 'booked' } }),
      ),
    );
    expect(await collection().findOne()).toEqual({ _id: 1, n: 200, state: 'booked' });
    expect(winners.filter((winner) => winner !== null)).toHaveLength(1);
  });

  it('win a unique key once', async () => {
    await collection().createIndex({ seat: 1 }, { unique: true });
    const attempts = Array.from({ length: 30 }, () =>
      collection()
        .insertOne({ seat: 1 })
        .then(
          () => 'won',
          (error) => error.code,
        ),
    );
    expect((await Promise.all(attempts)).sort()).toEqual([...Array.from({ length: 29 }, () => 11000), 'won']);
  });
});

describe('aggregation', () => {
  const sales = [
    { _id: 1, item: 'a', n: 2, at: new Date('2022-11-20T17:30:00Z'), tags: ['x', 'y'] },
    { _id: 2, item: 'b', n: 5, at: new Date('2022-11-21T02:00:00Z'), tags: [] },
    { _id: 3, item: 'a', n: 1.5, at: new Date('2022-12-01T00:00:00Z') },
  ];
  beforeEach(() => db().collection<(typeof sales)[number]>('things').insertMany(sales));

  it.each<[string, Document[], Document[]]>([
    [
      '$group',
      [
        {
          $group: {
            _id: '$item',
            sum: { $sum: '$n' },
            avg: { $avg: '$n' },
            all: { $push: '$_id' },
            n: { $count: {} },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'a', sum: 3.5, avg: 1.75, all: [1, 3], n: 2 },
        { _id: 'b', sum: 5, avg: 5, all: [2], n: 1 },
      ],
    ],
    [
      '$group by a document, fields in order',
      [{ $group: { _id: { i: '$item', big: { $gte: ['$n', 2] } } } }, { $count: 'groups' }],
      [{ groups: 3 }],
    ],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
      [
        { _id: 1, tags: 'x' },
        { _id: 1, tags: 'y' },
      ],
    ],
    [
      '$unwind, keeping what has nothing',
      [
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
        { $project: { tags: 1, at: 1 } },
      ],
      [
        { _id: 1, tags: 'x', at: 0 },
        { _id: 1, tags: 'y', at: 1 },
        { _id: 2, at: null },
        { _id: 3, at: null },
      ],
    ],
    [
      '$lookup by field',
      [
        { $match: { _id: 1 } },
        { $lookup: { from: 'things', localField: 'item', foreignField: 'item', as: 'same' } },
        { $project: { ids: '$same._id' } },
      ],
      [{ _id: 1, ids: [1, 3] }],
    ],
    [
      '$lookup by pipeline',
      [
        { $match: { _id: 3 } },
        {
          $lookup: {
            from: 'things',
            let: { n: '$n' },
            pipeline: [{ $match: { $expr: { $gt: ['$n', '$$n'] } } }, { $project: { _id: 1 } }],
            as: 'more',
          },
        },
        { $project: { more: 1 } },
      ],
      [{ _id: 3, more: [{ _id: 1 }, { _id: 2 }] }],
    ],
    [
      '$facet',
      [{ $facet: { count: [{ $count: 'n' }], first: [{ $limit: 1 }, { $project: { _id: 1 } }] } }],
      [{ count: [{ n: 3 }], first: [{ _id: 1 }] }],
    ],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$n', boundaries: [0, 2, 4], default: 'more' } }],
      [
        { _id: 0, count: 1 },
        { _id: 2, count: 1 },
        { _id: 'more', count: 1 },
      ],
    ],
    [
      '$sortByCount',
      [{ $sortByCount: '$item' }],
      [
        { _id: 'a', count: 2 },
        { _id: 'b', count: 1 },
      ],
    ],
    [
      'days of a time zone',
      [
        {
          $project: {
            day: { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M', timezone: 'Asia/Shanghai' } },
          },
        },
        { $limit: 1 },
      ],
      [{ _id: 1, day: '2022-11-21 01:30' }],
    ],
    [
      '$dateTrunc and $dateDiff',
      [
        { $limit: 1 },
        {
          $project: {
            day: { $dateTrunc: { date: '$at', unit: 'day', timezone: '+08:00' } },
            days: { $dateDiff: { startDate: '$at', endDate: new Date('2022-11-23T00:00:00Z'), unit: 'day' } },
          },
        },
      ],
      [{ _id: 1, day: new Date('2022-11-20T16:00:00Z'), days: 3 }],
    ],
    [
      '$map, $filter, $reduce',
      [
        { $limit: 1 },
        {
          $project: {
            m: { $map: { input: '$tags', in: { $concat: ['$$this', '!'] } } },
            f: { $filter: { input: '$tags', as: 't', cond: { $eq: ['$$t', 'y'] } } },
            r: { $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
          },
        },
      ],
      [{ _id: 1, m: ['x!', 'y!'], f: ['y'], r: 6 }],
    ],
    [
      '$switch, $cond and $ifNull',
      [
        { $sort: { _id: -1 } },
        { $limit: 1 },
        {
          $project: {
            // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name
            s: { $switch: { branches: [{ case: { $lt: ['$n', 2] }, then: 'few' }], default: 'many' } },
            c: { $cond: ['$tags', 1, 2] },
            i: { $ifNull: ['$tags', 'none'] },
          },
        },
      ],
      [{ _id: 3, s: 'few', c: 2, i: 'none' }],
    ],
    [
      '$addFields below a field, and $unset',
      [{ $match: { _id: 3 } }, { $addFields: { 'info.n': '$n' } }, { $unset: ['n', 'at', 'item'] }],
      [{ _id: 3, info: { n: 1.5 } }],
    ],
    [
      '$unionWith',
      [
        { $match: { _id: 1 } },
        { $unionWith: { coll: 'things', pipeline: [{ $match: { _id: 2 } }] } },
        { $project: { _id: 1 } },
      ],
      [{ _id: 1 }, { _id: 2 }],
    ],
    [
      '$unionWith, choosing by an expression',
      [
        { $match: { _id: 1 } },
        {
          $unionWith: {
            coll: 'things',
            pipeline: [{ $match: { $expr: { $gt: ['$_id', 1] } } }, { $match: { _id: { $lt: 3 } } }],
          },
        },
        { $project: { _id: 1 } },
      ],
      [{ _id: 1 }, { _id: 2 }],
    ],
  ])('%s', async (_, pipeline, expected) => {
    expect(await collection().aggregate(pipeline).toArray()).toEqual(expected);
  });

  it('writes with $out and $merge', async () => {
    await collection()
      .aggregate([{ $group: { _id: '$item', n: { $sum: 1 } } }, { $out: 'totals' }])
      .toArray();
    await collection()
      .aggregate([
        { $match: { _id: 2 } },
        { $project: { _id: '$item', last: '$_id' } },
        { $merge: { into: 'totals' } },
      ])
      .toArray();
    expect(await db().collection('totals').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 2 },
      { _id: 'b', n: 1, last: 2 },
    ]);
  });

  it.each<[Document, number]>([
    [{ $nonsense: 1 }, 40324],
    [{ $graphLookup: {} }, 40324],
    [{ $project: { a: { $nonsense: 1 } } }, 168],
    [{ $project: { a: '$$nobody' } }, 17276],
    [{ $group: { _id: null, a: { $nonsense: 1 } } }, 15952],
    [{ $project: { a: { $divide: [1, 0] } } }, 2],
    [{ $limit: 0 }, 15958],
    [{ $project: { a: { $function: { body: '', args: [], lang: 'js' } } } }, 168],
  ])('refuses %j', async (stage, code) => {
    expect(await refusal(collection().aggregate([stage]).toArray())).toMatchObject({ code });
  });
});

describe('the closed list of commands', () => {
  it.each(['frobnicate', 'mapReduce', 'bulkWrite', 'createUser', 'replSetGetStatus'])(
    '%s is not in it',
    async (name) => {
      expect(await refusal(db().command({ [name]: 1 }))).toMatchObject({ code: 59 });
    },
  );

  it('refuses concerns that a standalone cannot meet', async () => {
    expect(await refusal(collection().insertOne({}, { writeConcern: { w: 2 } }))).toMatchObject({ code: 2 });
    expect(await refusal(db().command({ find: 'things', readConcern: { level: 'snapshot' } }))).toMatchObject(
      { code: 123 },
    );
  });
});
