import { DEMO_CAMPAIGN } from '../../../server/demo/notice-2023';
import type { BookingView, OrderView, RefundView } from '../../../shared/contract/bookings';
import type { SessionView } from '../../../shared/contract/campaigns';
import { addMinutes } from '../../../shared/domain/time';
import { BOOKING_ID } from './people';

const FEES = { amountFen: 3000, feeItems: DEMO_CAMPAIGN.feeItems };

export const held = (now: Date, session: SessionView): BookingView => ({
  id: BOOKING_ID,
  channel: 'online',
  place: 'held',
  payment: 'unpaid',
  attendance: 'expected',
  session,
  seatNo: 17,
  holdExpiresAt: addMinutes(now, 15).toISOString(),
  ...FEES,
  seeOriginalId: false,
  arrival: null,
  shotAt: null,
  order: null,
  changeableUntil: '2022-11-18T16:00:00.000Z',
  cancellableUntil: '2022-11-18T16:00:00.000Z',
  moved: null,
  version: 1,
});

export const orderOf = (now: Date): OrderView => ({
  orderNo: '4200001622202211160000000001',
  status: 'to_pay',
  ...FEES,
  createdAt: now.toISOString(),
  paidAt: null,
  refunds: [],
});

export const paid = (booking: BookingView, now: Date): BookingView => ({
  ...booking,
  place: 'booked',
  payment: 'paid',
  holdExpiresAt: null,
  order: { ...(booking.order ?? orderOf(now)), status: 'paid', paidAt: now.toISOString() },
  version: booking.version + 1,
});

export const arrived = (booking: BookingView, at: Date): BookingView => ({
  ...booking,
  attendance: 'arrived',
  arrival: { at: at.toISOString(), room: 'C区202', shotNumber: 128 },
});

export const shot = (booking: BookingView, at: Date): BookingView => ({
  ...arrived(booking, at),
  attendance: 'shot',
  shotAt: at.toISOString(),
});

/** Cancelled in time, or not collected: the money is on its way back, or back. */
export function refunded(
  booking: BookingView,
  place: 'cancelled' | 'no_show',
  refund: RefundView,
): BookingView {
  const order = booking.order && { ...booking.order, refunds: [refund] };
  return { ...booking, place, order, changeableUntil: null };
}

export const refundOf = (at: Date, status: RefundView['status'], reason: string): RefundView => ({
  refundNo: 'R4200001622202211160000000001',
  amountFen: 3000,
  reason,
  status,
  requestedAt: at.toISOString(),
  dueDay: '2022-11-24',
  arrivedAt: status === 'arrived' ? addMinutes(at, 60 * 26).toISOString() : null,
});
