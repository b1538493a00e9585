import { MAKE_UP_ROOM, makeUpStage } from '../../../shared/domain/make-up-slots';
import { type ShanghaiDay, shanghaiDay, spokenDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { carryOverAtDesk } from '../bookings/carry-over';
import { currentBooking, findBooking } from '../bookings/find-booking';
import { isMissed } from '../bookings/make-up-rule';
import type { Booking } from '../bookings/model';
import { refuseForeignRoom } from '../bookings/own-rooms';
import { recordArrival } from '../bookings/record-attendance';
import { bookWalkIn } from '../bookings/walk-in';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { findStudent } from '../roster/find-student';
import type { Student } from '../roster/model';
import type { Judged } from './scan';

/**
 * Books on site, on a day of the collection or at the make-up place while that is open. Who owes (待缴) is let in at
 * once; who pays by phone is let in by the next scan, once it is paid.
 *
 * @throws AppError NOT_ALLOWED at a room that is not the phone's, NOT_ON_ROSTER, ALREADY_BOOKED, CAMPAIGN_CLOSED,
 *   NOT_A_COLLECTION_DAY
 */
export async function takeWalkIn(
  world: World,
  by: StaffActor,
  facts: { studentId: string; evidence: string; payment: 'by_phone' | 'owed'; room: string; nonce: string },
): Promise<Judged> {
  refuseForeignRoom(by, facts.room);
  const campaign = await findCampaign(by.campaignId);
  const today = shanghaiDay(world.clock.now());
  const isMakeUp = facts.room === MAKE_UP_ROOM && makeUpStage(campaign, world.clock.now()) === 'open';
  if (!isMakeUp) refuseUnlessCollecting(campaign, today);
  const student = await findStudent(facts.studentId);
  if (student?.campaignId !== by.campaignId)
    throw new AppError('NOT_ON_ROSTER', { contact: campaign.registryOffice });
  const carried = isMakeUp
    ? await carryMissedOver(world, by, { student, campaign, day: today, ...facts })
    : null;
  const booking =
    carried ?? (await bookWalkIn(world, by, { student, ...facts, makeUpDay: isMakeUp ? today : null }));
  const seen = { student, session: null, candidates: [] };
  if (booking.payment === 'unpaid') return { reason: 'unpaid', admitted: false, booking, ...seen };
  const at = world.clock.now();
  const reason = await reasonFor(booking, at);
  const arrived = await recordArrival(world, by, booking, {
    at,
    day: shanghaiDay(at),
    room: facts.room,
    reason,
    flags: booking.payment === 'owed' ? ['owed'] : [],
    by: 'walk-in',
    originalSeen: true,
    nonce: facts.nonce,
  });
  if (arrived) return { reason, admitted: true, booking: arrived, ...seen };
  const now = await findBooking(booking._id);
  const isIn = now?.arrival != null;
  return { reason: isIn ? reason : 'cancelled', admitted: isIn, booking: now ?? booking, ...seen };
}

/** @throws AppError CAMPAIGN_CLOSED, NOT_A_COLLECTION_DAY */
function refuseUnlessCollecting({ collectionClosedAt, collectionDays }: Campaign, today: ShanghaiDay): void {
  if (collectionClosedAt) throw new AppError('CAMPAIGN_CLOSED');
  const days = collectionDays.map(({ day }) => day);
  if (!days.includes(today))
    throw new AppError('NOT_A_COLLECTION_DAY', { days: days.map(spokenDay).join('、') });
}

/** Paid for a time that has gone by: the student pays nothing more. */
async function carryMissedOver(
  world: World,
  by: StaffActor,
  facts: { student: Student; campaign: Campaign; day: string; evidence: string; nonce: string },
): Promise<Booking | null> {
  const booking = await currentBooking(facts.student.campaignId, facts.student._id);
  if (!booking || !isMissed(booking, facts.campaign, world.clock.now())) return null;
  return carryOverAtDesk(world, by, { booking, ...facts });
}

/** A walk-in belongs to no session; whether the own group's is over tells those in time from the late ones. */
async function reasonFor({ campaignId, sessionId }: Booking, at: Date): Promise<'ok' | 'late_same_day'> {
  const session = (await sessionsOf(campaignId)).find(({ _id }) => _id === sessionId);
  const isLate = session && session.day === shanghaiDay(at) && at >= session.endsAt;
  return isLate ? 'late_same_day' : 'ok';
}
