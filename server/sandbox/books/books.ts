import { randomDigits } from '../random';
import { inChunks, type Store, timeKey, under } from '../store';
import type { FlowEntry, Order, PaidOrder, Refund } from './records';
import { isPaid } from './records';

type NewFlowEntry = Omit<FlowEntry, 'flowNo' | 'balanceFen'>;

/** WeChat's own record of what happened: orders, refunds, and every movement of money. */
export interface Books {
  order(mchid: string, outTradeNo: string): Order | undefined;
  orderByPrepayId(prepayId: string): Order | undefined;
  orderByTransactionId(transactionId: string): PaidOrder | undefined;
  keepOrder(order: Order): void;
  forgetOrder(order: Order): void;
  orders(mchid?: string, after?: string): Iterable<Keyed<Order>>;
  /** Paid in [fromMs, toMs), by time. */
  paidBetween(mchid: string, fromMs: number, toMs: number): Iterable<PaidOrder>;

  refund(mchid: string, outRefundNo: string): Refund | undefined;
  refundById(refundId: string): Refund | undefined;
  keepRefund(refund: Refund): void;
  refunds(mchid?: string, after?: string): Iterable<Keyed<Refund>>;
  /** Accepted in [fromMs, toMs), by time. */
  refundsBetween(mchid: string, fromMs: number, toMs: number): Iterable<Refund>;

  enter(entry: NewFlowEntry): FlowEntry;
  flow(mchid?: string, after?: string): Iterable<Keyed<FlowEntry>>;
  flowBetween(mchid: string, fromMs: number, toMs: number): Iterable<FlowEntry>;
  /** Takes the movements of one transaction or refund out again, and out of the balance. */
  forgetFlow(mchid: string, businessNo: string): void;

  balanceFen(mchid: string): number;
  /** What refunds may take: the balance less what is withheld. */
  availableFen(mchid: string): number;
  setAvailable(mchid: string, availableFen: number): void;
}

export interface Keyed<T> {
  key: string;
  value: T;
}

export function openBooks(store: Store): Books {
  const orders = store.table<Order>('orders');
  const prepays = store.table<string>('orders-by-prepay');
  const transactions = store.table<string>('orders-by-transaction');
  const paid = store.table<string>('orders-by-payment');
  const refunds = store.table<Refund>('refunds');
  const refundIds = store.table<string>('refunds-by-id');
  const accepted = store.table<string>('refunds-by-acceptance');
  const flow = store.table<FlowEntry>('fund-flow');
  const balances = store.table<number>('balances');
  const withheld = store.table<number>('withheld');

  const keyOf = (mchid: string, number: string) => `${mchid}/${number}`;
  const between = (mchid: string, fromMs: number, toMs: number) => ({
    start: `${mchid}/${timeKey(fromMs)}`,
    end: `${mchid}/${timeKey(toMs)}`,
  });
  const paidKey = (order: PaidOrder) =>
    `${order.mchid}/${timeKey(order.payment.successMs)}/${order.outTradeNo}`;
  const page = (mchid: string | undefined, after: string | undefined) => {
    const { start, end } = under(mchid === undefined ? '' : `${mchid}/`);
    return { start: after === undefined ? start : `${after}\0`, end };
  };
  const follow = <T>(table: { get(key: string): T | undefined }, key: string | undefined) =>
    key === undefined ? undefined : table.get(key);
  let entries = flow.getCount();

  return {
    order: (mchid, outTradeNo) => orders.get(keyOf(mchid, outTradeNo)),
    orderByPrepayId: (prepayId) => follow(orders, prepays.get(prepayId)),
    orderByTransactionId(transactionId) {
      const order = follow(orders, transactions.get(transactionId));
      return order && isPaid(order) ? order : undefined;
    },
    keepOrder(order) {
      const key = keyOf(order.mchid, order.outTradeNo);
      store.write(() => {
        orders.put(key, order);
        prepays.put(order.prepayId, key);
        if (!isPaid(order)) return;
        transactions.put(order.payment.transactionId, key);
        paid.put(paidKey(order), key);
      });
    },
    forgetOrder(order) {
      store.write(() => {
        orders.remove(keyOf(order.mchid, order.outTradeNo));
        prepays.remove(order.prepayId);
        if (!isPaid(order)) return;
        transactions.remove(order.payment.transactionId);
        paid.remove(paidKey(order));
      });
    },
    orders: (mchid, after) => inChunks(orders, page(mchid, after)),
    *paidBetween(mchid, fromMs, toMs) {
      for (const { value } of inChunks(paid, between(mchid, fromMs, toMs))) {
        const order = orders.get(value);
        if (order && isPaid(order)) yield order;
      }
    },

    refund: (mchid, outRefundNo) => refunds.get(keyOf(mchid, outRefundNo)),
    refundById: (refundId) => follow(refunds, refundIds.get(refundId)),
    keepRefund(refund) {
      const key = keyOf(refund.mchid, refund.outRefundNo);
      store.write(() => {
        refunds.put(key, refund);
        refundIds.put(refund.refundId, key);
        accepted.put(`${refund.mchid}/${timeKey(refund.createdMs)}/${refund.outRefundNo}`, key);
      });
    },
    refunds: (mchid, after) => inChunks(refunds, page(mchid, after)),
    *refundsBetween(mchid, fromMs, toMs) {
      for (const { value } of inChunks(accepted, between(mchid, fromMs, toMs))) {
        const refund = refunds.get(value);
        if (refund) yield refund;
      }
    },

    enter(entry) {
      const signed = entry.direction === '收入' ? entry.amountFen : -entry.amountFen;
      const balanceFen = (balances.get(entry.mchid) ?? 0) + signed;
      const kept = { ...entry, flowNo: `1000${randomDigits(20)}`, balanceFen };
      entries += 1;
      store.write(() => {
        flow.put(`${entry.mchid}/${timeKey(entry.atMs)}/${String(entries).padStart(12, '0')}`, kept);
        balances.put(entry.mchid, balanceFen);
      });
      return kept;
    },
    flow: (mchid, after) => inChunks(flow, page(mchid, after)),
    *flowBetween(mchid, fromMs, toMs) {
      for (const { value } of inChunks(flow, between(mchid, fromMs, toMs))) yield value;
    },
    forgetFlow(mchid, businessNo) {
      store.write(() => {
        for (const { key, value } of [...inChunks(flow, under(`${mchid}/`))]) {
          if (value.businessNo !== businessNo) continue;
          flow.remove(key);
          const signed = value.direction === '收入' ? value.amountFen : -value.amountFen;
          balances.put(value.mchid, (balances.get(value.mchid) ?? 0) - signed);
        }
      });
    },

    balanceFen: (mchid) => balances.get(mchid) ?? 0,
    availableFen: (mchid) => (balances.get(mchid) ?? 0) - (withheld.get(mchid) ?? 0),
    setAvailable(mchid, availableFen) {
      store.write(() => withheld.put(mchid, (balances.get(mchid) ?? 0) - availableFen));
    },
  };
}
