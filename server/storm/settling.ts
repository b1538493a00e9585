import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { SandboxClient } from '../demo/sandbox-client';

/** What has not come to rest, by kind. */
export interface Unsettled {
  /** Places held, neither paid nor released. */
  holds: number;
  /** Orders that may still be paid. */
  openOrders: number;
  refundsUnderWay: number;
  /** Records that promise to do something yet. */
  effects: number;
  /** Records whose audit lines are not in the log. */
  trails: number;
}

export const unsettledCount = (unsettled: Unsettled): number =>
  Object.values(unsettled).reduce((sum: number, count: number) => sum + count, 0);

/** Demo time passed in each look: first to the end of the holds, then through WeChat's and our own schedules. */
const STEPS_MS = [1, 5, 20].map((minutes) => minutes * 60_000);
const WITHIN_MS = 120_000;
const MOMENT_MS = 1_200;

/** Lets time pass and does nothing else, until all is at rest or two minutes of real time have gone. */
export async function settle(db: Db, sandbox: SandboxClient): Promise<Unsettled> {
  const deadline = Date.now() + WITHIN_MS;
  let look = 0;
  for (;;) {
    await sleep(MOMENT_MS);
    const unsettled = await countUnsettled(db);
    if (unsettledCount(unsettled) === 0 || Date.now() > deadline) return unsettled;
    await sandbox.advance(STEPS_MS[look % STEPS_MS.length] ?? 0);
    look += 1;
  }
}

async function countUnsettled(db: Db): Promise<Unsettled> {
  const bookings = db.collection('bookings');
  const orders = db.collection('orders');
  const promised = { 'effects.0': { $exists: true } };
  const pending = { trailPending: true };
  return {
    holds: await bookings.countDocuments({ place: 'held' }),
    openOrders: await orders.countDocuments({ state: { $in: ['created', 'prepaid'] } }),
    refundsUnderWay: await orders.countDocuments({ 'refunds.state': { $in: ['requested', 'accepted'] } }),
    effects: (await bookings.countDocuments(promised)) + (await orders.countDocuments(promised)),
    trails: (await bookings.countDocuments(pending)) + (await orders.countDocuments(pending)),
  };
}
