import { MongoNetworkError } from 'mongodb';
import { changeRecord, insertRecord, newRecord } from '../../../../server/platform/mongo/record';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { Things, thingLine } from '../support/things';

/* A write is sent, and the connection goes before its answer comes. */

const now = new Date('2022-11-15T01:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ now: () => now });
});
afterAll(() => database?.close());
afterEach(() => jest.restoreAllMocks());

const line = (id: string) => thingLine(id, now);
const thing = (_id: string, by: string) => newRecord(_id, line(by));
const lost = () => new MongoNetworkError('connection closed');

/** The next insert reaches the database, or does not; either way nobody hears of it. */
function loseTheNextInsert(reaches: boolean): void {
  const insert = Things.collection.insertOne.bind(Things.collection);
  jest.spyOn(Things.collection, 'insertOne').mockImplementationOnce(async (document) => {
    if (reaches) await insert(document).catch(() => undefined);
    throw lost();
  });
}

it('is found when it took place', async () => {
  loseTheNextInsert(true);
  expect(await insertRecord(Things, thing('one', 'mine'))).toMatchObject({
    _id: 'one',
    trail: [{ id: 'mine' }],
  });
});

it('is said to be lost when it did not', async () => {
  loseTheNextInsert(false);
  await expect(insertRecord(Things, thing('two', 'mine'))).rejects.toThrow(MongoNetworkError);
});

it('is not taken for somebody else’s record that stands under the same id', async () => {
  await insertRecord(Things, thing('three', 'another’s'));
  loseTheNextInsert(true);
  await expect(insertRecord(Things, thing('three', 'mine'))).rejects.toThrow(MongoNetworkError);
});

it('is found, or not, by the line of a change in the same way', async () => {
  await insertRecord(Things, thing('four', 'mine'));
  const change = Things.collection.findOneAndUpdate.bind(Things.collection);
  const next = jest.spyOn(Things.collection, 'findOneAndUpdate');
  next.mockImplementationOnce(async (filter, update) => {
    await change(filter, update, {});
    throw lost();
  });
  expect(await changeRecord(Things, { _id: 'four' }, {}, line('change'))).toMatchObject({ version: 2 });
  next.mockRejectedValueOnce(lost());
  await expect(changeRecord(Things, { _id: 'four' }, {}, line('another'))).rejects.toThrow(MongoNetworkError);
});
