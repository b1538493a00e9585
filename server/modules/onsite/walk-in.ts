import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { recordArrival } from '../bookings/record-attendance';
import { bookWalkIn } from '../bookings/walk-in';
import { findCampaign } from '../campaigns/find-campaign';
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
  const arrived = await recordArrival(world, by, booking, {
    at,
    day: shanghaiDay(at),
    room: facts.room,
    reason: 'ok',
    flags: booking.payment === 'owed' ? ['owed'] : [],
    by: 'walk-in',
    originalSeen: true,
    nonce: facts.nonce,
  });
  return { reason: 'ok', admitted: true, booking: arrived ?? booking, ...seen };
}
