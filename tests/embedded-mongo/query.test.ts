import { type Document, Double, Long, MaxKey, MinKey, ObjectId } from 'mongodb';
import { refusal, startTestServer, type TestServer } from './support';

let server: TestServer;
const collection = () => server.client.db('t').collection<Document>('queries');

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => collection().deleteMany({}));

/** The numbers (from 0) of the documents that a filter matches. */
async function matching(documents: readonly Document[], filter: Document): Promise<number[]> {
  await collection().insertMany(documents.map((document, _id) => ({ _id, ...document })) as Document[]);
  const found = await collection().find(filter).sort({ _id: 1 }).toArray();
  return found.map(({ _id }) => Number(_id));
}

const mixed = [
  {},
  { a: null },
  { a: 1 },
  { a: [] },
  { a: [1, 2] },
  { a: [null] },
  { a: 'x' },
  { a: { b: 1 } },
  { a: [[1]] },
];

describe('matching', () => {
  it.each<[string, readonly Document[], Document, number[]]>([
    ['null means null or absent, and a null element', mixed, { a: null }, [0, 1, 5]],
    ['$ne null is the rest', mixed, { a: { $ne: null } }, [2, 3, 4, 6, 7, 8]],
    ['$exists sees null', mixed, { a: { $exists: true } }, [1, 2, 3, 4, 5, 6, 7, 8]],
    ['a value matches an element, not a nested one', mixed, { a: 1 }, [2, 4]],
    ['an array matches itself whole, or as an element', mixed, { a: [1] }, [8]],
    ['an empty array is a value', mixed, { a: [] }, [3]],
    ['$size', mixed, { a: { $size: 1 } }, [5, 8]],
    ['$type looks at elements, and at the array', mixed, { a: { $type: 'array' } }, [3, 4, 5, 8]],
    [
      '$type number',
      [{ a: 1 }, { a: Long.fromNumber(1) }, { a: new Double(1.5) }, { a: '1' }],
      { a: { $type: 'number' } },
      [0, 1, 2],
    ],
    ['$type objectId', [{ a: new ObjectId() }, { a: 'x' }], { a: { $type: 'objectId' } }, [0]],
    [
      'numbers of all types are equal by value',
      [{ a: 1 }, { a: Long.fromNumber(1) }, { a: new Double(1) }],
      { a: Long.fromNumber(1) },
      [0, 1, 2],
    ],
    [
      'a comparison stays within its type',
      [{ a: 5 }, { a: 'z' }, { a: null }, {}, { a: new Date(9) }, { a: true }],
      { a: { $gte: 1 } },
      [0],
    ],
    [
      'MinKey and MaxKey compare with everything',
      [{ a: 5 }, { a: 'z' }, { a: new MinKey() }],
      { a: { $gt: new MinKey(), $lt: new MaxKey() } },
      [0, 1],
    ],
    [
      'documents are equal with their fields in order',
      [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
      { a: { x: 1, y: 2 } },
      [0],
    ],
    [
      'a path goes through arrays',
      [{ a: [{ b: 1 }, { b: 2 }] }, { a: { b: 2 } }, { a: [1] }],
      { 'a.b': 2 },
      [0, 1],
    ],
    [
      'a number in a path is a position',
      [{ a: [5, 6] }, { a: [6, 5] }, { a: { '1': 6 } }],
      { 'a.1': 6 },
      [0, 2],
    ],
    [
      'an array of scalars has no fields, not even absent ones',
      [{ a: [1] }, { a: [{}] }, {}, { a: 1 }],
      { 'a.b': null },
      [1, 2, 3],
    ],
    [
      'two conditions may be met by two elements',
      [{ a: [1, 9] }, { a: [5] }],
      { a: { $gt: 4, $lt: 2 } },
      [0],
    ],
    [
      '$elemMatch wants one element for all',
      [{ a: [1, 9] }, { a: [5] }],
      { a: { $elemMatch: { $gt: 4, $lt: 6 } } },
      [1],
    ],
    [
      '$elemMatch of documents',
      [{ a: [{ x: 1, y: 1 }] }, { a: [{ x: 1 }, { y: 1 }] }],
      { a: { $elemMatch: { x: 1, y: 1 } } },
      [0],
    ],
    ['$all', [{ a: [1, 2, 3] }, { a: [1] }, { a: 1 }], { a: { $all: [1, 2] } }, [0]],
    ['$in with a pattern and null', [{ a: 'abc' }, {}, { a: 'x' }], { a: { $in: [/^a/, null] } }, [0, 1]],
    ['$nin', [{ a: [1, 2] }, { a: 3 }, {}], { a: { $nin: [1] } }, [1, 2]],
    ['$not of a comparison includes absence', [{ a: 5 }, { a: 1 }, {}], { a: { $not: { $gt: 3 } } }, [1, 2]],
    ['$nor', [{ a: 1 }, { b: 1 }, {}], { $nor: [{ a: 1 }, { b: 1 }] }, [2]],
    ['$mod truncates', [{ a: 4 }, { a: 4.9 }, { a: 5 }, { a: -4 }], { a: { $mod: [4, 0] } }, [0, 1, 3]],
    [
      '$regex with options',
      [{ a: 'ABC' }, { a: 'x\nabc' }, { a: 1 }],
      { a: { $regex: '^abc', $options: 'im' } },
      [0, 1],
    ],
    [
      '$expr compares fields',
      [
        { a: 1, b: 2 },
        { a: 2, b: 1 },
      ],
      { $expr: { $gt: ['$a', '$b'] } },
      [1],
    ],
    ['$bitsAllSet', [{ a: 6 }, { a: 4 }, { a: 'x' }], { a: { $bitsAllSet: [1, 2] } }, [0]],
    [
      'field names that JavaScript treats apart',
      [{ constructor: 1 }, {}],
      { constructor: { $exists: true } },
      [0],
    ],
  ])('%s', async (_, documents, filter, expected) => {
    expect(await matching(documents, filter)).toEqual(expected);
  });

  it.each<[Document, number, RegExp]>([
    [{ a: { $foo: 1 } }, 2, /unknown operator: \$foo/],
    [{ $foo: 1 }, 2, /unknown top level operator: \$foo/],
    [{ $where: 'true' }, 2, /does not evaluate \$where/],
    [{ $or: [] }, 2, /must be a nonempty array/],
    [{ a: { $in: 1 } }, 2, /\$in needs an array/],
    [{ a: { $regex: '(' } }, 51091, /Regular expression is invalid/],
    [{ a: { $type: 'nonsense' } }, 2, /Unknown type name alias: nonsense/],
    [{ a: { $size: -1 } }, 2, /non-negative/],
    [{ a: { $mod: [0, 1] } }, 2, /divisor cannot be 0/],
  ])('refuses %j', async (filter, code, message) => {
    expect(await refusal(collection().find(filter).toArray())).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('refuses a collation it would not follow', async () => {
    expect(
      await refusal(
        collection()
          .find({}, { collation: { locale: 'zh' } })
          .toArray(),
      ),
    ).toMatchObject({ code: 238 });
  });
});

describe('sorting', () => {
  it('follows the order of types, absence as null, an array by its lowest element', async () => {
    const values = [true, 'b', 3, null, { x: 1 }, new Date(0), [9, 2], undefined, 'a', Long.fromNumber(1)];
    await collection().insertMany(
      values.map((a, _id) => (a === undefined ? { _id } : { _id, a })) as Document[],
    );
    const ascending = await collection()
      .find()
      .sort({ a: 1, _id: 1 })
      .map(({ _id }) => Number(_id))
      .toArray();
    expect(ascending).toEqual([3, 7, 9, 6, 2, 8, 1, 4, 0, 5]);
    const descending = await collection()
      .find()
      .sort({ a: -1, _id: 1 })
      .map(({ _id }) => Number(_id))
      .toArray();
    expect(descending).toEqual([5, 0, 4, 1, 8, 6, 2, 9, 3, 7]);
  });
});

describe('projection', () => {
  const document = { _id: 1, a: { b: 1, c: 2 }, list: [{ n: 1, m: 1 }, { n: 2, m: 2 }, 3], z: 0 };

  it.each<[string, Document, Document, Document?]>([
    ['includes, in the order of the document', { z: 1, a: 1 }, { _id: 1, a: { b: 1, c: 2 }, z: 0 }],
    ['excludes', { list: 0, _id: 0 }, { a: { b: 1, c: 2 }, z: 0 }],
    [
      'goes into documents and arrays',
      { 'a.b': 1, 'list.n': 1 },
      { _id: 1, a: { b: 1 }, list: [{ n: 1 }, { n: 2 }] },
    ],
    ['computes', { sum: { $add: ['$a.b', '$a.c'] }, _id: 0 }, { sum: 3 }],
    ['$slice keeps the rest of the document', { list: { $slice: -1 }, a: 0 }, { _id: 1, list: [3], z: 0 }],
    ['$elemMatch', { list: { $elemMatch: { n: 2 } }, _id: 0 }, { list: [{ n: 2, m: 2 }] }],
    ['the positional $', { 'list.$': 1, _id: 0 }, { list: [{ n: 2, m: 2 }] }, { 'list.n': 2 }],
  ])('%s', async (_, projection, expected, filter = {}) => {
    await collection().insertOne(document as Document);
    const found = await collection().findOne(filter, { projection });
    expect(found).toEqual(expected);
    expect(Object.keys(found ?? {})).toEqual(Object.keys(expected));
  });

  it('refuses to include and exclude at once', async () => {
    await collection().insertOne({});
    expect(await refusal(collection().findOne({}, { projection: { a: 1, b: 0 } }))).toMatchObject({
      code: 31254,
    });
  });
});

describe('distinct and count', () => {
  it('look at elements', async () => {
    await collection().insertMany([{ a: [1, 2] }, { a: 2 }, { a: 'x' }, {}]);
    expect(await collection().distinct('a')).toEqual([1, 2, 'x']);
    expect(await collection().countDocuments({ a: 2 }, { limit: 1 })).toBe(1);
  });
});
