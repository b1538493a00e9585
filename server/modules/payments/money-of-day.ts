import { Orders } from './model';

/** A payment or an accepted refund of ours, as reconciliation compares it. */
export interface LocalMovement {
  kind: 'payment' | 'refund';
  /** out_trade_no of the order. */
  orderNo: string;
  /** out_refund_no; null for a payment. */
  refundNo: string | null;
  /** WeChat's number of the payment or refund. */
  wechatNo: string | null;
  fen: number;
  at: Date;
  quarantined: boolean;
}

interface OrderMoney {
  _id: string;
  state: string;
  transactionId?: string;
  paidAt: Date | null;
  totalFen: number;
  quarantine: { receivedFen: number } | null;
  refunds: { refundNo: string; refundId: string | null; amountFen: number; acceptedAt: Date | null }[];
}

const FIELDS = {
  state: 1,
  transactionId: 1,
  paidAt: 1,
  totalFen: 1,
  'quarantine.receivedFen': 1,
  'refunds.refundNo': 1,
  'refunds.refundId': 1,
  'refunds.amountFen': 1,
  'refunds.acceptedAt': 1,
} as const;

/** Payments and accepted refunds of some orders, whenever they were. */
export async function movementsOf(mchid: string, orderNos: readonly string[]): Promise<LocalMovement[]> {
  const orders = await Orders.find({ _id: { $in: [...orderNos] }, mchid }, FIELDS).lean<OrderMoney[]>();
  return orders.flatMap(movements);
}

/** Payments received and refunds accepted in [from, to), streamed. */
export async function* movementsBetween(mchid: string, from: Date, to: Date): AsyncGenerator<LocalMovement> {
  const inTime = ({ at }: LocalMovement) => at >= from && at < to;
  const span = { $gte: from, $lt: to };
  for await (const order of Orders.find({ mchid, paidAt: span }, FIELDS).lean<OrderMoney[]>().cursor()) {
    yield* movements(order).filter((movement) => movement.kind === 'payment' && inTime(movement));
  }
  const refunded = { mchid, refunds: { $elemMatch: { acceptedAt: span } } };
  for await (const order of Orders.find(refunded, FIELDS).lean<OrderMoney[]>().cursor()) {
    yield* movements(order).filter((movement) => movement.kind === 'refund' && inTime(movement));
  }
}

function movements(order: OrderMoney): LocalMovement[] {
  const common = { orderNo: order._id, quarantined: order.state === 'quarantined' };
  const payment: LocalMovement[] = order.paidAt
    ? [
        {
          ...common,
          kind: 'payment',
          refundNo: null,
          wechatNo: order.transactionId ?? null,
          fen: order.quarantine?.receivedFen ?? order.totalFen,
          at: order.paidAt,
        },
      ]
    : [];
  const refunds = order.refunds.flatMap(({ refundNo, refundId, amountFen, acceptedAt }): LocalMovement[] =>
    acceptedAt
      ? [{ ...common, kind: 'refund', refundNo, wechatNo: refundId, fen: amountFen, at: acceptedAt }]
      : [],
  );
  return [...payment, ...refunds];
}
