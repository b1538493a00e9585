import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../server/platform/clock';
import { randomIds } from '../../../../server/platform/ids';
import { sharedSlots } from '../../../../server/platform/mongo/shared-slots';
import { openTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(systemClock);
});
afterAll(() => database?.close());

/** As on another process: they share nothing but the database. */
const instance = (of: string, facts: { count: number; leaseMs?: number }) =>
  sharedSlots(of, { leaseMs: 60_000, newToken: () => randomIds.id(), ...facts });

it('two instances never have more in hand than there are, and each gets its turn', async () => {
  const instances = [instance('places', { count: 3 }), instance('places', { count: 3 })];
  let inHand = 0;
  let most = 0;
  const use = async (slots: ReturnType<typeof instance>) => {
    const giveBack = await slots.take();
    inHand += 1;
    most = Math.max(most, inHand);
    await sleep(5);
    inHand -= 1;
    await giveBack(0);
  };
  await Promise.all(Array.from({ length: 24 }, (_, n) => instances[n % 2]).map((one) => one && use(one)));
  expect({ most, inHand }).toEqual({ most: 3, inHand: 0 });
});

it('what somebody died with comes back when the lease ends', async () => {
  await instance('dead', { count: 1, leaseMs: 200 }).take();
  const giveBack = await instance('dead', { count: 1 }).take();
  await giveBack(0);
});

it('whoever comes back after the lease gives back nothing of the next one’s', async () => {
  const late = await instance('late', { count: 1, leaseMs: 50 }).take();
  const next = await instance('late', { count: 1 }).take();
  await late(0);
  let isTaken = false;
  const third = instance('late', { count: 1 })
    .take()
    .then((giveBack) => {
      isTaken = true;
      return giveBack;
    });
  await sleep(100);
  expect(isTaken).toBe(false);
  await next(0);
  await (await third)(0);
});

it('slots of one thing are none of another', async () => {
  await instance('mine', { count: 1 }).take();
  await (await instance('yours', { count: 1 }).take())(0);
});
