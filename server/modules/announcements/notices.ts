import type { AnnouncementNotice } from '../../../shared/contract/announcements';
import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { createRemembered } from '../../platform/remembered';
import { type Announcement, Announcements } from './model';
import { type AnnouncementRead, AnnouncementReads, readId } from './read-model';

/** An announcement may reach a home page so much later on another instance. */
const CACHE_MS = 5_000;
/** More would push the ticket off the page. */
const MOST = 5;

interface Live {
  notice: AnnouncementNotice;
  expiresAt: Date;
  studentIds: ReadonlySet<string>;
}

const live = createRemembered<readonly Live[]>({ max: 200, ttlMs: CACHE_MS });

export const forgetNotices = (campaignId: string): void => live.forget(campaignId);

/** What the home page of a student shows, newest first: nothing is read for those whom no announcement concerns. */
export async function noticesFor(
  campaignId: string,
  studentId: string,
  now: Date,
): Promise<AnnouncementNotice[]> {
  const theirs = (await live.get(campaignId, () => readLive(campaignId, now))).filter(
    ({ studentIds, expiresAt }) => studentIds.has(studentId) && expiresAt > now,
  );
  if (theirs.length === 0) return [];
  const ids = theirs.map(({ notice }) => readId(notice.id, studentId));
  const reads = await AnnouncementReads.find({ _id: { $in: ids } }).lean<AnnouncementRead[]>();
  const read = new Set(reads.map(({ announcementId }) => announcementId));
  return theirs.map(({ notice }) => notice).filter(({ id }) => !read.has(id));
}

/** Twice is once. @throws AppError NOT_FOUND when it is not for this student */
export async function markRead(
  announcementId: string,
  studentIds: readonly string[],
  at: Date,
): Promise<void> {
  const announcement = await Announcements.findOne({
    _id: announcementId,
    studentIds: { $in: [...studentIds] },
  }).lean<Announcement>();
  const [studentId] = studentIds.filter((id) => announcement?.studentIds.includes(id));
  if (studentId === undefined) throw new AppError('NOT_FOUND');
  try {
    await AnnouncementReads.create({ _id: readId(announcementId, studentId), announcementId, at });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

async function readLive(campaignId: string, now: Date): Promise<readonly Live[]> {
  const found = await Announcements.find({ campaignId, state: { $ne: 'withdrawn' }, expiresAt: { $gt: now } })
    .sort({ at: -1 })
    .limit(MOST)
    .lean<Announcement[]>();
  return found.map(({ _id, title, text, at, expiresAt, studentIds }) => ({
    notice: { id: _id, title, text, at: at.toISOString() },
    expiresAt,
    studentIds: new Set(studentIds),
  }));
}
