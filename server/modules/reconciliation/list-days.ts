import { BILL_KINDS, type BillDayView } from '../../../shared/contract/reconciliation';
import { addDays, daysBetween, shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { World } from '../../world';
import type { Merchant } from '../campaigns/merchant-model';
import { daysWithMoney } from '../payments/money-of-day';
import { type DifferenceRecord, Differences, UNSETTLED } from './difference-model';
import { billsAreMade } from './fetch-bills';
import { isBusy } from './hold-day';
import { type BillDay, BillDays } from './model';

const LONGEST_SPAN_DAYS = 400;

/** Every day of a span, also those whose bill was not fetched yet. Days to come are left out. */
export async function listDays(
  world: World,
  reader: { userId: string },
  { _id: merchantId, mchid }: Pick<Merchant, '_id' | 'mchid'>,
  { from, to }: { from: string; to: string },
): Promise<BillDayView[]> {
  const now = world.clock.now();
  const today = shanghaiDay(now);
  const last = to < today ? to : today;
  const span = daysBetween(from, last);
  if (span > LONGEST_SPAN_DAYS) throw new AppError('BAD_REQUEST', { fields: { from: '一次最多查 400 天' } });
  const known = await BillDays.find({ merchantId, day: { $gte: from, $lte: last } }).lean<BillDay[]>();
  const byDay = new Map(known.map((record) => [record.day, record]));
  const open = await openAmounts(merchantId, from, last);
  const days = Array.from({ length: Math.max(0, span + 1) }, (_, index) => addDays(from, index));
  const made = days.filter((day) => !byDay.has(day) && billsAreMade(day, now));
  const moved = await daysWithMoney(mchid, made);
  const billsOf = (day: string) => {
    if (!billsAreMade(day, now)) return 'not_yet';
    return moved.has(day) ? 'due' : 'idle';
  };
  return days.map((day) => {
    const record = byDay.get(day);
    return record ? viewOf(reader, now, record, open.get(day)) : emptyDay(merchantId, day, billsOf(day));
  });
}

export async function presentDay(
  world: World,
  reader: { userId: string },
  record: BillDay,
): Promise<BillDayView> {
  const open = await openAmounts(record.merchantId, record.day, record.day);
  return viewOf(reader, world.clock.now(), record, open.get(record.day));
}

interface OpenAmount {
  unexplainedFen: number;
  inDoubt: { count: number; fen: number };
  carried: number;
}

const nothingOpen = (): OpenAmount => ({ unexplainedFen: 0, inDoubt: { count: 0, fen: 0 }, carried: 0 });

/** By day: how far both sides are apart without anybody having said why. */
async function openAmounts(merchantId: string, from: string, to: string): Promise<Map<string, OpenAmount>> {
  const open = await Differences.find(
    { merchantId, day: { $gte: from, $lte: to }, status: { $in: UNSETTLED } },
    { day: 1, type: 1, status: 1, oursFen: 1, theirsFen: 1 },
  ).lean<Pick<DifferenceRecord, 'day' | 'type' | 'status' | 'oursFen' | 'theirsFen'>[]>();
  const byDay = new Map<string, OpenAmount>();
  for (const { day, type, status, oursFen, theirsFen } of open) {
    const sum = byDay.get(day) ?? nothingOpen();
    byDay.set(day, sum);
    if (status === 'carried') sum.carried += 1;
    if (type === 'cross_day') {
      sum.inDoubt.count += 1;
      sum.inDoubt.fen += Math.abs(theirsFen ?? oursFen ?? 0);
    } else sum.unexplainedFen += Math.abs((theirsFen ?? 0) - (oursFen ?? 0));
  }
  return byDay;
}

const viewOf = (
  reader: { userId: string },
  now: Date,
  record: BillDay,
  { unexplainedFen, inDoubt, carried }: OpenAmount = nothingOpen(),
): BillDayView => ({
  merchantId: record.merchantId,
  day: record.day,
  state: record.signOff?.kind === 'close' ? 'to_review' : record.state,
  bills: record.importId === null ? 'due' : 'in',
  busy: isBusy(record, now),
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
  uploads: BILL_KINDS.flatMap((kind) => {
    const bill = record.uploads?.[kind];
    return bill ? [{ kind, name: bill.name, by: bill.by.name, at: bill.at.toISOString() }] : [];
  }),
  trouble: record.trouble,
  unexplainedFen,
  inDoubt,
  carried,
  signOff: record.signOff
    ? {
        kind: record.signOff.kind,
        by: record.signOff.by.name,
        mine: record.signOff.by.userId === reader.userId,
        at: record.signOff.at.toISOString(),
        note: record.signOff.note,
      }
    : null,
  closed: record.closed
    ? {
        by: record.closed.by.name,
        approvedBy: record.closed.approvedBy.name,
        at: record.closed.at.toISOString(),
      }
    : null,
  version: record.version,
});

const emptyDay = (merchantId: string, day: string, bills: BillDayView['bills']): BillDayView => ({
  merchantId,
  day,
  state: 'waiting',
  bills,
  busy: false,
  rows: 0,
  differences: 0,
  ours: { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 },
  theirs: null,
  moved: null,
  importedAt: null,
  uploads: [],
  trouble: null,
  ...nothingOpen(),
  signOff: null,
  closed: null,
  version: 0,
});
