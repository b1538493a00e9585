import { type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import { refusal, startTestServer, TestClock, type TestServer } from './support';

let server: TestServer;
const clock = new TestClock();
const collection = () => server.client.db('t').collection<Document>('updates');

beforeAll(async () => {
  server = await startTestServer(clock);
});
afterAll(() => server.stop());
beforeEach(() => collection().deleteMany({}));

/** What an update makes of a document (`_id` 1). */
async function updated(
  before: Document,
  update: Document | Document[],
  options: Document = {},
): Promise<Document> {
  const { filter, ...others } = options;
  await collection().insertOne({ _id: 1, ...before } as Document);
  await collection().updateOne({ _id: 1, ...filter } as Document, update, others);
  const after = await collection().findOne({ _id: 1 } as Document);
  const { _id, ...rest } = after ?? {};
  return rest;
}

describe('update operators', () => {
  it.each<[string, Document, Document, Document, Document?]>([
    ['$set builds the documents on its way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    [
      '$set fills an array up to its position with nulls',
      { a: [1] },
      { $set: { 'a.3': 4 } },
      { a: [1, null, null, 4] },
    ],
    [
      '$set adds new fields in the order of their names',
      { z: 0 },
      { $set: { c: 1, a: 2, b: 3 } },
      { z: 0, a: 2, b: 3, c: 1 },
    ],
    [
      '$unset removes a field, and leaves null in an array',
      { a: 1, b: [1, 2] },
      { $unset: { a: '', 'b.0': '' } },
      { b: [null, 2] },
    ],
    ['$inc starts from nothing', { a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
    ['$mul of nothing is zero', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
    [
      '$min and $max compare across types',
      { a: 5, b: 5, c: 'x' },
      { $min: { a: 3, c: 9 }, $max: { b: 3 } },
      { a: 3, b: 5, c: 9 },
    ],
    ['$rename moves a value', { a: 1, b: { c: 2 } }, { $rename: { a: 'b.d' } }, { b: { c: 2, d: 1 } }],
    ['$push appends', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
    [
      '$push with all its clauses',
      { a: [5, 1] },
      { $push: { a: { $each: [4, 2], $sort: 1, $slice: -3, $position: 0 } } },
      { a: [2, 4, 5] },
    ],
    [
      '$push sorts documents by a field',
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: -1 } } } },
      { a: [{ n: 3 }, { n: 2 }, { n: 1 }] },
    ],
    [
      '$addToSet keeps values once, and knows the order of fields',
      { a: [{ x: 1, y: 2 }] },
      {
        $addToSet: {
          a: {
            $each: [
              { x: 1, y: 2 },
              { y: 2, x: 1 },
            ],
          },
        },
      },
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
    ['$pull by condition', { a: [1, 5, 8] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull by fields of elements',
      { a: [{ x: 1, y: 1 }, { x: 2 }] },
      { $pull: { a: { x: 1 } } },
      { a: [{ x: 2 }] },
    ],
    ['$pullAll', { a: [1, 2, 1, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['$pop from either end', { a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
    ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
    ['$currentDate asks the clock', {}, { $currentDate: { a: true } }, { a: clock.now() }],
    ['$setOnInsert does nothing to what is there', { a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
    [
      '$ is the element that matched',
      { a: [1, 2, 3] },
      { $set: { 'a.$': 9 } },
      { a: [1, 9, 3] },
      { filter: { a: 2 } },
    ],
    [
      '$ reaches into the element that matched',
      { a: [{ n: 1 }, { n: 2 }] },
      { $inc: { 'a.$.n': 5 } },
      { a: [{ n: 1 }, { n: 7 }] },
      { filter: { a: { $elemMatch: { n: 2 } } } },
    ],
    ['$[] is every element', { a: [1, 2] }, { $inc: { 'a.$[]': 1 } }, { a: [2, 3] }],
    [
      '$[name] is every element its filter chooses',
      { a: [{ n: 1 }, { n: 5 }] },
      { $set: { 'a.$[big].big': true } },
      { a: [{ n: 1 }, { n: 5, big: true }] },
      { arrayFilters: [{ 'big.n': { $gt: 3 } }] },
    ],
  ])('%s', async (_, before, update, after, options = {}) => {
    const result = await updated(before, update, options);
    expect(result).toEqual(after);
    expect(Object.keys(result)).toEqual(Object.keys(after));
  });

  it('takes a pipeline', async () => {
    expect(
      await updated({ a: 2, b: 1 }, [{ $set: { c: { $multiply: ['$a', 10] } } }, { $unset: 'b' }]),
    ).toEqual({ a: 2, c: 20 });
  });

  it.each<[string, Document, Document, number, RegExp, Document?]>([
    [
      '$inc of a string',
      { a: 'x' },
      { $inc: { a: 1 } },
      14,
      /Cannot apply \$inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string/,
    ],
    [
      '$inc by a string',
      { a: 1 },
      { $inc: { a: 'x' } },
      14,
      /Cannot increment with non-numeric argument: {a: "x"}/,
    ],
    [
      '$push onto a scalar',
      { a: 1 },
      { $push: { a: 1 } },
      2,
      /The field 'a' must be an array but is of type int in document {_id: 1}/,
    ],
    ['$addToSet to a scalar', { a: 1 }, { $addToSet: { a: 1 } }, 2, /non-array type int/],
    ['$pull from a scalar', { a: 1 }, { $pull: { a: 1 } }, 2, /Cannot apply \$pull to a non-array value/],
    [
      '$set through a scalar',
      { a: 1 },
      { $set: { 'a.b': 1 } },
      28,
      /Cannot create field 'b' in element {a: 1}/,
    ],
    [
      'two operators on one path',
      {},
      { $set: { a: 1 }, $inc: { a: 1 } },
      40,
      /Updating the path 'a' would create a conflict at 'a'/,
    ],
    ['an operator below another', {}, { $set: { a: 1, 'a.b': 1 } }, 40, /would create a conflict at 'a'/],
    ['another _id', {}, { $set: { _id: 2 } }, 66, /would modify the immutable field '_id'/],
    ['an unknown operator', {}, { $frobnicate: { a: 1 } }, 9, /Unknown modifier: \$frobnicate/],
    [
      'an unknown clause of $push',
      {},
      { $push: { a: { $each: [], $foo: 1 } } },
      2,
      /Unrecognized clause in \$push: \$foo/,
    ],
    [
      'a positional $ without a match',
      { a: [1] },
      { $set: { 'a.$': 1 } },
      2,
      /positional operator did not find the match/,
    ],
    [
      'an array filter without its path',
      { a: [1] },
      { $set: { b: 1 } },
      9,
      /identifier 'x' was not used/,
      { arrayFilters: [{ x: 1 }] },
    ],
    [
      'a path without its array filter',
      { a: [1] },
      { $set: { 'a.$[x]': 1 } },
      2,
      /No array filter found for identifier 'x'/,
    ],
    [
      '$[] of what is no array',
      { a: 1 },
      { $set: { 'a.$[]': 1 } },
      2,
      /Cannot apply array updates to non-array element a: 1/,
    ],
    ['an empty part of a path', {}, { $set: { 'a..b': 1 } }, 56, /empty field name/],
  ])('refuses %s, and changes nothing', async (_, before, update, code, message, options = {}) => {
    expect(await refusal(updated(before, update, options))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(await collection().findOne({})).toEqual({ _id: 1, ...before });
  });

  it('leaves the types of fields it does not touch', async () => {
    const before = {
      i: new Int32(1),
      d: new Double(1),
      l: Long.fromNumber(1),
      nested: { '2022': new Double(2), '1': Long.fromNumber(2) },
      n: 0,
    };
    await collection().insertOne({ _id: 1, ...before } as Document);
    await collection().updateOne({ _id: 1 } as Document, { $inc: { n: 1 } });
    const types = { promoteValues: false };
    const after = await collection().findOne({}, types);
    expect(after).toEqual({ ...before, _id: new Int32(1), n: new Int32(1) });
    expect(Object.keys(after?.nested)).toEqual(Object.keys(before.nested));
  });

  it('gives a sum the wider type of its terms', async () => {
    await collection().insertOne({ i: new Int32(2147483647), l: Long.fromNumber(1), d: new Double(1) });
    await collection().updateOne({}, { $inc: { i: new Int32(1), l: new Int32(1), d: new Int32(1) } });
    const after = await collection().findOne({}, { promoteValues: false });
    expect(after).toMatchObject({ i: Long.fromNumber(2147483648), l: Long.fromNumber(2), d: new Double(2) });
  });

  it('counts only what it really modified', async () => {
    await collection().insertMany([{ a: 1 }, { a: 2 }]);
    expect(await collection().updateMany({}, { $set: { a: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
  });
});

describe('upserts', () => {
  it('begin with what the filter says fields are equal to', async () => {
    const filter = { 'a.b': 1, c: { $eq: 2 }, d: { $gt: 3 }, $and: [{ e: 5 }] };
    const { upsertedId } = await collection().updateOne(
      filter,
      { $set: { x: 1 }, $setOnInsert: { y: 2 } },
      { upsert: true },
    );
    expect(upsertedId).toBeInstanceOf(ObjectId);
    expect(await collection().findOne({})).toEqual({ _id: upsertedId, a: { b: 1 }, c: 2, e: 5, x: 1, y: 2 });
  });

  it('put _id first, wherever it came from', async () => {
    await collection().updateOne(
      { z: 1 },
      { $set: { a: 1 }, $setOnInsert: { _id: 'own' } },
      { upsert: true },
    );
    expect(Object.keys((await collection().findOne({})) ?? {})).toEqual(['_id', 'z', 'a']);
  });

  it('by replacement take only the _id from the filter', async () => {
    await collection().replaceOne({ _id: 5, a: 1 } as Document, { b: 2 }, { upsert: true });
    expect(await collection().findOne({})).toEqual({ _id: 5, b: 2 });
  });

  it('refuse a field with two values', async () => {
    const twice = collection().updateOne(
      { $and: [{ a: 1 }, { a: 2 }] },
      { $set: { b: 1 } },
      { upsert: true },
    );
    expect(await refusal(twice)).toMatchObject({ code: 54 });
  });
});

describe('findAndModify', () => {
  beforeEach(() =>
    collection().insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ] as Document[]),
  );

  it('takes the first in the order asked for, and shows it before or after', async () => {
    expect(await collection().findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 } })).toEqual({
      _id: 2,
      n: 2,
    });
    expect(
      await collection().findOneAndUpdate(
        { _id: 1 } as Document,
        { $inc: { n: 10 } },
        { returnDocument: 'after', projection: { n: 1, _id: 0 } },
      ),
    ).toEqual({ n: 11 });
  });

  it('removes', async () => {
    expect(await collection().findOneAndDelete({}, { sort: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(await collection().countDocuments()).toBe(1);
  });

  it('replaces, but not the _id', async () => {
    expect(await refusal(collection().findOneAndReplace({ n: 1 }, { _id: 7 } as Document))).toMatchObject({
      code: 66,
    });
  });
});
