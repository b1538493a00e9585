import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { planMessages } from '../notifications/plan-messages';
import { findStudents } from '../roster/find-student';
import { type Announcement, Announcements } from './model';

const BATCH = 500;

/**
 * Effect `send-announcement`: plans a message for everybody who has a phone. One announcement and one account are one
 * message, however often this is begun anew. At night the messages wait for the morning, the home page does not.
 */
export async function sendAnnouncement(world: World, id: string): Promise<EffectOutcome> {
  const announcement = await Announcements.findById(id).lean<Announcement>();
  if (announcement?.state !== 'sending') return 'done';
  const { studentIds, campaignId, schoolId, at } = announcement;
  for (let from = 0; from < studentIds.length; from += BATCH) {
    const students = await findStudents(studentIds.slice(from, from + BATCH));
    const accounts = students.flatMap(({ binding }) => (binding ? [binding.accountId] : []));
    await planMessages(
      world,
      accounts.map((accountId) => ({
        kind: 'announcement' as const,
        about: `${id}:${accountId}`,
        subjectId: id,
        accountId,
        campaignId,
        schoolId,
        dueAt: at,
      })),
    );
  }
  await changeRecord(
    Announcements,
    { _id: id, state: 'sending' },
    { $set: { state: 'sent' } },
    line(world, 'system', 'announcement.planned'),
  );
  return 'done';
}
