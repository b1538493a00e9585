import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { missedBy } from './make-up-rule';
import { type Booking, Bookings } from './model';

/**
 * The collection is over and the student was not photographed: the place ends and the money goes back, by the effect
 * in the same write. A shot that comes at the same moment wins or loses this one compare-and-set, and so does the
 * student who carries the place over to a make-up day.
 *
 * @returns null when it is no longer due
 */
export async function endAsNoShow(
  world: World,
  by: string,
  booking: Booking,
  batchId: string,
): Promise<Booking | null> {
  const effect = world.effects.planned('refund', 'refund-booking', { reason: 'not_collected' });
  const ended = await changeRecord(
    Bookings,
    {
      _id: booking._id,
      place: 'booked',
      payment: 'paid',
      attendance: { $ne: 'shot' },
      ...missedBy(world.clock.now()),
    },
    { $set: { active: false, place: 'no_show' } },
    line(world, by, 'booking.no-show', { batch: batchId, arrived: booking.attendance === 'arrived' }),
    [effect],
  );
  if (ended) await world.effects.runNow(Bookings, booking._id, effect);
  return ended;
}
