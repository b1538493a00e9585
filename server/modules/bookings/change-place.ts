import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign } from '../campaigns/find-campaign';
import { keepMakeUpSession } from '../campaigns/make-up-sessions';
import type { CollectionSession } from '../campaigns/session-model';
import type { Student } from '../roster/model';
import { withoutReserve } from './bookable-seats';
import { cancellableUntil, changeableUntil } from './deadlines';
import { maySit } from './group-rule';
import { isMakeUp, makeUpDayOf, refuseUnlessMakeUpOpen } from './make-up-rule';
import { type Booking, Bookings } from './model';
import { markFree } from './seats';
import { takeSeat } from './take-seat';

/**
 * Moves a booking to another session: the old place becomes the new one in one write.
 *
 * @throws AppError CAMPAIGN_CLOSED, CHANGE_TOO_LATE, SAME_SESSION, SESSION_NOT_YOURS, SESSION_OVER, SOLD_OUT,
 *   BOOKING_NOT_ACTIVE; for a make-up place MAKE_UP_NOT_OPEN, MAKE_UP_OVER, MAKE_UP_SLOT_CLOSED
 */
export async function reschedule(
  world: World,
  by: StudentActor,
  facts: { booking: Booking; from: CollectionSession; to: CollectionSession; student: Student },
): Promise<Booking> {
  const { booking, from, to, student } = facts;
  const campaign = await findCampaign(booking.campaignId);
  const now = world.clock.now();
  // Not only while booking is open: changes stay free until the day begins, and others' days may have begun.
  if (isMakeUp(to)) refuseUnlessMakeUpOpen(campaign, to, now);
  else if (campaign.collectionClosedAt) throw new AppError('CAMPAIGN_CLOSED');
  if (from._id === to._id) throw new AppError('SAME_SESSION');
  if (changeableUntil(from.day) <= now) throw new AppError('CHANGE_TOO_LATE');
  if (!maySit(campaign, to, student)) throw new AppError('SESSION_NOT_YOURS');
  if (to.startsAt <= now) throw new AppError('SESSION_OVER');
  if (isMakeUp(to)) await keepMakeUpSession(world, to);

  const moved = await takeSeat(withoutReserve(to, campaign), (seatNo) =>
    changeRecord(
      Bookings,
      { _id: booking._id, version: booking.version, active: true, attendance: 'expected' },
      // Whoever chooses a session knows where it is.
      { $set: { sessionId: to._id, seatNo, ...makeUpDayOf(to) }, $unset: { moved: 1 } },
      line(world, actorName(by), 'booking.reschedule', { from: from._id, to: to._id, seatNo }),
    ),
  );
  if (!moved) throw new AppError('BOOKING_NOT_ACTIVE');
  if (booking.seatNo !== undefined) markFree(from._id, booking.seatNo);
  return moved;
}

/**
 * Cancels a booked place. The money goes back through the effect that rides in the same write.
 *
 * @throws AppError CHANGE_TOO_LATE, BOOKING_NOT_ACTIVE
 */
export async function cancelBooked(
  world: World,
  by: StudentActor,
  { booking, session, reason }: { booking: Booking; session: CollectionSession; reason: string | undefined },
): Promise<Booking> {
  if (cancellableUntil(session, booking.moved) <= world.clock.now()) throw new AppError('CHANGE_TOO_LATE');
  const effect = world.effects.planned('refund', 'refund-booking', { reason: 'cancelled_by_student' });
  const cancelled = await changeRecord(
    Bookings,
    { _id: booking._id, version: booking.version, place: 'booked', attendance: 'expected' },
    { $set: { active: false, place: 'cancelled' } },
    line(world, actorName(by), 'booking.cancel', reason ? { reason } : {}),
    [effect],
  );
  if (!cancelled) throw new AppError('BOOKING_NOT_ACTIVE');
  freeSeat(booking);
  await world.effects.runNow(Bookings, booking._id, effect);
  return cancelled;
}

/** The money of a booked place goes back by the word of two people, and the place with it; a shot one stays. */
export async function cancelRefunded(
  world: World,
  by: string,
  bookingId: string,
  orderNo: string,
): Promise<Booking | null> {
  const cancelled = await changeRecord(
    Bookings,
    { _id: bookingId, place: 'booked', paidOrderNo: orderNo, attendance: 'expected' },
    { $set: { active: false, place: 'cancelled' } },
    line(world, by, 'booking.cancel', { orderNo }),
  );
  if (cancelled) freeSeat(cancelled);
  return cancelled;
}

/**
 * Gives up an unpaid place. Only once every order on it is closed at WeChat: the guard is the version that was read
 * before the orders were closed, and a new order would have changed it.
 *
 * @returns null when the booking changed meanwhile
 */
export async function giveUpHold(
  world: World,
  by: string,
  { booking, to }: { booking: Booking; to: 'released' | 'cancelled' },
): Promise<Booking | null> {
  const released = await changeRecord(
    Bookings,
    { _id: booking._id, version: booking.version, place: 'held' },
    { $set: { active: false, place: to, holdExpiresAt: null }, $pull: { effects: { key: 'release' } } },
    line(world, by, to === 'released' ? 'booking.release' : 'booking.cancel'),
  );
  if (released) freeSeat(booking);
  return released;
}

function freeSeat({ sessionId, seatNo }: Booking): void {
  if (sessionId && seatNo !== undefined) markFree(sessionId, seatNo);
}
