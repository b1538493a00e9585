import { AppError } from '../../errors';
import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign, priceOf } from '../campaigns/find-campaign';
import type { Student } from '../roster/model';
import { type Booking, Bookings } from './model';

/**
 * Books on site (现场预约). It takes no seat, so a full session never blocks it; one booking a student holds here too.
 *
 * @throws AppError ALREADY_BOOKED
 */
export async function bookWalkIn(
  world: World,
  by: StaffActor,
  {
    student,
    evidence,
    payment,
    nonce,
  }: { student: Student; evidence: string; payment: 'by_phone' | 'owed'; nonce: string },
): Promise<Booking> {
  const campaign = await findCampaign(student.campaignId);
  const amountFen = priceOf(campaign);
  const paymentState = payment === 'owed' ? 'owed' : 'unpaid';
  const booking: Booking = {
    ...newRecord(world.ids.id(), line(world, actorName(by), 'booking.walk-in', { evidence, payment, nonce })),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    studentId: student._id,
    accountId: student.binding?.accountId ?? null,
    channel: 'walk_in',
    sessionId: student.sessionId,
    active: true,
    place: 'booked',
    payment: amountFen === 0 ? 'waived' : paymentState,
    attendance: 'expected',
    feeItems: campaign.feeItems,
    amountFen,
    holdExpiresAt: null,
    orderNo: null,
    orderNos: [],
    paidOrderNo: null,
    // Staff have just looked at the evidence.
    seeOriginalId: false,
    arrival: null,
    shotAt: null,
    shotKeys: [],
    payTicket: world.ids.number(),
    createdAt: world.clock.now(),
  };
  try {
    return await insertRecord(Bookings, booking);
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    const existing = await Bookings.findOne({
      campaignId: campaign._id,
      studentId: student._id,
      active: true,
    }).lean<Booking>();
    if (existing?.trail.some(({ facts }) => facts.nonce === nonce)) return existing;
    throw new AppError('ALREADY_BOOKED');
  }
}
