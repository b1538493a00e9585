import { findCampaign } from '../campaigns/find-campaign';
import { sessionOfBooking } from '../campaigns/find-session';
import { ordersOfBooking } from '../payments/find-order';
import type { Order } from '../payments/model';
import type { Booking } from './model';
import type { BookingParts } from './presenter';

/** Everything that is shown with a booking. @param known all of its orders, when the caller has just read them */
export async function bookingParts(booking: Booking, known?: readonly Order[]): Promise<BookingParts> {
  const [campaign, session, orders] = await Promise.all([
    findCampaign(booking.campaignId),
    sessionOfBooking(booking),
    known ?? (booking.orderNos.length > 0 ? ordersOfBooking(booking._id) : []),
  ]);
  return { booking, campaign, session, order: orderThatCounts(booking, orders) };
}

function orderThatCounts(booking: Booking, orders: readonly Order[]): Order | null {
  const paid = orders.find(({ _id }) => _id === booking.paidOrderNo);
  return (
    paid ?? orders.find(({ state }) => state === 'paid' || state === 'quarantined') ?? orders.at(-1) ?? null
  );
}
