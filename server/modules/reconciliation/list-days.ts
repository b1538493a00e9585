import type { BillDayView, DifferenceView } from '../../../shared/contract/reconciliation';
import { addDays, daysBetween, shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { World } from '../../world';
import { type DifferenceRecord, Differences } from './difference-model';
import { type BillDay, BillDays } from './model';

const LONGEST_SPAN_DAYS = 400;

/** Every day of a span, also those whose bill was not fetched yet. Days to come are left out. */
export async function listDays(
  world: World,
  merchantId: string,
  { from, to }: { from: string; to: string },
): Promise<BillDayView[]> {
  const today = shanghaiDay(world.clock.now());
  const last = to < today ? to : today;
  const span = daysBetween(from, last);
  if (span > LONGEST_SPAN_DAYS) throw new AppError('BAD_REQUEST', { fields: { from: '一次最多查 400 天' } });
  const known = await BillDays.find({ merchantId, day: { $gte: from, $lte: last } }).lean<BillDay[]>();
  const byDay = new Map(known.map((record) => [record.day, record]));
  return Array.from({ length: Math.max(0, span + 1) }, (_, index) => {
    const day = addDays(from, index);
    const record = byDay.get(day);
    return record ? presentDay(record) : emptyDay(merchantId, day);
  });
}

export async function listDifferences(merchantId: string, day: string): Promise<DifferenceView[]> {
  const found = await Differences.find({ merchantId, day })
    .sort({ _id: 1 })
    .limit(5_000)
    .lean<DifferenceRecord[]>();
  return found.map(({ _id, type, status, orderNo, refundNo, wechatNo, oursFen, theirsFen, explanation }) => ({
    id: _id,
    day,
    type,
    status,
    orderNo,
    refundNo,
    transactionId: wechatNo,
    oursFen,
    theirsFen,
    explanation,
  }));
}

export const presentDay = (record: BillDay): BillDayView => ({
  merchantId: record.merchantId,
  day: record.day,
  state: record.state,
  rows: record.theirs?.rows ?? 0,
  differences: record.differences,
  ours: record.ours,
  theirs: record.theirs && {
    payments: record.theirs.payments,
    paidFen: record.theirs.paidFen,
    refunds: record.theirs.refunds,
    refundedFen: record.theirs.refundedFen,
    feeFen: record.theirs.feeFen,
  },
  moved: record.moved && {
    rows: record.moved.rows,
    inFen: record.moved.inFen,
    outFen: record.moved.outFen,
  },
  importedAt: record.importedAt?.toISOString() ?? null,
  trouble: record.trouble,
});

const emptyDay = (merchantId: string, day: string): BillDayView => ({
  merchantId,
  day,
  state: 'waiting',
  rows: 0,
  differences: 0,
  ours: { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 },
  theirs: null,
  moved: null,
  importedAt: null,
  trouble: null,
});
