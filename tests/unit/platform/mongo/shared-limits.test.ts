import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { systemClock } from '../../../../server/platform/clock';
import { Limits, sharedLimiter } from '../../../../server/platform/mongo/shared-limits';
import { openTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(systemClock);
});
afterAll(() => database?.close());

const limiter = (points: number, duration = 60) =>
  sharedLimiter(mongoose.connection, { keyPrefix: 'test', points, duration });

it('counts together what two instances let through at the same moment', async () => {
  const [one, other] = [limiter(10), limiter(10)];
  const taken = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : other).consume('both', 1)),
  );
  const refused = taken.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(20);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(RateLimiterRes);
  expect(await Limits.countDocuments({ key: 'test:both' })).toBe(1);
});

it('keeps one line a key, also when its time is over', async () => {
  const brief = limiter(1, 1);
  await brief.consume('again', 1);
  await sleep(1_100);
  await brief.consume('again', 1);
  expect(await Limits.countDocuments({ key: 'test:again' })).toBe(1);
});

it('finds a key among thousands without reading the others, and forgets the old ones', async () => {
  // Still counting: the database may take away at any moment what has expired.
  const expire = new Date(Date.now() + 3_600_000);
  await Limits.insertMany(
    Array.from({ length: 2_000 }, (_, n) => ({ key: `test:${n}`, points: 1, expire })),
    { lean: true },
  );
  const asked = { key: 'test:77', $or: [{ expire: { $gt: new Date() } }, { expire: null }] };
  const { executionStats } = Object(await Limits.collection.find(asked).explain('executionStats'));
  expect(executionStats.totalDocsExamined).toBe(1);
  expect(await Limits.collection.indexes()).toContainEqual(
    expect.objectContaining({ key: { expire: 1 }, expireAfterSeconds: 0 }),
  );
});
