import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { cancelRefunded } from '../bookings/change-place';
import { findBooking } from '../bookings/find-booking';
import { findOrder } from './find-order';
import { releaseHold } from './release-hold';

/** Effect `end-place` of an order whose money goes back: it kept a place, which is free again. */
export async function endPlace(world: World, orderNo: string): Promise<EffectOutcome> {
  const order = await findOrder(orderNo);
  const booking = order && (await findBooking(order.bookingId));
  if (!booking) return 'done';
  if (booking.place === 'booked' && booking.paidOrderNo === orderNo) {
    await cancelRefunded(world, SYSTEM, booking._id, orderNo);
    return 'done';
  }
  const holdEnded = booking.holdExpiresAt !== null && booking.holdExpiresAt <= world.clock.now();
  // A hold that has not ended is released by its own effect then.
  return booking.place === 'held' && holdEnded ? releaseHold(world, booking._id) : 'done';
}
