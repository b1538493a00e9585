import { formatYuan } from '../../../shared/domain/money';
import { atShanghai } from '../../../shared/domain/time';
import type { LocalMovement, LocalPayment, LocalRefund } from '../payments/money-of-day';
import type { Difference } from './difference';
import type { TradeRow } from './trade-bill';

/** A row of the trade bill against our record with the same numbers. @param nextDay the day after the bill's */
export function compareTrade(row: TradeRow, ours: LocalMovement, nextDay: string): Difference[] {
  const difference = ours.kind === 'payment' ? comparePayment(row, ours) : compareRefund(row, ours, nextDay);
  return difference ? [difference] : [];
}

/** A row of which we have no record at all (长款). */
export const unknownRow = (row: TradeRow): Difference => ({
  ...about(row),
  type: 'surplus',
  oursFen: null,
  explanation: `微信有${thing(row)}（${formatYuan(row.fen)} 元），我方没有。`,
});

/** A payment of which we have no record, for a booking that another payment of ours has paid already (重复支付). */
export const paidAgain = (row: TradeRow): Difference => ({
  ...about(row),
  type: 'duplicate_payment',
  oursFen: null,
  explanation: `同一个预约已有另一笔付款，微信又收了 ${formatYuan(row.fen)} 元，我方没有这笔。`,
});

/** A row under a number of ours that belongs to another payment or refund. */
export const anotherUnderOurNumber = (row: TradeRow, ours: LocalMovement): Difference => ({
  ...about(row),
  type: row.kind === 'payment' ? 'duplicate_payment' : 'status',
  oursFen: ours.fen,
  explanation: `同一单号在微信有另一笔${row.kind === 'payment' ? '付款' : '退款'}（${formatYuan(row.fen)} 元），请核实后退还或登记。`,
});

/** A row that stands in the bill a second time. */
export const repeatedRow = (row: TradeRow): Difference => ({
  ...about(row),
  key: `again:${keyOfRow(row)}`,
  type: row.kind === 'payment' ? 'duplicate_payment' : 'surplus',
  oursFen: null,
  explanation: `账单里${thing(row)}（${formatYuan(row.fen)} 元）出现了不止一次。`,
});

/** A row whose counterpart of ours lies on another day, which is not reconciled yet (存疑). */
export const bookedOnAnotherDay = (row: TradeRow, ours: LocalMovement, otherDay: string): Difference => ({
  ...about(row),
  key: `day:${keyOfRow(row)}`,
  type: 'cross_day',
  oursFen: ours.fen,
  explanation: `${thing(row)}我方记在 ${otherDay}；那天对账后自动销账。`,
});

/** Whether WeChat's fee is what the rate in the same row makes of the amount. */
export function checkFee(row: TradeRow): Difference[] {
  const feeFen = expectedFee(row);
  if (feeFen === row.feeFen) return [];
  const explanation =
    feeFen === null
      ? `手续费 ${formatYuan(row.feeFen)} 元无法核对：费率“${row.rate.slice(0, 10)}”读不出来。`
      : `手续费不符：按 ${row.rate} 应为 ${formatYuan(feeFen)} 元，账单为 ${formatYuan(row.feeFen)} 元。`;
  return [
    {
      ...about(row),
      key: `fee:${keyOfRow(row)}`,
      type: 'fee',
      oursFen: feeFen,
      theirsFen: row.feeFen,
      explanation,
    },
  ];
}

/** Half-up per row to the fen; negative on refunds. null when there is a fee and the rate cannot be read. */
export function expectedFee({ kind, settledFen, feeFen, rate }: TradeRow): number | null {
  const match = /^(\d{1,2})(?:\.(\d{1,4}))?%$/.exec(rate);
  if (!match) return feeFen === 0 ? 0 : null;
  const millionths = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
  const fee = Math.floor((settledFen * millionths + 500_000) / 1_000_000);
  return kind === 'payment' || fee === 0 ? fee : -fee;
}

export const keyOfRow = ({ kind, wechatNo }: TradeRow): string => `${kind}:${wechatNo}`;

function comparePayment(row: TradeRow, ours: LocalPayment): Difference | null {
  const facts = { ...about(row), oursFen: ours.fen };
  if (ours.at === null) {
    return {
      ...facts,
      type: 'status',
      oursFen: 0,
      explanation: `微信已收款 ${formatYuan(row.fen)} 元，我方的订单还是未付款，请补单。`,
    };
  }
  if (ours.fen !== row.fen) return { ...facts, type: 'amount', explanation: amounts(row, ours.fen) };
  if (ours.quarantine?.reason === 'amount') {
    const { orderFen } = ours.quarantine;
    return { ...facts, type: 'amount', oursFen: orderFen, explanation: amounts(row, orderFen) };
  }
  if (ours.quarantine) {
    return {
      ...facts,
      type: 'status',
      explanation: `微信已收款 ${formatYuan(row.fen)} 元，因${QUARANTINED[ours.quarantine.reason]}在我方挂账待处理。`,
    };
  }
  if (row.status !== 'SUCCESS') {
    return { ...facts, type: 'status', explanation: `账单上的交易状态是“${row.status.slice(0, 20)}”。` };
  }
  return null;
}

function compareRefund(row: TradeRow, ours: LocalRefund, nextDay: string): Difference | null {
  const facts = { ...about(row), oursFen: ours.fen };
  if (ours.fen !== row.fen) return { ...facts, type: 'amount', explanation: amounts(row, ours.fen) };
  if (standsWith(row.status, ours, nextDay)) return null;
  return {
    ...facts,
    type: 'status',
    explanation: `退款状态不符：账单为“${row.status.slice(0, 20)}”，我方为“${REFUND_WORDS[ours.state]}”。`,
  };
}

/** WeChat begins to make a day's bill at this hour of the next day; refunds stand in it as they were then. */
const BILL_IS_MADE_AT = '09:00';

/** Whether our record can be what became of a refund that stood like this in the bill. */
function standsWith(status: string, { state, succeededAt }: LocalRefund, nextDay: string): boolean {
  switch (status) {
    case 'SUCCESS':
      return state === 'succeeded';
    case 'PROCESSING':
      if (state === 'succeeded')
        return succeededAt !== null && succeededAt >= atShanghai(nextDay, BILL_IS_MADE_AT);
      return state !== 'requested';
    case 'ABNORMAL':
    case 'CHANGE':
      return state === 'abnormal' || state === 'succeeded' || state === 'closed';
    case 'CLOSED':
      return state === 'closed';
    default:
      return false;
  }
}

const QUARANTINED: Readonly<Record<NonNullable<LocalPayment['quarantine']>['reason'], string>> = {
  amount: '金额不符',
  currency: '币种不符',
  merchant: '商户或交易号不符',
  app: '应用不符',
  payer: '付款人不符',
  unknown: '来源不明',
};

const REFUND_WORDS: Readonly<Record<LocalRefund['state'], string>> = {
  requested: '已申请，未受理',
  accepted: '退款中',
  succeeded: '已退款',
  abnormal: '退款异常',
  closed: '退款关闭',
};

const about = (row: TradeRow) => ({
  key: keyOfRow(row),
  orderNo: row.orderNo,
  refundNo: row.refundNo,
  bookingId: row.bookingId,
  wechatNo: row.wechatNo,
  theirsFen: row.fen,
});

const thing = ({ kind }: Pick<TradeRow, 'kind'>): string => (kind === 'payment' ? '这笔付款' : '这笔退款');

const amounts = (row: TradeRow, oursFen: number): string =>
  `${thing(row)}金额不符：微信 ${formatYuan(row.fen)} 元，我方 ${formatYuan(oursFen)} 元。`;
