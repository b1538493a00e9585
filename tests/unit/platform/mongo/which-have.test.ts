import mongoose from 'mongoose';
import type { RecordDocument } from '../../../../server/platform/mongo/record';
import { whichHave } from '../../../../server/platform/mongo/which-have';
import { openTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ now: () => new Date('2022-11-15T01:00:00Z') });
});
afterAll(() => database?.close());

const source = (name: string) => ({ name, records: mongoose.connection.collection<RecordDocument>(name) });

const put = (name: string, trailPending: boolean) =>
  source(name).records.insertOne({
    _id: `of ${name}`,
    version: 1,
    trail: [],
    trailProjected: 0,
    effects: [],
    ...(trailPending ? { trailPending } : {}),
  });

const named = async (...names: string[]) =>
  (await whichHave(names.map(source), { trailPending: true })).map(({ name }) => name);

it('names those that have one, the first and the others alike, in the order they were asked in', async () => {
  await put('quiet', false);
  await put('busy', true);
  await put('also_busy', true);
  expect(await named('quiet', 'also_busy', 'busy')).toEqual(['also_busy', 'busy']);
  expect(await named('busy', 'quiet')).toEqual(['busy']);
});

it('takes a collection that is not there yet for an empty one', async () => {
  await put('known', true);
  expect(await named('not_yet', 'known', 'nor_this')).toEqual(['known']);
});

it('has nothing to ask when there are none', async () => {
  expect(await named()).toEqual([]);
});
