import mongoose, { Schema } from 'mongoose';
import { readById } from '../../../../server/platform/mongo/by-id';
import { openTestDatabase, type TestDatabase } from '../support/database';

interface Note {
  _id: string;
  text: string;
}

const Notes = mongoose.model<Note>('Note', new Schema<Note>({ _id: String, text: String }), 'notes');
const find = readById<Note>(Notes);

let database: TestDatabase;
const finds: unknown[] = [];

beforeAll(async () => {
  database = await openTestDatabase({ now: () => new Date('2023-06-01T00:00:00Z') });
  await Notes.insertMany([
    { _id: 'a', text: 'first' },
    { _id: 'b', text: 'second' },
  ]);
  mongoose.set('debug', (_collection: string, method: string, filter: unknown) => {
    if (method === 'find') finds.push(filter);
  });
});
afterAll(async () => {
  mongoose.set('debug', false);
  await database.close();
});
beforeEach(() => {
  finds.length = 0;
});

it('fetches what is asked for in one turn with one command, and gives each its own', async () => {
  const answers = await Promise.all(['b', 'nobody', 'a', 'b'].map(find));

  expect(answers.map((note) => note?.text ?? null)).toEqual(['second', null, 'first', 'second']);
  expect(finds).toEqual([{ _id: { $in: ['b', 'nobody', 'a'] } }]);
});

it('keeps nothing: a later call sees what was written since', async () => {
  await find('a');
  await Notes.updateOne({ _id: 'a' }, { $set: { text: 'changed' } });

  expect((await find('a'))?.text).toBe('changed');
  expect(finds).toEqual([{ _id: 'a' }, { _id: 'a' }]);
});

it('refuses everybody in a turn when the database does, and answers the next one', async () => {
  const wrong: unknown = { $gt: '' };
  const refused = await Promise.allSettled([find('a'), find(wrong as string)]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  expect((await find('a'))?.text).toBe('changed');
});
