import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type User, Users } from './user-model';

/** Whether a school has an office user (教务处) who may sign in, besides this one. */
export const hasAnotherOffice = async ({ _id, schoolId }: User): Promise<boolean> =>
  (await Users.exists({ schoolId, role: 'office', disabledAt: null, _id: { $ne: _id } })) !== null;

export const isActiveOffice = ({ role, disabledAt }: Pick<User, 'role' | 'disabledAt'>): boolean =>
  role === 'office' && disabledAt === null;

/**
 * Effect `keep-an-office` of a user who was the office's and no longer is. Two who disable each other at the same moment
 * have both looked and both found another; whoever looks after the last of the two writes finds nobody, and takes it
 * back. Perhaps both do, and both stay.
 */
export async function keepAnOffice(world: World, userId: string): Promise<'done'> {
  const user = await Users.findById(userId).lean<User>();
  if (!user || isActiveOffice(user) || (await hasAnotherOffice(user))) return 'done';
  await changeRecord(
    Users,
    { _id: userId, version: user.version },
    { $set: { role: 'office', colleges: [], disabledAt: null } },
    line(world, SYSTEM, 'user.keep-office'),
  );
  // Whoever changed the user meanwhile wrote a wish of their own, or made an office user of somebody.
  return 'done';
}
