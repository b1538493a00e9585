import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import type { Booking } from './model';
import { refuseForeignRoom } from './own-rooms';
import { afterSomebodyElse } from './skip-number';
import { takeNextNumber } from './take-next-number';

/**
 * Gives a student a new shot number (换号), with the reason; the old one is void for good. Who waits gets today's next
 * number of the room where the desk stands, wherever and whenever they have arrived. Who was photographed stays in the
 * room and the day of the portrait: the number is its name there.
 *
 * @throws AppError NOT_ALLOWED when the phone is not enrolled for the room, SHOT_NOT_ARRIVED, BOOKING_NOT_ACTIVE
 */
export async function renumberBooking(
  world: World,
  by: StaffActor,
  {
    booking,
    nonce,
    room,
    shotNumber,
    reason,
  }: { booking: Booking; nonce: string; room: string; shotNumber: number; reason: string },
): Promise<Booking> {
  const { _id, arrival, attendance } = booking;
  refuseForeignRoom(by, room);
  if (!arrival || attendance === 'expected') throw new AppError('SHOT_NOT_ARRIVED');
  const where = attendance === 'shot' ? arrival : { day: shanghaiDay(world.clock.now()), room };
  const renumbered = await takeNextNumber(world, by, booking, {
    instead: shotNumber,
    // A shot in this very moment keeps the number that it was taken under, until somebody looks again.
    attendance: [attendance],
    day: where.day,
    room: where.room,
    verb: 'booking.renumber',
    facts: { nonce, reason, before: arrival.room },
  });
  return renumbered ?? afterSomebodyElse(_id);
}
