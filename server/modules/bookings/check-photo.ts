import { photoCheckFrom } from '../../../shared/domain/home-state';
import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

/**
 * The student's own word on the portrait at the register. It may be given anew: a wrong portrait gets corrected.
 *
 * @throws AppError PHOTO_CHECK_TOO_EARLY, BOOKING_NOT_ACTIVE when there is no shot
 */
export async function checkPhoto(
  world: World,
  by: StudentActor,
  { booking, result, note }: { booking: Booking; result: 'right' | 'wrong'; note: string | null },
): Promise<void> {
  if (booking.attendance !== 'shot' || !booking.shotAt) throw new AppError('BOOKING_NOT_ACTIVE');
  const now = world.clock.now();
  const from = photoCheckFrom(shanghaiDay(booking.shotAt));
  if (shanghaiDay(now) < from) throw new AppError('PHOTO_CHECK_TOO_EARLY', { from });
  if (booking.photoCheck?.result === result && booking.photoCheck.note === note) return;
  await changeRecord(
    Bookings,
    { _id: booking._id, attendance: 'shot' },
    { $set: { photoCheck: { result, at: now, note } }, $unset: { photoHandled: '' } },
    line(world, actorName(by), 'booking.check-photo', { result }),
  );
}
