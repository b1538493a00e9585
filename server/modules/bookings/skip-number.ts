import { AppError } from '../../errors';
import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findBooking } from './find-booking';
import { type Booking, Bookings } from './model';
import { forgetHighest, nextShotNumber, noteShotNumber, shotKey } from './shot-numbers';

/**
 * Called and not there (跳过): the number is void for good, and the student goes to the end of the queue with the next
 * one. The guard names the number, so that of two desks one skips it and the other finds it skipped.
 *
 * @throws AppError BOOKING_NOT_ACTIVE, SHOT_NOT_ARRIVED
 */
export async function skipNumber(
  world: World,
  by: StaffActor,
  { booking, nonce, shotNumber: skipped }: { booking: Booking; nonce: string; shotNumber: number },
): Promise<Booking> {
  const { _id, campaignId, arrival } = booking;
  if (!arrival) throw new AppError('SHOT_NOT_ARRIVED');
  const { day, room } = arrival;
  for (;;) {
    const shotNumber = await nextShotNumber(campaignId, day, room);
    try {
      const renumbered = await changeRecord(
        Bookings,
        { _id, place: 'booked', attendance: 'arrived', 'arrival.shotNumber': skipped },
        {
          $set: { 'arrival.shotNumber': shotNumber },
          $push: { shotKeys: shotKey(day, room, shotNumber) },
        },
        line(world, actorName(by), 'booking.skip', { nonce, room, from: skipped, to: shotNumber }),
      );
      if (!renumbered) return afterSomebodyElse(_id);
      noteShotNumber(campaignId, day, room, shotNumber);
      return renumbered;
    } catch (error) {
      if (!duplicateKey(error)?.includes('shotKeys')) throw error;
      forgetHighest(campaignId, day, room);
    }
  }
}

async function afterSomebodyElse(id: string): Promise<Booking> {
  const now = await findBooking(id);
  if (now?.place !== 'booked') throw new AppError('BOOKING_NOT_ACTIVE');
  if (!now.arrival) throw new AppError('SHOT_NOT_ARRIVED');
  return now;
}
