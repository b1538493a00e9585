import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { recordArrival } from '../bookings/record-attendance';
import { bookWalkIn } from '../bookings/walk-in';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import { findStudent } from '../roster/find-student';
import type { Judged } from './scan';

/**
 * Books on site. Who owes (待缴) is let in at once; who pays by phone is let in by the next scan, once it is paid.
 *
 * @throws AppError NOT_ON_ROSTER, ALREADY_BOOKED, CAMPAIGN_CLOSED
 */
export async function takeWalkIn(
  world: World,
  by: StaffActor,
  facts: { studentId: string; evidence: string; payment: 'by_phone' | 'owed'; room: string; nonce: string },
): Promise<Judged> {
  const campaign = await findCampaign(by.campaignId);
  if (campaign.collectionClosedAt) throw new AppError('CAMPAIGN_CLOSED');
  const student = await findStudent(facts.studentId);
  if (student?.campaignId !== by.campaignId)
    throw new AppError('NOT_ON_ROSTER', { contact: campaign.registryOffice });
  const booking = await bookWalkIn(world, by, { student, ...facts });
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

/** A walk-in belongs to no session; whether the own group's is over tells those in time from the late ones. */
async function reasonFor({ campaignId, sessionId }: Booking, at: Date): Promise<'ok' | 'late_same_day'> {
  const session = (await sessionsOf(campaignId)).find(({ _id }) => _id === sessionId);
  const isLate = session && session.day === shanghaiDay(at) && at >= session.endsAt;
  return isLate ? 'late_same_day' : 'ok';
}
