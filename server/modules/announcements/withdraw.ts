import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Announcement, Announcements } from './model';
import { forgetNotices } from './notices';

/**
 * Takes an announcement back: it leaves the phones, and messages that have not gone out are not sent.
 *
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE when somebody else has taken it back
 */
export async function withdraw(
  world: World,
  by: UserActor,
  { id, nonce, reason }: { id: string; nonce: string; reason: string },
): Promise<void> {
  const announcement = await Announcements.findById(id, { studentIds: 0 }).lean<Announcement>();
  if (announcement?.schoolId !== by.schoolId) throw new AppError('NOT_FOUND');
  if (wasDone(announcement, nonce)) return;
  const withdrawn = await changeRecord(
    Announcements,
    { _id: id, state: { $in: ['sending', 'sent'] } },
    { $set: { state: 'withdrawn' } },
    line(world, actorName(by), 'announcement.withdraw', { reason, nonce }),
  );
  if (!withdrawn) throw new AppError('CHANGED_MEANWHILE');
  forgetNotices(announcement.campaignId);
}
