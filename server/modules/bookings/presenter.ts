import type { BookingView } from '../../../shared/contract/bookings';
import type { Campaign } from '../campaigns/model';
import { presentPlacement, presentSession } from '../campaigns/presenter';
import type { CollectionSession } from '../campaigns/session-model';
import type { Order } from '../payments/model';
import { presentOrder } from '../payments/presenter';
import { cancellableUntil, changeableUntil } from './deadlines';
import type { Booking, MovedPlace } from './model';

export interface BookingParts {
  booking: Booking;
  campaign: Pick<Campaign, 'rules'>;
  session: CollectionSession | null;
  /** The order that counts: the paid one, else the latest. */
  order: Order | null;
}

export const presentBooking = ({ booking, campaign, session, order }: BookingParts): BookingView => ({
  id: booking._id,
  channel: booking.channel,
  place: booking.place,
  payment: booking.payment,
  attendance: booking.attendance,
  session: session && presentSession(session, campaign.rules.lineUpLeadMinutes),
  seatNo: booking.seatNo ?? null,
  holdExpiresAt: booking.holdExpiresAt?.toISOString() ?? null,
  amountFen: booking.amountFen,
  feeItems: booking.feeItems,
  seeOriginalId: booking.seeOriginalId,
  arrival: booking.arrival && {
    at: booking.arrival.at.toISOString(),
    room: booking.arrival.room,
    shotNumber: booking.arrival.shotNumber,
  },
  shotAt: booking.shotAt?.toISOString() ?? null,
  order: order && presentOrder(order),
  changeableUntil: session && booking.active ? changeableUntil(session.day).toISOString() : null,
  cancellableUntil: session && booking.active ? cancellableUntil(session, booking.moved).toISOString() : null,
  moved: booking.moved ? presentMoved(booking.moved) : null,
  version: booking.version,
});

const presentMoved = (moved: MovedPlace): NonNullable<BookingView['moved']> => ({
  changeId: moved.changeId,
  at: moved.at.toISOString(),
  reason: moved.reason,
  from: presentPlacement(moved.from),
  to: presentPlacement(moved.to),
  acknowledged: moved.acknowledgedAt !== null,
});
