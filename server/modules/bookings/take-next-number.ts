import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';
import { forgetHighest, nextShotNumber, noteShotNumber, shotKey } from './shot-numbers';

interface NewNumber {
  /** The one that becomes void: the guard names it, so that of two desks one changes it. */
  instead: number;
  attendance: readonly Booking['attendance'][];
  /** Where the next number is taken. */
  day: string;
  room: string;
  verb: string;
  facts: Record<string, string>;
}

/**
 * Voids a shot number for good and gives the next one of a room, in one write.
 *
 * @returns null when the booking no longer has that number, or is in another state
 */
export async function takeNextNumber(
  world: World,
  by: StaffActor,
  booking: Booking,
  { instead, attendance, day, room, verb, facts }: NewNumber,
): Promise<Booking | null> {
  const { _id, campaignId } = booking;
  for (;;) {
    const shotNumber = await nextShotNumber(booking, day, room);
    const key = shotKey(day, room, shotNumber);
    try {
      const renumbered = await changeRecord(
        Bookings,
        {
          _id,
          place: 'booked',
          attendance: { $in: attendance },
          'arrival.shotNumber': instead,
          shotKeys: { $ne: key },
        },
        {
          $set: { 'arrival.shotNumber': shotNumber, 'arrival.day': day, 'arrival.room': room },
          $push: { shotKeys: key },
        },
        line(world, actorName(by), verb, { ...facts, room, from: instead, to: shotNumber }),
      );
      if (renumbered) noteShotNumber(campaignId, day, room, shotNumber);
      return renumbered;
    } catch (error) {
      if (!duplicateKey(error)?.includes('shotKeys')) throw error;
      forgetHighest(campaignId, day, room);
    }
  }
}
