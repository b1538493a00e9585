import { troubleWords } from '../../../shared/domain/settlement-words';
import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { inParallel } from '../../platform/in-parallel';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { endAsNoShow } from '../bookings/no-show';
import { findOrder } from '../payments/find-order';
import { type RefundLine, RefundLines } from './line-model';
import { type RefundBatch, RefundBatches } from './model';
import { batchRefund, settleLines } from './settle-lines';

const PIECE = 50;
/** WeChat takes its time: so many lines wait for it at once. The pace is kept by the gateway. */
const CONCURRENCY = 24;
/**
 * Shorter than the effect's lease, so that hardly ever two run one batch: a jump of the clock or a slow WeChat can still
 * end the lease first. That costs looks, not money: one of them ends the place, and a refund has one number.
 */
const RUN_MS = 10_000;
/** How soon to look again whether refunds have arrived: a few at once, thousands with time between. */
const pollMs = (onTheirWay: number): number => Math.min(30_000, 1_000 + 10 * onTheirWay);
const LATE_RESULTS_MS = 3_600_000;
/** So many failures in a row are no chance. */
const MOST_FAILURES = 5;

/**
 * Effect `run-batch` of an approved batch: ends places and sends refunds, line by line. A line is done by
 * compare-and-sets that are harmless when repeated, so a crash at any point only means that the rest is done later.
 * It stops by itself when the account is empty or WeChat keeps refusing, and says why.
 */
export async function runBatch(world: World, batchId: string): Promise<EffectOutcome> {
  const until = performance.now() + RUN_MS;
  const failures: Failures = { inARow: 0, stopBecause: null };
  const isOver = () => failures.stopBecause !== null || performance.now() >= until;
  await inParallel(waitingLines(batchId, isOver), CONCURRENCY, (item) => refundLine(world, item, failures));
  if (failures.stopBecause) return stop(world, batchId, failures.stopBecause);
  const batch = await RefundBatches.findById(batchId, { state: 1 }).lean<Pick<RefundBatch, 'state'>>();
  if (batch?.state !== 'approved') return 'done';
  const isMore = await RefundLines.exists({ batchId, state: 'waiting' });
  return isMore ? 'more' : finish(world, batchId);
}

/** Line after line, for as long as the batch stays approved: whoever pauses it sees it stand after a piece. */
async function* waitingLines(batchId: string, isOver: () => boolean): AsyncGenerator<RefundLine> {
  let last = '';
  for (;;) {
    const batch = await RefundBatches.findById(batchId, { state: 1 }).lean<Pick<RefundBatch, 'state'>>();
    if (batch?.state !== 'approved') return;
    const piece = await RefundLines.find({ batchId, state: 'waiting', _id: { $gt: last } })
      .sort({ _id: 1 })
      .limit(PIECE)
      .lean<RefundLine[]>();
    for (const item of piece) {
      if (isOver()) return;
      yield item;
      last = item._id;
    }
    if (piece.length < PIECE) return;
  }
}

/** Effect `late-results` of a batch that is done but for refunds that somebody must help along. */
export async function followLateResults(world: World, batchId: string): Promise<EffectOutcome> {
  const { failed } = await settleLines(batchId);
  return failed === 0 ? 'done' : { againAt: later(world, LATE_RESULTS_MS) };
}

interface Failures {
  inARow: number;
  /** In words for finance; once set, the lines that are left stay as they are. */
  stopBecause: string | null;
}

async function refundLine(world: World, item: RefundLine, failures: Failures): Promise<void> {
  const booking = await findBooking(item.bookingId);
  if (!booking) return setState(item, 'skipped', '预约不存在');
  const ended =
    (await endAsNoShow(world, SYSTEM, booking, item.batchId)) ?? (await findBooking(item.bookingId));
  if (ended?.place !== 'no_show') return setState(item, 'skipped', whySkipped(ended));
  await setState(item, 'cancelled', null);
  await watchForTrouble(item, failures);
}

function whySkipped(booking: Booking | null): string {
  if (booking?.attendance === 'shot') return '已拍摄';
  return booking?.place === 'booked' && booking.makeUpDay ? '已改约补拍' : '预约已不在待退状态';
}

/** The refund goes on being tried by its own effect, whatever becomes of the batch. */
async function watchForTrouble(item: RefundLine, failures: Failures): Promise<void> {
  const refund = batchRefund(await findOrder(item.orderNo));
  const isRefused = refund?.state === 'requested' && refund.trouble !== null;
  failures.inARow = isRefused ? failures.inARow + 1 : 0;
  if (!isRefused) return;
  if (refund.trouble === 'NOT_ENOUGH') failures.stopBecause = '商户可用余额不足，请充值后继续';
  else if (failures.inARow >= MOST_FAILURES)
    failures.stopBecause ??= `连续 ${failures.inARow} 笔退款没有被微信受理（${troubleWords(refund.trouble)}），请查明后继续`;
}

async function stop(world: World, batchId: string, because: string): Promise<EffectOutcome> {
  await changeRecord(
    RefundBatches,
    { _id: batchId, state: 'approved' },
    { $set: { state: 'stopped', stoppedBecause: because } },
    line(world, SYSTEM, 'refund-batch.stop', { because }),
  );
  world.log.error({ batch: batchId, because }, 'refund batch stopped');
  return 'done';
}

/** Every line has been sent: done once every refund has arrived, or waits for a person. */
async function finish(world: World, batchId: string): Promise<EffectOutcome> {
  const { onTheirWay, failed } = await settleLines(batchId);
  if (onTheirWay > 0) return { againAt: later(world, pollMs(onTheirWay)) };
  const late = world.effects.scheduled('late-results', 'late-results', later(world, LATE_RESULTS_MS));
  await changeRecord(
    RefundBatches,
    { _id: batchId, state: 'approved' },
    { $set: { state: 'done' } },
    line(world, SYSTEM, 'refund-batch.done', { failed }),
    failed > 0 ? [late] : [],
  );
  return 'done';
}

const later = (world: World, ms: number) => new Date(world.clock.now().getTime() + ms);

const setState = async (item: RefundLine, state: RefundLine['state'], note: string | null): Promise<void> => {
  await RefundLines.updateOne({ _id: item._id, state: item.state }, { $set: { state, note } });
};
