import { photoCheckFrom } from '../../../shared/domain/home-state';
import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

/**
 * Somebody has seen to a portrait that the student found wrong, or has reached a student who never looked. The student's
 * own next word ends it.
 *
 * @throws AppError BOOKING_NOT_ACTIVE when there is no shot, PHOTO_CHECK_TOO_EARLY, PHOTO_CHECK_SETTLED, CHANGED_MEANWHILE
 */
export async function handlePhotoCheck(
  world: World,
  by: UserActor,
  { booking, version, nonce, note }: { booking: Booking; version: number; nonce: string; note: string },
): Promise<void> {
  if (wasDone(booking, nonce)) return;
  if (booking.attendance !== 'shot' || !booking.shotAt) throw new AppError('BOOKING_NOT_ACTIVE');
  if (booking.photoCheck?.result === 'right') throw new AppError('PHOTO_CHECK_SETTLED');
  const now = world.clock.now();
  const from = photoCheckFrom(shanghaiDay(booking.shotAt));
  if (shanghaiDay(now) < from) throw new AppError('PHOTO_CHECK_TOO_EARLY', { from });
  const handled = await changeRecord(
    Bookings,
    { _id: booking._id, version, attendance: 'shot' },
    { $set: { photoHandled: { by: actorName(by), at: now, note } } },
    line(world, actorName(by), 'booking.handle-photo-check', { reason: note, nonce }),
  );
  if (!handled) throw new AppError('CHANGED_MEANWHILE');
}
