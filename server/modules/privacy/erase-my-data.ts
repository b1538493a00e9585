import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import type { World } from '../../world';
import { bookingsOfAccount } from '../bookings/find-booking';
import { forgetMessages } from '../notifications/forget-messages';
import { letGoOfStudents } from '../roster/let-go-of-students';
import { forgetIdentity } from '../verification/forget-identity';
import { isInUse } from './my-data';

/**
 * Erases what a student has given. Each step may be the last before a crash, and doing all of it again is doing it
 * once; the roster is the school's and stays, as do orders and the audit log, which hold no names, and what a student has
 * said is wrong with the portrait at the register: somebody is to mend it.
 *
 * @throws AppError ERASURE_TOO_EARLY while a place is held or booked
 */
export async function eraseMyData(world: World, by: StudentActor): Promise<void> {
  const bookings = await bookingsOfAccount(by.accountId);
  if (bookings.some(isInUse)) throw new AppError('ERASURE_TOO_EARLY');
  await world.blobs.deleteOwnedBy(actorName(by));
  await forgetIdentity(world, by);
  await forgetMessages(by.accountId);
  await letGoOfStudents(world, by);
}
