import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

interface Asked {
  booking: Booking;
  version: number;
  nonce: string;
}

/**
 * Asks that an owed amount (待缴) need not be paid. Whoever pays meanwhile has paid: the wish then has no effect.
 *
 * @throws AppError NOTHING_TO_PAY, CHANGED_MEANWHILE
 */
export async function askWaiver(
  world: World,
  by: UserActor,
  { booking, version, nonce, reason }: Asked & { reason: string },
): Promise<Booking> {
  if (wasDone(booking, nonce)) return booking;
  if (booking.payment !== 'owed') throw new AppError('NOTHING_TO_PAY');
  const asked = await changeRecord(
    Bookings,
    { _id: booking._id, version, active: true, payment: 'owed' },
    { $set: { waiver: { reason, askedBy: actorName(by), at: world.clock.now() } } },
    line(world, actorName(by), 'booking.ask-waiver', { reason, nonce }),
  );
  if (!asked) throw new AppError('CHANGED_MEANWHILE');
  return asked;
}

/**
 * The second person decides on a waiver.
 *
 * @throws AppError TWO_PEOPLE_NEEDED, NOTHING_TO_PAY, CHANGED_MEANWHILE
 */
export async function decideWaiver(
  world: World,
  by: UserActor,
  { booking, version, nonce, decision }: Asked & { decision: 'approve' | 'reject' },
): Promise<Booking> {
  if (wasDone(booking, nonce)) return booking;
  if (booking.payment !== 'owed') throw new AppError('NOTHING_TO_PAY');
  if (!booking.waiver) throw new AppError('CHANGED_MEANWHILE');
  if (booking.waiver.askedBy === actorName(by)) throw new AppError('TWO_PEOPLE_NEEDED');
  const decided = await changeRecord(
    Bookings,
    { _id: booking._id, version, active: true, payment: 'owed' },
    decision === 'approve' ? { $set: { payment: 'waived', waiver: null } } : { $set: { waiver: null } },
    line(world, actorName(by), `booking.waiver-${decision}`, { nonce }),
  );
  if (!decided) throw new AppError('CHANGED_MEANWHILE');
  return decided;
}
