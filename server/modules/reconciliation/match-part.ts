import { formatYuan } from '../../../shared/domain/money';
import { addDays, addMinutes, atShanghai, shanghaiDay } from '../../../shared/domain/time';
import type { LocalMovement } from '../payments/money-of-day';
import {
  compareFlows,
  type ExpectedFlow,
  flowOfAnotherDay,
  flowYetToCome,
  missingFlow,
  unexplainedFlow,
} from './compare-flow';
import {
  anotherUnderOurNumber,
  bookedOnAnotherDay,
  checkFee,
  compareTrade,
  paidAgain,
  repeatedRow,
  unknownRow,
} from './compare-trade';
import type { Difference } from './difference';
import type { FlowRow } from './fund-flow-bill';
import type { TradeRow } from './trade-bill';

/** The part of a day whose WeChat numbers fall together: all that is known of a number is in one part. */
export interface DayPart {
  trade: readonly TradeRow[];
  flows: readonly FlowRow[];
  ours: readonly LocalMovement[];
}

/** Where to look for what the day itself does not have. */
export interface Elsewhere {
  /** Payments and refunds of ours under these order numbers, whenever they were. */
  ours(orderNos: readonly string[]): Promise<LocalMovement[]>;
  /** Those of these bookings that a payment of ours has paid. */
  paidBookings(bookingIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Trade rows with these WeChat numbers in the bills of other days. */
  trade(wechatNos: readonly string[]): Promise<TradeRow[]>;
  /** Movements with these WeChat numbers in the bills of the days beside. */
  flows(wechatNos: readonly string[]): Promise<FlowRow[]>;
  /** Whether the bills of another day are in. */
  isImported(day: string): boolean;
}

/** Clocks and queues differ by minutes: what lies this near to midnight may stand in the bill of the day beside. */
const NEAR_MIDNIGHT_MINUTES = 10;

/**
 * The two-way match: every bill row against ours, every payment and refund of ours against the bill, the trade bill
 * against the fund flow. Knows no database, so that any history can be tried on it.
 *
 * @param day Asia/Shanghai
 */
export async function matchPart(day: string, part: DayPart, elsewhere: Elsewhere): Promise<Difference[]> {
  const { rows, pairs, repeated, lonelyRows, lonelyOurs } = pairUp(part);
  const nextDay = addDays(day, 1);
  return [
    ...pairs.flatMap(([row, ours]) => compareTrade(row, ours, nextDay)),
    ...repeated.map(repeatedRow),
    ...(await explainRows(day, lonelyRows, elsewhere)),
    ...(await explainOurs(day, lonelyOurs, elsewhere)),
    ...part.trade.flatMap(checkFee),
    ...(await explainFlows(day, rows, part.flows, elsewhere)),
  ];
}

/** By number and WeChat's number at once: who is alone after that is looked into. */
function pairUp({ trade, ours }: DayPart) {
  const byNumbers = new Map(ours.map((movement) => [numbersOf(movement), movement]));
  const rows: TradeRow[] = [];
  const pairs: [TradeRow, LocalMovement][] = [];
  const repeated: TradeRow[] = [];
  const lonelyRows: TradeRow[] = [];
  const seen = { payment: new Set<string>(), refund: new Set<string>() };
  for (const row of trade) {
    const seenOfKind = seen[row.kind];
    if (seenOfKind.has(row.wechatNo)) {
      repeated.push(row);
      continue;
    }
    seenOfKind.add(row.wechatNo);
    rows.push(row);
    const numbers = numbersOf(row);
    const movement = byNumbers.get(numbers);
    if (movement) pairs.push([row, movement]);
    else lonelyRows.push(row);
    byNumbers.delete(numbers);
  }
  return { rows, pairs, repeated, lonelyRows, lonelyOurs: [...byNumbers.values()] };
}

const numberOf = ({ orderNo, refundNo }: { orderNo: string; refundNo: string | null }) =>
  `${orderNo} ${refundNo ?? ''}`;

const numbersOf = (one: { orderNo: string; refundNo: string | null; wechatNo: string | null }) =>
  `${numberOf(one)} ${one.wechatNo ?? ''}`;

async function explainRows(
  day: string,
  rows: readonly TradeRow[],
  elsewhere: Elsewhere,
): Promise<Difference[]> {
  if (rows.length === 0) return [];
  const known = await elsewhere.ours([...new Set(rows.map(({ orderNo }) => orderNo))]);
  const byNumber = new Map(known.map((movement) => [numberOf(movement), movement]));
  const paid = await elsewhere.paidBookings([...new Set(rows.flatMap(({ bookingId }) => bookingId ?? []))]);
  const isPaidAgain = ({ kind, bookingId }: TradeRow) =>
    kind === 'payment' && bookingId !== null && paid.has(bookingId);
  return rows.flatMap((row) => {
    const ours = byNumber.get(numberOf(row));
    if (!ours) return [isPaidAgain(row) ? paidAgain(row) : unknownRow(row)];
    if (ours.wechatNo !== null && ours.wechatNo !== row.wechatNo) return [anotherUnderOurNumber(row, ours)];
    const found = compareTrade(row, ours, addDays(day, 1));
    if (ours.at === null) return found;
    const otherDay = shanghaiDay(ours.at);
    if (otherDay === day || elsewhere.isImported(otherDay)) return found;
    return [...found, bookedOnAnotherDay(row, ours, otherDay)];
  });
}

async function explainOurs(
  day: string,
  ours: readonly LocalMovement[],
  elsewhere: Elsewhere,
): Promise<Difference[]> {
  if (ours.length === 0) return [];
  const numbers = ours.flatMap(({ wechatNo }) => (wechatNo === null ? [] : [wechatNo]));
  const there = new Set((await elsewhere.trade(numbers)).map(numbersOf));
  return ours
    .filter((movement) => !there.has(numbersOf(movement)))
    .map((movement) => missingInBill(movement, mayStandBeside(day, movement.at, elsewhere)));
}

/** Ours only (短款), or perhaps of the day beside. */
function missingInBill(ours: LocalMovement, mayComeYet: boolean): Difference {
  const { orderNo, refundNo, wechatNo, fen } = ours;
  const thing = ours.kind === 'payment' ? '这笔付款' : '这笔退款';
  return {
    type: mayComeYet ? 'cross_day' : 'shortage',
    key: `ours:${refundNo ?? orderNo}`,
    orderNo,
    refundNo,
    bookingId: null,
    wechatNo,
    oursFen: fen,
    theirsFen: null,
    explanation: mayComeYet
      ? `${thing}在零点前后，可能在相邻一天的账单里；账单到后自动销账。`
      : `我方有${thing}（${formatYuan(fen)} 元），微信账单里没有。`,
  };
}

/** @param rows of the trade bill, each once */
async function explainFlows(
  day: string,
  rows: readonly TradeRow[],
  flows: readonly FlowRow[],
  elsewhere: Elsewhere,
): Promise<Difference[]> {
  const byNumber = new Map<string, FlowRow[]>();
  for (const flow of flows) {
    const known = byNumber.get(flow.wechatNo);
    if (known) known.push(flow);
    else byNumber.set(flow.wechatNo, [flow]);
  }
  const differences: Difference[] = [];
  const missing: ExpectedFlow[] = [];
  for (const row of rows) {
    const compared = compareFlows(row, byNumber.get(row.wechatNo) ?? []);
    differences.push(...compared.differences);
    missing.push(...compared.missing);
    byNumber.delete(row.wechatNo);
  }
  return [
    ...differences,
    ...(await explainMissing(day, missing, elsewhere)),
    ...(await explainLonelyFlows(day, byNumber, elsewhere)),
  ];
}

async function explainMissing(
  day: string,
  missing: readonly ExpectedFlow[],
  elsewhere: Elsewhere,
): Promise<Difference[]> {
  if (missing.length === 0) return [];
  const flows = await elsewhere.flows([...new Set(missing.map(({ row }) => row.wechatNo))]);
  const moved = new Set(flows.map(({ wechatNo, type }) => `${wechatNo} ${type}`));
  return missing
    .filter(({ row, type }) => !moved.has(`${row.wechatNo} ${type}`))
    .map((expected) =>
      mayStandBeside(day, expected.row.at, elsewhere) ? flowYetToCome(expected) : missingFlow(expected),
    );
}

/** Movements without a trade row that day: of the day beside, of a refund closed days later, or unknown. */
async function explainLonelyFlows(
  day: string,
  byNumber: ReadonlyMap<string, readonly FlowRow[]>,
  elsewhere: Elsewhere,
): Promise<Difference[]> {
  if (byNumber.size === 0) return [];
  const rows = await elsewhere.trade([...byNumber.keys()]);
  const rowOf = new Map(rows.map((row) => [row.wechatNo, row]));
  return [...byNumber].flatMap(([wechatNo, flows]) => {
    const row = rowOf.get(wechatNo);
    if (row) return compareFlows(row, flows).differences;
    return flows.map((flow) =>
      mayStandBeside(day, flow.at, elsewhere) ? flowOfAnotherDay(flow) : unexplainedFlow(flow),
    );
  });
}

/** Whether it lies so near to midnight that the day beside may have it, whose bills are not in yet. */
function mayStandBeside(day: string, at: Date | null, elsewhere: Elsewhere): boolean {
  if (at === null) return false;
  if (at < addMinutes(atShanghai(day), NEAR_MIDNIGHT_MINUTES)) return !elsewhere.isImported(addDays(day, -1));
  const next = addDays(day, 1);
  return at >= addMinutes(atShanghai(next), -NEAR_MIDNIGHT_MINUTES) && !elsewhere.isImported(next);
}
