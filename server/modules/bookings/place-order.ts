import { AppError } from '../../errors';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

/**
 * Writes the number of a new order onto a hold that has not ended: from then on the place is not released before that
 * order is closed at WeChat.
 *
 * @param instead the closed order it replaces, or null for the first
 * @returns null when the hold ended or another order was quicker
 */
export const placeOrder = (
  world: World,
  by: string,
  { booking, orderNo, instead }: { booking: Booking; orderNo: string; instead: string | null },
): Promise<Booking | null> =>
  changeRecord(
    Bookings,
    { _id: booking._id, place: 'held', holdExpiresAt: { $gt: world.clock.now() }, orderNo: instead },
    { $set: { orderNo }, $push: { orderNos: orderNo } },
    line(world, by, 'booking.order', { orderNo }),
  );

/** A walk-in that pays later: it has no hold, and no time limit. */
export const placeOrderOnDebt = (
  world: World,
  by: string,
  { booking, orderNo, instead }: { booking: Booking; orderNo: string; instead: string | null },
): Promise<Booking | null> =>
  changeRecord(
    Bookings,
    { _id: booking._id, place: 'booked', payment: { $in: ['unpaid', 'owed'] }, orderNo: instead },
    { $set: { orderNo }, $push: { orderNos: orderNo } },
    line(world, by, 'booking.order', { orderNo }),
  );

/** @throws AppError HOLD_EXPIRED, ALREADY_PAID, BOOKING_NOT_ACTIVE, NOTHING_TO_PAY */
export function refuseUnlessPayable(booking: Booking, now: Date): void {
  if (booking.payment === 'paid') throw new AppError('ALREADY_PAID');
  if (booking.payment === 'waived') throw new AppError('NOTHING_TO_PAY');
  if (booking.place === 'booked') return;
  if (booking.place === 'released') throw new AppError('HOLD_EXPIRED');
  if (booking.place !== 'held') throw new AppError('BOOKING_NOT_ACTIVE');
  if (booking.holdExpiresAt && booking.holdExpiresAt <= now) throw new AppError('HOLD_EXPIRED');
}
