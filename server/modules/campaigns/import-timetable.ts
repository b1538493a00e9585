import { createHash } from 'node:crypto';
import type { GridRow } from '../../../shared/domain/pasted-table';
import type { Layout } from '../../../shared/domain/table-layout';
import { atShanghai } from '../../../shared/domain/time';
import { readTimetable, type TimetableReading, type TimetableRow } from '../../../shared/domain/timetable';
import type { TimetableColumn } from '../../../shared/domain/timetable-row';
import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { isAnyBooked } from '../bookings/counts';
import { aliasesOf } from './aliases';
import { findCampaign, forgetCampaign } from './find-campaign';
import { keptForMs } from './keep-timetable';
import { type Campaign, Campaigns } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';

/** Reads a timetable with this campaign's year and aliases. Writes nothing. */
export function readTimetableFor(
  campaign: Campaign,
  grid: readonly GridRow[],
  layout?: Layout<TimetableColumn>,
): TimetableReading {
  const [first] = campaign.collectionDays.map(({ day }) => day).sort();
  return readTimetable(grid, {
    year: first ? Number(first.slice(0, 4)) : campaign.graduationYear,
    aliases: aliasesOf(campaign),
    ...(layout ? { layout } : {}),
  });
}

/**
 * Writes a timetable as sessions. All sessions first, then one compare-and-set makes them the campaign's: whoever dies
 * in between leaves sessions that nobody sees. A session's id follows from its row, so that the same import carried out
 * by two at once, one of whom had lost its lease, is the same sessions, also those that somebody has booked since. Where a place is taken, or may be at this moment, the table is no longer
 * replaced as a whole; the guard is the campaign's lease as it was before the look at the bookings.
 *
 * @param by       for the audit log
 * @param timetable the id of this import: begun again after a crash, it takes up what is there
 * @param noticeText kept for the notice check, when the table came with it; "" leaves the one there is
 * @throws AppError TIMETABLE_HAS_PROBLEMS with all of them, TIMETABLE_IN_USE, TIMETABLE_JUST_USED, CHANGED_MEANWHILE
 */
export async function importTimetable(
  world: World,
  by: string,
  {
    campaign,
    timetable,
    reading: { rows, problems },
    capacityMarginPercent,
    noticeText = '',
  }: {
    campaign: Campaign;
    timetable: string;
    reading: TimetableReading;
    capacityMarginPercent: number;
    noticeText?: string;
  },
): Promise<{ sessions: number; headcount: number }> {
  const written = {
    sessions: rows.length,
    headcount: rows.reduce((sum, { headcount }) => sum + headcount, 0),
  };
  if (campaign.timetable === timetable) return written;
  await refuseInUse(world, campaign);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || rows.length === 0) {
    throw new AppError('TIMETABLE_HAS_PROBLEMS', { count: errors.length, problems: errors.slice(0, 500) });
  }
  const sessions = rows.map((row) =>
    newSession(world, by, { campaign, timetable, row, capacityMarginPercent }),
  );
  await writeSessions(campaign._id, timetable, sessions);
  const changed = await changeRecord(
    Campaigns,
    {
      _id: campaign._id,
      version: campaign.version,
      timetableKeptUntil: campaign.timetableKeptUntil ?? null,
    },
    { $set: { timetable, ...(noticeText ? { noticeText } : {}) } },
    line(world, by, 'campaign.import-timetable', { sessions: rows.length, wrote: timetable }),
  );
  forgetCampaign(campaign._id);
  if (changed) return written;
  const now = await findCampaign(campaign._id);
  if (now.timetable === timetable) return written;
  await refuseInUse(world, now);
  throw new AppError('CHANGED_MEANWHILE');
}

/** The lease first: a place that was taken under an older one is there by now. */
async function refuseInUse(world: World, campaign: Campaign): Promise<void> {
  const waitMs = keptForMs(campaign, world.clock.now());
  if (await isAnyBooked(campaign._id)) throw new AppError('TIMETABLE_IN_USE');
  if (waitMs > 0) throw new AppError('TIMETABLE_JUST_USED', { minutes: Math.ceil(waitMs / 60_000) });
}

/** Those of an earlier attempt with other rows go; those that are there already stay. */
async function writeSessions(
  campaignId: string,
  timetable: string,
  sessions: CollectionSession[],
): Promise<void> {
  const ids = sessions.map(({ _id }) => _id);
  await CollectionSessions.deleteMany({ campaignId, timetable, _id: { $nin: ids } });
  try {
    await CollectionSessions.insertMany(sessions, { lean: true, ordered: false });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

function newSession(
  world: World,
  by: string,
  facts: { campaign: Campaign; timetable: string; row: TimetableRow; capacityMarginPercent: number },
): CollectionSession {
  const { campaign, timetable, row, capacityMarginPercent } = facts;
  const { headcount, day } = row;
  return {
    ...newRecord(
      idOf(timetable, row, capacityMarginPercent),
      line(world, by, 'session.create', { line: row.line, import: timetable }),
    ),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    timetable,
    line: row.line,
    building: row.building,
    room: row.room,
    day,
    startsAt: atShanghai(day, row.startsAt),
    endsAt: atShanghai(day, row.endsAt),
    title: row.major,
    groups: [
      { major: row.majorName, direction: row.direction, trainings: row.trainings, college: row.college },
    ],
    remark: row.remark,
    headcount,
    capacity: headcount + Math.ceil((headcount * capacityMarginPercent) / 100) + campaign.rules.reserveSeats,
  };
}

const idOf = (timetable: string, row: TimetableRow, capacityMarginPercent: number): string =>
  createHash('sha256')
    .update(JSON.stringify([timetable, row, capacityMarginPercent]))
    .digest('hex')
    .slice(0, 24);
