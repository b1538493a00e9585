import { placementOf } from '../../../shared/domain/timetable-change';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign } from '../campaigns/find-campaign';
import { keepMakeUpSession } from '../campaigns/make-up-sessions';
import type { CollectionSession } from '../campaigns/session-model';
import { isMakeUp, makeUpDayOf } from './make-up-rule';
import { type Booking, Bookings } from './model';
import { markFree } from './seats';
import { takeSeat } from './take-seat';

interface Asked {
  booking: Booking;
  version: number;
  nonce: string;
  reason: string;
}

/**
 * Moves a booking for a student: to any group's session, until it has ended, the reserve included. Seats are not made
 * here. The student is told as by a timetable change.
 *
 * @throws AppError CHANGED_MEANWHILE, SAME_SESSION, SESSION_OVER, SOLD_OUT, BOOKING_NOT_ACTIVE
 */
export async function moveBooking(
  world: World,
  by: UserActor,
  {
    booking,
    version,
    nonce,
    reason,
    from,
    to,
  }: Asked & {
    from: CollectionSession | null;
    to: CollectionSession;
  },
): Promise<Booking> {
  if (wasDone(booking, nonce)) return booking;
  if (!booking.active || booking.attendance !== 'expected') throw new AppError('BOOKING_NOT_ACTIVE');
  if (booking.sessionId === to._id) throw new AppError('SAME_SESSION');
  const now = world.clock.now();
  if (to.endsAt <= now) throw new AppError('SESSION_OVER');
  if (isMakeUp(to)) await keepMakeUpSession(world, to);
  const { version: changeNo } = await findCampaign(booking.campaignId);
  const moved = from && {
    changeId: world.ids.id(),
    changeNo,
    at: now,
    reason,
    from: placementOf(from),
    to: placementOf(to),
    acknowledgedAt: null,
  };
  const after = await takeSeat(to, (seatNo) =>
    changeRecord(
      Bookings,
      { _id: booking._id, version, active: true, attendance: 'expected' },
      { $set: { sessionId: to._id, seatNo, ...makeUpDayOf(to), ...(moved ? { moved } : {}) } },
      line(world, actorName(by), 'booking.move', {
        from: booking.sessionId,
        to: to._id,
        seatNo,
        reason,
        nonce,
      }),
    ),
  );
  if (!after) throw new AppError('CHANGED_MEANWHILE');
  if (booking.sessionId && booking.seatNo !== undefined) markFree(booking.sessionId, booking.seatNo);
  return after;
}

/**
 * Cancels a booked place for a student, also after the student may no longer. The money goes back through the effect in
 * the same write.
 *
 * @throws AppError CHANGED_MEANWHILE, BOOKING_NOT_ACTIVE
 */
export async function cancelByOffice(
  world: World,
  by: UserActor,
  { booking, version, nonce, reason }: Asked,
): Promise<Booking> {
  if (wasDone(booking, nonce)) return booking;
  if (booking.place !== 'booked' || booking.attendance !== 'expected')
    throw new AppError('BOOKING_NOT_ACTIVE');
  const effect = world.effects.planned('refund', 'refund-booking', { reason: 'cancelled_by_office' });
  const cancelled = await changeRecord(
    Bookings,
    { _id: booking._id, version, place: 'booked', attendance: 'expected' },
    { $set: { active: false, place: 'cancelled' } },
    line(world, actorName(by), 'booking.cancel', { reason, nonce }),
    [effect],
  );
  if (!cancelled) throw new AppError('CHANGED_MEANWHILE');
  if (booking.sessionId && booking.seatNo !== undefined) markFree(booking.sessionId, booking.seatNo);
  await world.effects.runNow(Bookings, booking._id, effect);
  return cancelled;
}
