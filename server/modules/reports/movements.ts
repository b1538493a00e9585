import { shanghaiDay } from '../../../shared/domain/time';
import { shotBetween } from '../bookings/shot-days';
import { campaignsOfSchool } from '../campaigns/announced';
import type { Refund } from '../payments/model';
import {
  type ItemPart,
  type OrderSpan,
  paidOrders,
  paidOrdersOfBookings,
  type ReportedOrder,
  receivedParts,
  refundedOrders,
  refundParts,
} from '../payments/reported-orders';
import { type Asked, spanOf } from './asked';

/** A payment, or a refund that WeChat took, on the day that the report counts it. */
export interface Movement {
  order: ReportedOrder;
  /** null: the payment itself */
  refund: Refund | null;
  day: string;
  parts: ItemPart[];
}

/** All the money of a report, in batches: by the day it moved, or by the day its student was photographed. */
export const movementsOf = (asked: Asked): AsyncGenerator<Movement[]> =>
  asked.by === 'payment' ? movedIn(spanOf(asked)) : shotIn(asked);

/** As reconciliation counts: payments by their success, refunds by WeChat's taking them. */
async function* movedIn(span: OrderSpan): AsyncGenerator<Movement[]> {
  const inSpan = (at: Date | null) => at !== null && at >= span.from && at < span.to;
  for await (const orders of paidOrders(span)) {
    yield orders.flatMap((order) => (order.paidAt ? [paymentOf(order, shanghaiDay(order.paidAt))] : []));
  }
  for await (const orders of refundedOrders(span)) {
    yield orders.flatMap((order) =>
      order.refunds.flatMap((refund) =>
        refund.acceptedAt && inSpan(refund.acceptedAt)
          ? [refundOf(order, refund, shanghaiDay(refund.acceptedAt))]
          : [],
      ),
    );
  }
}

/** All that ever moved for those who were photographed in the span. */
async function* shotIn(asked: Asked): AsyncGenerator<Movement[]> {
  for await (const { orders, shotDays } of ordersOfShots(asked)) {
    yield orders.flatMap((order) => {
      const day = shotDays.get(order.bookingId) ?? '';
      return [
        paymentOf(order, day),
        ...order.refunds.flatMap((refund) => (refund.acceptedAt ? [refundOf(order, refund, day)] : [])),
      ];
    });
  }
}

/** Who was photographed in the span with what they paid, in the order of days, rooms and numbers. */
export async function* ordersOfShots(asked: Asked): AsyncGenerator<ShotOrders> {
  for (const campaignId of await campaignsAsked(asked)) {
    for await (const shots of shotBetween(campaignId, asked)) {
      const shotDays = new Map(shots.flatMap(({ _id, shotDay }) => (shotDay ? [[_id, shotDay]] : [])));
      yield { shotDays, orders: await paidOrdersOfBookings(asked.merchant.mchid, [...shotDays.keys()]) };
    }
  }
}

export interface ShotOrders {
  /** By booking, also of those who have paid nothing. */
  shotDays: ReadonlyMap<string, string>;
  orders: ReportedOrder[];
}

/** The oldest first. */
export const campaignsAsked = async ({
  merchant,
  campaignId,
}: Pick<Asked, 'merchant' | 'campaignId'>): Promise<string[]> =>
  (await campaignsOfSchool(merchant.schoolId))
    .map(({ _id }) => _id)
    .filter((id) => campaignId === undefined || id === campaignId)
    .reverse();

const paymentOf = (order: ReportedOrder, day: string): Movement => ({
  order,
  refund: null,
  day,
  parts: receivedParts(order),
});

const refundOf = (order: ReportedOrder, refund: Refund, day: string): Movement => ({
  order,
  refund,
  day,
  parts: refundParts(order, refund),
});
