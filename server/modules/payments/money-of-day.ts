import type { Filter } from 'mongodb';
import type { OrderState, RefundState } from '../../../shared/domain/order-state';
import { addDays, atShanghai, shanghaiDay } from '../../../shared/domain/time';
import { type Order, Orders, type QuarantineReason } from './model';

/** A payment or a refund of ours, as reconciliation compares it. */
interface Movement {
  /** out_trade_no of the order. */
  orderNo: string;
  /** WeChat's number of the payment or refund, once we know it. */
  wechatNo: string | null;
  fen: number;
  /** When it was paid, or accepted by WeChat; null while it is not, as far as we know. */
  at: Date | null;
}

export interface LocalPayment extends Movement {
  kind: 'payment';
  refundNo: null;
  state: OrderState;
  /** Money that came and does not fit its order of `orderFen`. */
  quarantine: { reason: QuarantineReason; orderFen: number } | null;
}

export interface LocalRefund extends Movement {
  kind: 'refund';
  /** out_refund_no */
  refundNo: string;
  state: RefundState;
  succeededAt: Date | null;
}

export type LocalMovement = LocalPayment | LocalRefund;

interface OrderMoney {
  _id: string;
  mchid: string;
  foundBy?: string;
  state: OrderState;
  transactionId?: string;
  paidAt: Date | null;
  totalFen: number;
  quarantine: { reason: QuarantineReason; receivedFen: number } | null;
  refunds: {
    refundNo: string;
    refundId: string | null;
    amountFen: number;
    state: RefundState;
    acceptedAt: Date | null;
    succeededAt: Date | null;
  }[];
}

const FIELDS = {
  mchid: 1,
  foundBy: 1,
  state: 1,
  transactionId: 1,
  paidAt: 1,
  totalFen: 1,
  'quarantine.reason': 1,
  'quarantine.receivedFen': 1,
  'refunds.refundNo': 1,
  'refunds.refundId': 1,
  'refunds.amountFen': 1,
  'refunds.state': 1,
  'refunds.acceptedAt': 1,
  'refunds.succeededAt': 1,
} as const;

const BATCH = 1_000;

/** Payment and refunds of some orders, whenever they were and however far they are. */
export async function movementsOf(mchid: string, orderNos: readonly string[]): Promise<LocalMovement[]> {
  // By id alone: no index of the merchant's may be taken for it, which would read all that the merchant has.
  const orders = await Orders.find({ _id: { $in: [...orderNos] } }, FIELDS).lean<OrderMoney[]>();
  return orders
    .filter((order) => order.mchid === mchid)
    .flatMap((order) => [paymentOf(order), ...refundsOf(order)]);
}

/** Payments received and refunds accepted in [from, to), streamed in batches, each once, in no particular order. */
export async function* movementsBetween(
  mchid: string,
  from: Date,
  to: Date,
): AsyncGenerator<LocalMovement[]> {
  const inTime = ({ at }: LocalMovement) => at !== null && at >= from && at < to;
  for await (const orders of batches({ mchid, paidAt: { $gte: from, $lt: to } })) {
    yield orders.map(paymentOf);
  }
  for await (const orders of batches(refundedIn(mchid, from, to))) {
    yield orders.flatMap(refundsOf).filter(inTime);
  }
}

/** Whether any payment was received or refund accepted in [from, to). */
export async function anyMovement(mchid: string, from: Date, to: Date): Promise<boolean> {
  if (await Orders.exists({ mchid, paidAt: { $gte: from, $lt: to } })) return true;
  return (await Orders.exists(refundedIn(mchid, from, to))) !== null;
}

/** Of some days (Asia/Shanghai) those on which any payment was received or refund accepted; by two looks into an index each. */
export async function daysWithMoney(mchid: string, days: readonly string[]): Promise<ReadonlySet<string>> {
  const first = await Orders.findOne({ mchid, paidAt: { $gte: new Date(0) } }, { paidAt: 1 })
    .sort({ paidAt: 1 })
    .lean<Pick<Order, 'paidAt'> | null>();
  if (!first?.paidAt) return new Set();
  const firstDay = shanghaiDay(first.paidAt);
  const moved = await Promise.all(
    days.map(
      async (day) =>
        day >= firstDay && (await anyMovement(mchid, atShanghai(day), atShanghai(addDays(day, 1)))),
    ),
  );
  return new Set(days.filter((_, at) => moved[at]));
}

/** Those of these bookings whose place was paid for. */
export async function paidBookings(bookingIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (bookingIds.length === 0) return new Set();
  const paid = await Orders.find(
    { bookingId: { $in: [...bookingIds] }, state: 'paid' },
    { bookingId: 1 },
  ).lean<Pick<Order, 'bookingId'>[]>();
  return new Set(paid.map(({ bookingId }) => bookingId));
}

const refundedIn = (mchid: string, from: Date, to: Date) => ({
  mchid,
  refunds: { $elemMatch: { acceptedAt: { $gte: from, $lt: to } } },
});

async function* batches(filter: Filter<Order>): AsyncGenerator<OrderMoney[]> {
  const orders = Orders.db.collection<Order>(Orders.collection.name);
  const cursor = orders.find<OrderMoney>(filter, { projection: FIELDS, batchSize: BATCH });
  // By batches as they come over the wire: a step of the event loop an order is what a million of them cannot afford.
  while (await cursor.hasNext()) yield cursor.readBufferedDocuments();
}

const paymentOf = (order: OrderMoney): LocalPayment => ({
  kind: 'payment',
  orderNo: order._id,
  refundNo: null,
  wechatNo: order.transactionId ?? null,
  fen: order.quarantine?.receivedFen ?? order.totalFen,
  at: order.paidAt,
  state: order.state,
  // Put aside because the bill has it: both sides agree about it.
  quarantine:
    !order.foundBy && order.state === 'quarantined' && order.quarantine
      ? { reason: order.quarantine.reason, orderFen: order.totalFen }
      : null,
});

const refundsOf = (order: OrderMoney): LocalRefund[] =>
  order.refunds.map(({ refundNo, refundId, amountFen, state, acceptedAt, succeededAt }) => ({
    kind: 'refund',
    orderNo: order._id,
    refundNo,
    wechatNo: refundId,
    fen: amountFen,
    at: acceptedAt,
    state,
    succeededAt,
  }));
