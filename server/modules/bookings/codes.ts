import type { BookingCode } from '../../../shared/contract/bookings';
import { nextRotation, rotationStart, signBookingToken } from '../../../shared/domain/booking-token';
import type { World } from '../../world';
import type { Booking } from './model';

/** @param day the collection day the fixed code is for (Asia/Shanghai) */
export function issueCode(
  world: Pick<World, 'clock' | 'codeKeys'>,
  booking: Booking,
  day: string,
): BookingCode {
  const now = world.clock.now();
  const { keyId, sign } = world.codeKeys.signing;
  const facts = { keyId, campaignId: booking.campaignId, bookingId: booking._id };
  return {
    rotating: signBookingToken({ ...facts, kind: 'rotating', issuedAt: rotationStart(now) }, sign),
    refreshAt: nextRotation(now).toISOString(),
    fixed: signBookingToken({ ...facts, kind: 'static', day }, sign),
  };
}
