import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { findBooking } from './find-booking';
import type { Booking } from './model';
import { takeNextNumber } from './take-next-number';

/**
 * Called and not there (跳过): the number is void for good, and the student goes to the end of the queue with the next
 * one. Of two desks one skips the number and the other finds it skipped.
 *
 * @throws AppError BOOKING_NOT_ACTIVE, SHOT_NOT_ARRIVED
 */
export async function skipNumber(
  world: World,
  by: StaffActor,
  { booking, nonce, shotNumber }: { booking: Booking; nonce: string; shotNumber: number },
): Promise<Booking> {
  const { _id, arrival } = booking;
  if (!arrival) throw new AppError('SHOT_NOT_ARRIVED');
  const { day, room } = arrival;
  const skipped = await takeNextNumber(world, by, booking, {
    instead: shotNumber,
    attendance: ['arrived'],
    day,
    room,
    verb: 'booking.skip',
    facts: { nonce },
  });
  return skipped ?? afterSomebodyElse(_id);
}

/** What another desk has made of it. @throws AppError BOOKING_NOT_ACTIVE, SHOT_NOT_ARRIVED */
export async function afterSomebodyElse(id: string): Promise<Booking> {
  const now = await findBooking(id);
  if (now?.place !== 'booked') throw new AppError('BOOKING_NOT_ACTIVE');
  if (!now.arrival) throw new AppError('SHOT_NOT_ARRIVED');
  return now;
}
