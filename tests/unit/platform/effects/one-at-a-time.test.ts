import pino from 'pino';
import { systemClock } from '../../../../server/platform/clock';
import { oneAtATime } from '../../../../server/platform/effects/one-at-a-time';
import { randomIds } from '../../../../server/platform/ids';
import { SharedSlots, type Slots, sharedSlots } from '../../../../server/platform/mongo/shared-slots';
import { openTestDatabase, type TestDatabase } from '../support/database';

const log = pino({ level: 'silent' });

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(systemClock);
});
afterAll(() => database?.close());

/** As on another process: they share nothing but the database. */
const instance = (of: string, patienceMs?: number) => {
  const turn = sharedSlots(of, { count: 1, leaseMs: 60_000, newToken: () => randomIds.id() });
  return oneAtATime(turn, log, patienceMs);
};

/** Work that counts how often it was done. */
function counted() {
  const done = { times: 0 };
  const work = async () => {
    done.times += 1;
  };
  return { done, work };
}

/** Work that lasts until it is told to end. */
function openWork() {
  let begin = () => {};
  let end = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = () => {
    begin();
    return ended;
  };
  return { begun, end, work };
}

it('whoever finds another at it leaves it alone, and does it next time', async () => {
  const { begun, end, work } = openWork();
  const mine = counted();
  const first = instance('lines')(work);
  await begun;
  const second = instance('lines');
  await second(mine.work);
  expect(mine.done.times).toBe(0);
  end();
  await first;
  await second(mine.work);
  expect(mine.done.times).toBe(1);
});

it('work that fails says so, and the next one may do it', async () => {
  const failing = instance('fails')(() => Promise.reject(new Error('no database')));
  await expect(failing).rejects.toThrow('no database');
  const mine = counted();
  await instance('fails')(mine.work);
  expect(mine.done.times).toBe(1);
});

it('whoever dies at it, or outlives the lease, keeps nobody from it, and takes nobody’s turn by coming back late', async () => {
  const slow = openWork();
  const first = instance('dies')(slow.work);
  await slow.begun;
  await SharedSlots.updateOne({ of: 'dies' }, { $set: { freeAt: new Date(0) } });
  const next = openWork();
  const second = instance('dies')(next.work);
  await next.begun;
  slow.end();
  await first;
  const mine = counted();
  await instance('dies')(mine.work);
  expect(mine.done.times).toBe(0);
  next.end();
  await second;
});

it('a slot that never comes free again keeps it from nobody for ever', async () => {
  const mine = counted();
  const run = instance('gone', 100);
  await run(mine.work);
  await SharedSlots.deleteMany({ of: 'gone' });
  await run(mine.work);
  expect(mine.done.times).toBe(1);
  while (mine.done.times === 1) await run(mine.work);
  expect(mine.done.times).toBe(2);
});

it('a turn that cannot be given back fails nothing, and hides no failure of the work', async () => {
  const lost: Slots = { take: async () => () => Promise.reject(new Error('connection lost')) };
  const mine = counted();
  await oneAtATime(lost, log)(mine.work);
  expect(mine.done.times).toBe(1);
  const failing = oneAtATime(lost, log)(() => Promise.reject(new Error('the work itself')));
  await expect(failing).rejects.toThrow('the work itself');
});
