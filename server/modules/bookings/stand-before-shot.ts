import { AppError } from '../../errors';
import { actorName, type StaffActor, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { currentBooking } from './find-booking';
import { Bookings } from './model';

/**
 * Enrolment data are corrected before the shot only, and the booking decides which of the two comes first: either its
 * trail allows the correction before the shot, or there is no correction. A correction that is allowed and then not made
 * (somebody changed the student meanwhile, the process died) leaves a line that is still true: there was no shot yet.
 *
 * @throws AppError CORRECTION_AFTER_SHOT
 */
export async function standBeforeShot(
  world: World,
  by: StaffActor | UserActor,
  { campaignId, studentId, field }: { campaignId: string; studentId: string; field: string },
): Promise<void> {
  const booking = await currentBooking(campaignId, studentId);
  if (!booking) return;
  const stands = await changeRecord(
    Bookings,
    { _id: booking._id, attendance: { $ne: 'shot' } },
    {},
    line(world, actorName(by), 'booking.allow-correction', { field }),
  );
  if (!stands) throw new AppError('CORRECTION_AFTER_SHOT');
}
