import { SYSTEM } from '../../http/actor';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign, priceOf } from '../campaigns/find-campaign';
import { findStudent } from '../roster/find-student';
import { findBooking } from './find-booking';
import { type Booking, Bookings } from './model';

/**
 * The booking that a payment at WeChat names, as far as it is lost: as one whose hold has ended, in the session of the
 * student's own group. What its money is still there for, the late payment then revives or refunds.
 *
 * @returns null when nobody here is that student, or the booking is another student's
 */
export async function rebuildBooking(
  world: World,
  facts: { bookingId: string; studentId: string; orderNo: string },
): Promise<Booking | null> {
  const { bookingId, studentId, orderNo } = facts;
  const existing = await findBooking(bookingId);
  if (existing) return existing.studentId === studentId ? listOrder(world, existing, orderNo) : null;
  const student = await findStudent(studentId);
  if (!student) return null;
  const campaign = await findCampaign(student.campaignId);
  return insertRecord(Bookings, {
    ...newRecord(bookingId, line(world, SYSTEM, 'booking.rebuild', { orderNo })),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    studentId,
    accountId: student.binding?.accountId ?? null,
    channel: 'online',
    sessionId: student.sessionId,
    ...(student.sessionId ? { seatNo: 1 } : {}),
    active: false,
    place: 'released',
    payment: 'unpaid',
    attendance: 'expected',
    feeItems: campaign.feeItems,
    amountFen: priceOf(campaign),
    holdExpiresAt: null,
    orderNo,
    orderNos: [orderNo],
    paidOrderNo: null,
    seeOriginalId: student.binding?.level === 'unverified',
    arrival: null,
    shotAt: null,
    shotKeys: [],
    createdAt: world.clock.now(),
  });
}

async function listOrder(world: World, booking: Booking, orderNo: string): Promise<Booking> {
  if (booking.orderNos.includes(orderNo)) return booking;
  const listed = await changeRecord(
    Bookings,
    { _id: booking._id, orderNos: { $ne: orderNo } },
    { $push: { orderNos: orderNo } },
    line(world, SYSTEM, 'booking.rebuild', { orderNo }),
  );
  return listed ?? booking;
}
