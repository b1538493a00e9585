import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import { ordersOfBooking } from '../payments/find-order';
import type { Order } from '../payments/model';
import type { Booking } from './model';
import type { BookingParts } from './presenter';

/** Everything that is shown with a booking. */
export async function bookingParts(booking: Booking): Promise<BookingParts> {
  const [campaign, sessions, orders] = await Promise.all([
    findCampaign(booking.campaignId),
    sessionsOf(booking.campaignId),
    booking.orderNos.length > 0 ? ordersOfBooking(booking._id) : [],
  ]);
  const session = sessions.find(({ _id }) => _id === booking.sessionId) ?? null;
  return { booking, campaign, session, order: orderThatCounts(booking, orders) };
}

function orderThatCounts(booking: Booking, orders: readonly Order[]): Order | null {
  const paid = orders.find(({ _id }) => _id === booking.paidOrderNo);
  return (
    paid ?? orders.find(({ state }) => state === 'paid' || state === 'quarantined') ?? orders.at(-1) ?? null
  );
}
