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

/** Waits for one however long it takes. */
async function takeOf(slots: ReturnType<typeof instance>) {
  const giveBack = await slots.take(() => true);
  if (!giveBack) throw new Error('it is wanted');
  return giveBack;
}

it('two instances never have more in hand than there are, and each gets its turn', async () => {
  const instances = [instance('places', { count: 3 }), instance('places', { count: 3 })];
  let inHand = 0;
  let most = 0;
  const use = async (slots: ReturnType<typeof instance>) => {
    const giveBack = await takeOf(slots);
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
  await takeOf(instance('dead', { count: 1, leaseMs: 200 }));
  const giveBack = await takeOf(instance('dead', { count: 1 }));
  await giveBack(0);
});

it('whoever comes back after the lease gives back nothing of the next one’s', async () => {
  const late = await takeOf(instance('late', { count: 1, leaseMs: 50 }));
  const next = await takeOf(instance('late', { count: 1 }));
  await late(0);
  let isTaken = false;
  const third = takeOf(instance('late', { count: 1 })).then((giveBack) => {
    isTaken = true;
    return giveBack;
  });
  await sleep(100);
  expect(isTaken).toBe(false);
  await next(0);
  await (await third)(0);
});

it('slots of one thing are none of another', async () => {
  await takeOf(instance('mine', { count: 1 }));
  await (await takeOf(instance('yours', { count: 1 })))(0);
});

it('one that is no longer wanted is not taken', async () => {
  const giveBack = await takeOf(instance('wanted', { count: 1 }));
  let isWanted = true;
  const second = instance('wanted', { count: 1 }).take(() => isWanted);
  await sleep(100);
  isWanted = false;
  expect(await second).toBeNull();
  await giveBack(0);
  await (await takeOf(instance('wanted', { count: 1 })))(0);
});
