import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findBooking } from '../bookings/find-booking';
import { endAsNoShow } from '../bookings/no-show';
import { findOrder } from '../payments/find-order';
import { type RefundLine, RefundLines } from './line-model';
import { type RefundBatch, RefundBatches } from './model';

/** Lines in one run of the effect; its lease is renewed in between. */
const LINES_A_RUN = 100;
const CONCURRENCY = 8;
const MOMENT_MS = 1;
const POLL_MS = 30_000;

/**
 * Effect `run-batch` of an approved batch: ends places and sends refunds, line by line. A line is done by
 * compare-and-sets that are harmless when repeated, so a crash at any point only means that the rest is done later.
 */
export async function runBatch(world: World, batchId: string): Promise<EffectOutcome> {
  const batch = await RefundBatches.findById(batchId).lean<RefundBatch>();
  if (batch?.state !== 'approved') return 'done';
  const waiting = await RefundLines.find({ batchId, state: 'waiting' })
    .sort({ _id: 1 })
    .limit(LINES_A_RUN)
    .lean<RefundLine[]>();
  if (waiting.length > 0) {
    await inParallel(waiting, (item) => refundLine(world, batchId, item));
    return { againAt: new Date(world.clock.now().getTime() + MOMENT_MS) };
  }
  const unfinished = await settleLines(batchId);
  if (unfinished > 0) return { againAt: new Date(world.clock.now().getTime() + POLL_MS) };
  await changeRecord(
    RefundBatches,
    { _id: batchId, state: 'approved' },
    { $set: { state: 'done' } },
    line(world, SYSTEM, 'refund-batch.done'),
  );
  return 'done';
}

async function refundLine(world: World, batchId: string, item: RefundLine): Promise<void> {
  const booking = await findBooking(item.bookingId);
  if (!booking) return setState(item, 'skipped', '预约不存在');
  if (await endAsNoShow(world, SYSTEM, booking, batchId)) return setState(item, 'cancelled', null);
  const now = await findBooking(item.bookingId);
  if (now?.place === 'no_show') return setState(item, 'cancelled', null);
  return setState(item, 'skipped', now?.attendance === 'shot' ? '已拍摄' : '预约已不在待退状态');
}

/** Takes over from the orders which refunds have arrived. @returns how many have not */
async function settleLines(batchId: string): Promise<number> {
  const cancelled = await RefundLines.find({ batchId, state: 'cancelled' }).lean<RefundLine[]>();
  let unfinished = 0;
  await inParallel(cancelled, async (item) => {
    const order = await findOrder(item.orderNo);
    const refund = order?.refunds.find(({ cause }) => cause === 'booking:not_collected');
    if (refund?.state === 'succeeded') return setState(item, 'refunded', null);
    if (refund?.state === 'abnormal' || refund?.state === 'closed')
      return setState(item, 'failed', refund.trouble);
    unfinished += 1;
  });
  return unfinished;
}

async function setState(item: RefundLine, state: RefundLine['state'], note: string | null): Promise<void> {
  await RefundLines.updateOne({ _id: item._id, state: item.state }, { $set: { state, note } });
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
