import type { DIFFERENCE_TYPES } from '../../../shared/contract/reconciliation';
import { readRows } from './bill-store';
import type { BucketSpan } from './buckets';
import { BUCKETS } from './buckets';
import { tradeCodec } from './codecs';
import { expectedFee } from './compare-trade';
import { type DifferenceRecord, type DifferenceState, Differences, UNSETTLED } from './difference-model';
import { type BillDay, BillDays } from './model';

/** Days of a merchant, both included, "2022-11-19". */
export interface DaySpan {
  from: string;
  to: string;
}

/** The days of a span that were ever looked at, in their order. */
export const billDaysIn = (merchantId: string, { from, to }: DaySpan): Promise<BillDay[]> =>
  BillDays.find({ merchantId, day: { $gte: from, $lte: to } })
    .sort({ day: 1 })
    .lean<BillDay[]>();

/** A page of the differences of a span, the oldest first. @param after id of the last one seen */
export const differencePage = (
  merchantId: string,
  { from, to }: DaySpan,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<DifferenceRecord[]> =>
  // Ids begin with the day's: their order is that of the days.
  Differences.find({
    merchantId,
    day: { $gte: from, $lte: to },
    ...(after === undefined ? {} : { _id: { $gt: after } }),
  })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<DifferenceRecord[]>();

export interface TypeCount {
  type: (typeof DIFFERENCE_TYPES)[number];
  all: number;
  unsettled: number;
  unsettledFen: number;
}

/** How many of each type there are and were. */
export async function differenceTypes(merchantId: string, { from, to }: DaySpan): Promise<TypeCount[]> {
  const byType = new Map<TypeCount['type'], TypeCount>();
  const found = Differences.find(
    { merchantId, day: { $gte: from, $lte: to } },
    { type: 1, status: 1, oursFen: 1, theirsFen: 1 },
  );
  for await (const { type, status, oursFen, theirsFen } of found.lean<DifferenceRecord[]>().cursor()) {
    const count = byType.get(type) ?? { type, all: 0, unsettled: 0, unsettledFen: 0 };
    byType.set(type, count);
    count.all += 1;
    if (!isUnsettled(status)) continue;
    count.unsettled += 1;
    if (status !== 'carried') count.unsettledFen += Math.abs((theirsFen ?? 0) - (oursFen ?? 0));
  }
  return [...byType.values()];
}

const isUnsettled = (status: DifferenceState): boolean => UNSETTLED.includes(status);

export interface DayFees {
  payments: number;
  settledFen: number;
  chargedFen: number;
  refunds: number;
  settledRefundFen: number;
  returnedFen: number;
  expectedFen: number;
  rates: Set<string>;
}

const EVERYTHING: BucketSpan = { from: 0, to: BUCKETS };

/** The fees of a day's bill, row by row, as a stream: what it charged, gave back, and should have by its own rates. */
export async function feesOfDay({ importId }: Pick<BillDay, 'importId'>): Promise<DayFees> {
  const fees: DayFees = {
    payments: 0,
    settledFen: 0,
    chargedFen: 0,
    refunds: 0,
    settledRefundFen: 0,
    returnedFen: 0,
    expectedFen: 0,
    rates: new Set(),
  };
  if (importId === null) return fees;
  for await (const rows of readRows([importId], 'trade', EVERYTHING, tradeCodec)) {
    for (const row of rows) {
      fees.expectedFen += expectedFee(row) ?? 0;
      fees.rates.add(row.rate);
      if (row.kind === 'payment') {
        fees.payments += 1;
        fees.settledFen += row.settledFen;
        fees.chargedFen += row.feeFen;
      } else {
        fees.refunds += 1;
        fees.settledRefundFen += row.settledFen;
        fees.returnedFen -= row.feeFen;
      }
    }
  }
  return fees;
}
