import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findStudent } from '../roster/find-student';
import { type Booking, Bookings } from './model';

/** Effect `hand-over-booking` of a student: the active booking belongs to whoever acts for the student now. */
export async function handOverBooking(world: World, studentId: string): Promise<EffectOutcome> {
  const student = await findStudent(studentId);
  if (!student) return 'done';
  const accountId = student.binding?.accountId ?? null;
  const booking = await Bookings.findOne({
    campaignId: student.campaignId,
    studentId,
    active: true,
  }).lean<Booking>();
  if (!booking || booking.accountId === accountId) return 'done';
  const handed = await changeRecord(
    Bookings,
    { _id: booking._id, active: true, accountId: booking.accountId },
    { $set: { accountId } },
    line(world, SYSTEM, 'booking.hand-over'),
  );
  return handed ? 'done' : { againAt: world.clock.now() };
}
