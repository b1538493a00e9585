import type { ShanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign, priceOf } from '../campaigns/find-campaign';
import type { Student } from '../roster/model';
import { type Booking, Bookings } from './model';

/**
 * Books on site (现场预约). It takes no seat, so a full session never blocks it; one booking a student holds here too.
 *
 * Asked again for a walk-in that is not paid, it goes on with that one.
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
    makeUpDay,
  }: {
    student: Student;
    evidence: string;
    payment: 'by_phone' | 'owed';
    nonce: string;
    /** Today, when it is at the make-up place. */
    makeUpDay: ShanghaiDay | null;
  },
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
    ...(makeUpDay === null ? {} : { makeUpDay }),
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
    if (existing?.channel !== 'walk_in' || existing.payment !== 'unpaid')
      throw new AppError('ALREADY_BOOKED');
    return payment === 'owed' ? oweInstead(world, by, existing, nonce) : existing;
  }
}

/** The phone that was to pay does not: the student is let in all the same and owes (待缴). An order may still be paid. */
async function oweInstead(world: World, by: StaffActor, { _id }: Booking, nonce: string): Promise<Booking> {
  const owing = await changeRecord(
    Bookings,
    { _id, place: 'booked', payment: 'unpaid' },
    { $set: { payment: 'owed' } },
    line(world, actorName(by), 'booking.owe', { nonce }),
  );
  // Paid at this moment: all the better.
  const now = owing ?? (await Bookings.findById(_id).lean<Booking>());
  if (!now) throw new AppError('NOT_FOUND');
  return now;
}
