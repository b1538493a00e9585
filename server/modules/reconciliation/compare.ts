import { formatYuan } from '../../../shared/domain/money';
import { addDays, addMinutes, atShanghai } from '../../../shared/domain/time';
import type { LocalMovement } from '../payments/money-of-day';
import type { FlowRow } from './fund-flow-bill';
import type { TradeRow } from './trade-bill';

export type DifferenceType =
  | 'surplus'
  | 'shortage'
  | 'amount'
  | 'status'
  | 'fee'
  | 'duplicate_payment'
  | 'cross_day'
  | 'footer'
  | 'unknown_flow';

/** Something that does not agree, told so that a person can act on it. */
export interface Difference {
  type: DifferenceType;
  /** What it is about: the same difference found again has the same key. */
  key: string;
  orderNo: string | null;
  refundNo: string | null;
  wechatNo: string | null;
  oursFen: number | null;
  theirsFen: number | null;
  explanation: string;
}

/** Clocks and queues differ by minutes: what lies this near to midnight may stand in the neighbour's bill. */
const NEAR_MIDNIGHT_MINUTES = 10;

/** A row of the trade bill against our record of it. @returns null when they agree */
export function compareTrade(row: TradeRow, ours: LocalMovement | undefined): Difference | null {
  const about = {
    key: `${row.kind}:${row.wechatNo}`,
    orderNo: row.orderNo,
    refundNo: row.refundNo,
    wechatNo: row.wechatNo,
    theirsFen: row.fen,
  };
  const what = row.kind === 'payment' ? '这笔付款' : '这笔退款';
  if (!ours) {
    return {
      ...about,
      type: 'surplus',
      oursFen: null,
      explanation: `微信有${what}（${formatYuan(row.fen)} 元），本系统没有。`,
    };
  }
  if (ours.fen !== row.fen) {
    return {
      ...about,
      type: 'amount',
      oursFen: ours.fen,
      explanation: `${what}金额不符：微信 ${formatYuan(row.fen)} 元，本系统 ${formatYuan(ours.fen)} 元。`,
    };
  }
  if (ours.wechatNo !== row.wechatNo) {
    return {
      ...about,
      type: row.kind === 'payment' ? 'duplicate_payment' : 'status',
      oursFen: ours.fen,
      explanation: `同一单号在微信有另一笔${row.kind === 'payment' ? '付款' : '退款'}。`,
    };
  }
  const feeFen = expectedFee(row);
  if (feeFen !== null && feeFen !== row.feeFen) {
    return {
      ...about,
      type: 'fee',
      oursFen: feeFen,
      theirsFen: row.feeFen,
      explanation: `手续费不符：按 ${row.rate} 应为 ${formatYuan(feeFen)} 元，账单为 ${formatYuan(row.feeFen)} 元。`,
    };
  }
  return null;
}

/** Half-up per row to the fen; negative on refunds. null when the rate cannot be read. */
function expectedFee({ kind, fen, rate }: TradeRow): number | null {
  const match = /^(\d+)\.(\d\d)%$/.exec(rate);
  if (!match) return null;
  const basisPoints = Number(match[1]) * 100 + Number(match[2]);
  const fee = Math.floor((fen * basisPoints + 5_000) / 10_000);
  return kind === 'payment' || fee === 0 ? fee : -fee;
}

/** A payment or refund of ours of that day which the trade bill does not have. */
export function missingInBill(ours: LocalMovement, day: string): Difference {
  const about = {
    key: `${ours.kind}:${ours.wechatNo ?? ours.refundNo ?? ours.orderNo}`,
    orderNo: ours.orderNo,
    refundNo: ours.refundNo,
    wechatNo: ours.wechatNo,
    oursFen: ours.fen,
    theirsFen: null,
  };
  const what = ours.kind === 'payment' ? '这笔付款' : '这笔退款';
  if (isNearMidnight(ours.at, day)) {
    return {
      ...about,
      type: 'cross_day',
      explanation: `${what}在零点前后，可能在相邻一天的账单里；账单到后自动销账。`,
    };
  }
  return {
    ...about,
    type: 'shortage',
    explanation: `本系统有${what}（${formatYuan(ours.fen)} 元），微信账单里没有。`,
  };
}

function isNearMidnight(at: Date, day: string): boolean {
  const begins = atShanghai(day);
  const ends = atShanghai(addDays(day, 1));
  return at < addMinutes(begins, NEAR_MIDNIGHT_MINUTES) || at >= addMinutes(ends, -NEAR_MIDNIGHT_MINUTES);
}

/** What each kind of flow must be worth, from the trade row it belongs to. */
const FLOW_FEN: Readonly<Record<string, (row: Pick<TradeRow, 'kind' | 'fen' | 'feeFen'>) => number>> = {
  交易: ({ fen }) => fen,
  扣除交易手续费: ({ feeFen }) => -feeFen,
  退款: ({ fen }) => -fen,
  退还交易手续费: ({ feeFen }) => -feeFen,
};

/** A flow of money against the trade row with the same number. @returns null when they agree */
export function compareFlow(
  flow: FlowRow,
  trade: Pick<TradeRow, 'kind' | 'fen' | 'feeFen' | 'orderNo' | 'refundNo'> | undefined,
): Difference | null {
  const about = { key: `flow:${flow.flowNo}`, wechatNo: flow.wechatNo, theirsFen: flow.fen };
  const expected = FLOW_FEN[flow.type];
  if (!expected || !trade) {
    const why = expected ? '交易账单里没有对应的一笔' : '不属于交易、手续费或退款';
    return {
      ...about,
      type: 'unknown_flow',
      orderNo: null,
      refundNo: null,
      oursFen: null,
      explanation: `资金账单有一笔“${flow.type}”${formatYuan(flow.fen)} 元，${why}。`,
    };
  }
  const fen = expected(trade);
  if (fen === flow.fen) return null;
  return {
    ...about,
    type: flow.type.includes('手续费') ? 'fee' : 'amount',
    orderNo: trade.orderNo,
    refundNo: trade.refundNo,
    oursFen: fen,
    explanation: `资金账单的“${flow.type}”是 ${formatYuan(flow.fen)} 元，按交易账单应为 ${formatYuan(fen)} 元。`,
  };
}
