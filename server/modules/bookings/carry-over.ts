import type { ShanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StaffActor, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { keepMakeUpSession } from '../campaigns/make-up-sessions';
import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import { isMakeUp, makeUpDayOf, refuseUnlessMakeUpOpen } from './make-up-rule';
import { type Booking, Bookings } from './model';
import { takeSeat } from './take-seat';

/**
 * A missed place becomes a make-up place, and what was paid for the one pays for the other: nothing is refunded and
 * nothing paid again. Against the refund batch it is one compare-and-set with one winner. Whoever had arrived and left
 * before the shot leaves the number void.
 *
 * @throws AppError CAMPAIGN_CLOSED, MAKE_UP_NOT_OPEN, MAKE_UP_OVER, MAKE_UP_SLOT_CLOSED, SESSION_OVER, SOLD_OUT,
 *   BOOKING_NOT_ACTIVE
 */
export async function carryOver(
  world: World,
  by: StudentActor,
  { booking, to, campaign }: { booking: Booking; to: CollectionSession; campaign: Campaign },
): Promise<Booking> {
  const now = world.clock.now();
  if (!isMakeUp(to)) throw new AppError('CAMPAIGN_CLOSED');
  refuseUnlessMakeUpOpen(campaign, to, now);
  if (to.startsAt <= now) throw new AppError('SESSION_OVER');
  await keepMakeUpSession(world, to);
  const carried = await takeSeat(to, (seatNo) =>
    changeRecord(
      Bookings,
      { _id: booking._id, version: booking.version, place: 'booked', attendance: { $ne: 'shot' } },
      {
        $set: {
          sessionId: to._id,
          seatNo,
          ...makeUpDayOf(to),
          channel: 'online',
          attendance: 'expected',
          arrival: null,
        },
        $unset: { moved: 1 },
      },
      line(world, actorName(by), 'booking.make-up', { from: booking.sessionId, to: to._id, seatNo }),
    ),
  );
  if (!carried) throw new AppError('BOOKING_NOT_ACTIVE');
  return carried;
}

/**
 * Whoever missed a paid place and stands at the make-up desk without another one is let in on what they paid: no seat is
 * taken, as by a walk-in.
 *
 * @returns null when the booking changed meanwhile
 */
export const carryOverAtDesk = (
  world: World,
  by: StaffActor,
  { booking, day, evidence, nonce }: { booking: Booking; day: ShanghaiDay; evidence: string; nonce: string },
): Promise<Booking | null> =>
  changeRecord(
    Bookings,
    { _id: booking._id, version: booking.version, place: 'booked', attendance: { $ne: 'shot' } },
    {
      $set: { makeUpDay: day, channel: 'walk_in', attendance: 'expected', arrival: null },
      $unset: { seatNo: 1, moved: 1 },
    },
    line(world, actorName(by), 'booking.make-up', { from: booking.sessionId, evidence, nonce }),
  );
