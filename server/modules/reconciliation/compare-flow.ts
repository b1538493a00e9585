import { formatYuan } from '../../../shared/domain/money';
import { expectedFee } from './compare-trade';
import type { Difference } from './difference';
import type { FlowRow } from './fund-flow-bill';
import type { TradeRow } from './trade-bill';

/** A movement that a trade row lets us expect. */
export interface ExpectedFlow {
  row: TradeRow;
  type: string;
  fen: number;
}

/** What must have moved for a row, on its day. */
export function expectedFlows(row: TradeRow): ExpectedFlow[] {
  const isPayment = row.kind === 'payment';
  const flows = [
    { row, type: isPayment ? '交易' : '退款', fen: isPayment ? row.settledFen : -row.settledFen },
  ];
  if (row.feeFen === 0) return flows;
  return [...flows, { row, type: isPayment ? '扣除交易手续费' : '退还交易手续费', fen: -row.feeFen }];
}

/** What moves back when WeChat closes a refund, that day or days later. */
function flowsOfClosing(row: TradeRow): ExpectedFlow[] {
  if (row.kind === 'payment') return [];
  return [
    { row, type: '退款关闭', fen: row.settledFen },
    { row, type: '扣除交易手续费', fen: row.feeFen },
  ];
}

/**
 * All movements under one number against the trade row of that number.
 *
 * @returns the differences, and what was expected and did not move
 */
export function compareFlows(
  row: TradeRow,
  flows: readonly FlowRow[],
): { differences: Difference[]; missing: ExpectedFlow[] } {
  const wanted = expectedFlows(row);
  if (areAsWanted(flows, wanted)) return NOTHING;
  const expected = new Map(wanted.map((flow) => [flow.type, flow]));
  const possible = new Map(flowsOfClosing(row).map((flow) => [flow.type, flow]));
  const differences: Difference[] = [];
  // Of two that are alike the later one is the extra one, in whatever order they come.
  for (const flow of [...flows].sort(byTime)) {
    const counterpart = expected.get(flow.type) ?? possible.get(flow.type);
    if (!counterpart) {
      differences.push(unexplainedFlow(flow, row));
      continue;
    }
    if (!expected.delete(flow.type)) possible.delete(flow.type);
    if (counterpart.fen !== flow.fen && !isRightFee(flow, row))
      differences.push(wrongFlow(flow, counterpart));
  }
  return { differences, missing: [...expected.values()] };
}

const NOTHING = { differences: [], missing: [] };

/** Nearly always; what follows is for the few. */
const areAsWanted = (flows: readonly FlowRow[], wanted: readonly ExpectedFlow[]): boolean =>
  flows.length === wanted.length &&
  wanted.every(({ type, fen }, at) => {
    const inPlace = flows[at];
    if (inPlace?.type === type) return inPlace.fen === fen;
    return flows.some((flow) => flow.type === type && flow.fen === fen);
  });

const byTime = (a: FlowRow, b: FlowRow): number =>
  a.at.getTime() - b.at.getTime() || (a.flowNo < b.flowNo ? -1 : 1);

/** When the trade bill's fee is the wrong one, it is told once, of the trade row. */
const isRightFee = (flow: FlowRow, row: TradeRow): boolean => {
  const fee = expectedFee(row);
  return fee !== null && fee !== row.feeFen && flow.type.includes('手续费') && flow.fen === -fee;
};

/** A movement that nothing explains: top-up, withdrawal, or a kind nobody told us of. */
export const unexplainedFlow = (flow: FlowRow, row: TradeRow | null = null): Difference => ({
  ...about(flow, row),
  type: 'unknown_flow',
  oursFen: null,
  explanation: `资金账单有一笔“${flow.type.slice(0, 20)}”${formatYuan(flow.fen)} 元，没有交易可以解释它。`,
});

/** Near midnight the trade it belongs to may stand in the bill of the day beside (存疑). */
export const flowOfAnotherDay = (flow: FlowRow): Difference => ({
  ...about(flow, null),
  type: 'cross_day',
  oursFen: null,
  explanation: `资金账单有一笔“${flow.type.slice(0, 20)}”${formatYuan(flow.fen)} 元在零点前后，可能属于相邻一天的交易；账单到后自动销账。`,
});

/** The trade bill has it and the money did not move. */
export const missingFlow = (expected: ExpectedFlow): Difference => ({
  ...aboutMissing(expected),
  type: 'missing_flow',
  explanation: `资金账单里没有这笔的“${expected.type}”${formatYuan(expected.fen)} 元。`,
});

/** Near midnight the money may have moved on the day beside (存疑). */
export const flowYetToCome = (expected: ExpectedFlow): Difference => ({
  ...aboutMissing(expected),
  type: 'cross_day',
  explanation: `这笔的“${expected.type}”在零点前后，可能在相邻一天的资金账单里；账单到后自动销账。`,
});

const wrongFlow = (flow: FlowRow, expected: ExpectedFlow): Difference => ({
  ...about(flow, expected.row),
  type: flow.type.includes('手续费') ? 'fee' : 'amount',
  oursFen: expected.fen,
  explanation: `资金账单的“${flow.type}”是 ${formatYuan(flow.fen)} 元，按交易账单应为 ${formatYuan(expected.fen)} 元。`,
});

const about = (flow: FlowRow, row: TradeRow | null) => ({
  key: `flow:${flow.flowNo}`,
  orderNo: row?.orderNo ?? null,
  refundNo: row?.refundNo ?? null,
  bookingId: null,
  wechatNo: flow.wechatNo,
  theirsFen: flow.fen,
});

const aboutMissing = ({ row, type, fen }: ExpectedFlow) => ({
  key: `unmoved:${row.wechatNo}:${type}`,
  orderNo: row.orderNo,
  refundNo: row.refundNo,
  bookingId: null,
  wechatNo: row.wechatNo,
  oursFen: fen,
  theirsFen: null,
});
