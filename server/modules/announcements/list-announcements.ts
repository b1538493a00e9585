import type { AnnouncementView } from '../../../shared/contract/announcements';
import { namesOf } from '../accounts/names-of';
import { countAnnounced } from '../notifications/count-announced';
import { type Announcement, Announcements } from './model';
import { AnnouncementReads } from './read-model';

const MOST = 100;

/** The newest announcements of a campaign with what became of their messages. */
export async function listAnnouncements(schoolId: string, campaignId: string): Promise<AnnouncementView[]> {
  const found = await Announcements.find({ campaignId }, { studentIds: 0 })
    .sort({ at: -1 })
    .limit(MOST)
    .lean<Omit<Announcement, 'studentIds'>[]>();
  const [names, messages, reads] = await Promise.all([
    namesOf(
      schoolId,
      found.map(({ by }) => by),
    ),
    countAnnounced(campaignId),
    countReads(found.map(({ _id }) => _id)),
  ]);
  return found.map(({ _id, title, text, group, by, at, state, headcount }) => ({
    id: _id,
    title,
    text,
    group,
    by: names[by] ?? by,
    at: at.toISOString(),
    state,
    students: headcount,
    read: reads.get(_id) ?? 0,
    messages: { queued: 0, sending: 0, sent: 0, not_sent: 0, ...messages.get(_id) },
  }));
}

async function countReads(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await AnnouncementReads.aggregate<{ _id: string; count: number }>([
    { $match: { announcementId: { $in: [...ids] } } },
    { $group: { _id: '$announcementId', count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}
