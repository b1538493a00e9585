import type { OrderLine } from '../../../shared/contract/reports';
import { sumFen } from '../../../shared/domain/money';
import { shotBetween } from '../bookings/shot-days';
import { paidOrders, paidOrdersOfBookings, paidPage, type ReportedOrder } from '../payments/reported-orders';
import { receiptsOf } from '../receipts/find-receipt';
import type { Receipt } from '../receipts/model';
import { type Asked, refuseSpan, spanOf } from './asked';
import { campaignsAsked, ordersOfShots } from './movements';
import { campaignNames, NOBODY, whoseOf } from './whose';

export interface OrderTotals {
  orders: number;
  receivedFen: number;
  refundedFen: number;
  refundingFen: number;
}

interface OrderPage {
  lines: OrderLine[];
  next: string | null;
}

/**
 * A page of paid orders: by the time of payment, or in the order in which their students were photographed.
 *
 * @param after where the last page ended
 * @throws AppError BAD_REQUEST
 */
export async function listOrders(
  asked: Asked,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<OrderPage> {
  refuseSpan(asked);
  return asked.by === 'payment' ? pageByPayment(asked, after, limit) : pageByShot(asked, after, limit);
}

/** Of all the orders that the pages show. */
export async function orderTotals(asked: Asked): Promise<OrderTotals> {
  const totals = { orders: 0, receivedFen: 0, refundedFen: 0, refundingFen: 0 };
  for await (const orders of asked.by === 'payment' ? paidOrders(spanOf(asked)) : paidOfShots(asked)) {
    for (const order of orders) {
      const { receivedFen, refundedFen, refundingFen } = amountsOf(order);
      totals.orders += 1;
      totals.receivedFen += receivedFen;
      totals.refundedFen += refundedFen;
      totals.refundingFen += refundingFen;
    }
  }
  return totals;
}

async function* paidOfShots(asked: Asked): AsyncGenerator<ReportedOrder[]> {
  for await (const { orders } of ordersOfShots(asked)) yield orders;
}

async function pageByPayment(asked: Asked, after: string | undefined, limit: number): Promise<OrderPage> {
  const [ms = '', orderNo = ''] = after?.split('_', 2) ?? [];
  const cursor = after === undefined ? null : { paidAt: new Date(Number(ms) || 0), orderNo };
  const found = await paidPage(spanOf(asked), cursor, limit + 1);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    lines: await presentOrders(asked.merchant.schoolId, page),
    next: last ? `${last.paidAt?.getTime()}_${last._id}` : null,
  };
}

/** So many students a page: one may have paid more than once, or nothing. `after` counts the students seen. */
async function pageByShot(asked: Asked, after: string | undefined, limit: number): Promise<OrderPage> {
  let toSkip = Number(after ?? 0) || 0;
  const seen = toSkip + limit;
  const bookings: string[] = [];
  let isMore = false;
  for (const campaignId of await campaignsAsked(asked)) {
    for await (const shots of shotBetween(campaignId, asked)) {
      const wanted = shots.slice(toSkip, toSkip + limit - bookings.length);
      isMore = shots.length - Math.min(toSkip, shots.length) > wanted.length;
      toSkip = Math.max(0, toSkip - shots.length);
      bookings.push(...wanted.map(({ _id }) => _id));
      if (isMore) break;
    }
    if (isMore) break;
  }
  const orders = await paidOrdersOfBookings(asked.merchant.mchid, bookings);
  const place = new Map(bookings.map((id, at) => [id, at]));
  const inOrder = orders.sort((a, b) => (place.get(a.bookingId) ?? 0) - (place.get(b.bookingId) ?? 0));
  return { lines: await presentOrders(asked.merchant.schoolId, inOrder), next: isMore ? String(seen) : null };
}

/** Orders with whose they are and where their money is, in the order given. */
export async function presentOrders(
  schoolId: string,
  orders: readonly ReportedOrder[],
): Promise<OrderLine[]> {
  const [whose, receipts] = await Promise.all([
    whoseOf(orders, await campaignNames(schoolId)),
    receiptsOf(orders.map(({ _id }) => _id)),
  ]);
  return orders.map((order) => ({
    orderNo: order._id,
    transactionId: order.transactionId ?? null,
    paidAt: (order.paidAt ?? new Date(0)).toISOString(),
    ...(whose.get(order._id) ?? NOBODY),
    ...amountsOf(order),
    isAside: order.state === 'quarantined',
    receipt: numberOf(receipts.get(order._id)),
  }));
}

const numberOf = (receipt: Receipt | undefined): OrderLine['receipt'] =>
  receipt ? { kind: receipt.kind, number: receipt.number } : null;

/** Where the money of an order is, fen. */
export function amountsOf({ quarantine, totalFen, refunds }: ReportedOrder) {
  const sum = (...states: string[]) =>
    sumFen(refunds.filter(({ state }) => states.includes(state)).map(({ amountFen }) => amountFen));
  return {
    receivedFen: quarantine?.receivedFen ?? totalFen,
    refundedFen: sum('succeeded'),
    refundingFen: sum('requested', 'accepted', 'abnormal'),
  };
}
