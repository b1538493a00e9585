import type { AnnouncementGroup } from '../../../shared/contract/announcements';
import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { studentsInGroup } from './group';
import { type Announcement, Announcements } from './model';

/** So long it stays on the phones of those who do not put it away. */
const LASTS_MINUTES = 14 * 24 * 60;

/**
 * Announces to the students who are in the group now. One insert decides: the messages follow as its effect.
 *
 * @param students as many as the person was shown; if it is no longer so, nobody is told
 * @throws AppError ANNOUNCEMENT_TO_NOBODY, ANNOUNCEMENT_GROUP_CHANGED
 */
export async function announce(
  world: World,
  by: UserActor,
  {
    campaign,
    title,
    text,
    group,
    students,
    nonce,
  }: {
    campaign: Campaign;
    title: string;
    text: string;
    group: AnnouncementGroup;
    students: number;
    nonce: string;
  },
): Promise<Announcement> {
  const before = await announcedWith(campaign._id, nonce);
  if (before) return before;
  const found = await studentsInGroup(campaign._id, group);
  if (found.length === 0) throw new AppError('ANNOUNCEMENT_TO_NOBODY');
  if (found.length !== students) throw new AppError('ANNOUNCEMENT_GROUP_CHANGED', { students: found.length });
  const at = world.clock.now();
  const actor = actorName(by);
  const announcement: Announcement = {
    ...newRecord(
      world.ids.id(),
      line(world, actor, 'announcement.announce', { headcount: found.length, reason: title, nonce }),
      [world.effects.scheduled('send', 'send-announcement', at)],
    ),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    nonce,
    title,
    text,
    group,
    studentIds: found.map(({ student }) => student._id),
    headcount: found.length,
    by: actor,
    at,
    expiresAt: addMinutes(at, LASTS_MINUTES),
    state: 'sending',
  };
  try {
    return await insertRecord(Announcements, announcement);
  } catch (error) {
    const twin = duplicateKey(error) && (await announcedWith(campaign._id, nonce));
    if (!twin) throw error;
    return twin;
  }
}

const announcedWith = (campaignId: string, nonce: string): Promise<Announcement | null> =>
  Announcements.findOne({ campaignId, nonce }).lean<Announcement>();
