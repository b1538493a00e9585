import { aliasTable } from '../../../shared/domain/majors';
import { atShanghai } from '../../../shared/domain/time';
import { parseTimetable, type TimetableReading, type TimetableRow } from '../../../shared/domain/timetable';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCampaign } from './find-campaign';
import { type Campaign, Campaigns } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';

/** Reads a pasted timetable with this campaign's year and aliases. Writes nothing. */
export function readTimetableFor(campaign: Campaign, text: string): TimetableReading {
  const [first] = campaign.collectionDays.map(({ day }) => day).sort();
  const aliases = Object.entries(campaign.majorAliases).map(([from, to]) => ({ from, to }));
  return parseTimetable(text, {
    year: first ? Number(first.slice(0, 4)) : campaign.graduationYear,
    aliases: aliasTable(aliases),
  });
}

/**
 * Writes a timetable as sessions. All sessions first, then one compare-and-set makes them the campaign's: whoever dies
 * in between leaves sessions that nobody sees.
 *
 * @param isBooked whether any place of the campaign is taken; then the table is no longer replaced as a whole
 * @throws AppError TIMETABLE_HAS_PROBLEMS with all of them, TIMETABLE_IN_USE, CHANGED_MEANWHILE
 */
export async function importTimetable(
  world: World,
  by: UserActor,
  {
    campaign,
    text,
    capacityMarginPercent,
    isBooked,
  }: { campaign: Campaign; text: string; capacityMarginPercent: number; isBooked: boolean },
): Promise<{ sessions: number; headcount: number }> {
  if (isBooked) throw new AppError('TIMETABLE_IN_USE');
  const { rows, problems } = readTimetableFor(campaign, text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || rows.length === 0) {
    throw new AppError('TIMETABLE_HAS_PROBLEMS', { count: errors.length, problems: errors.slice(0, 500) });
  }
  const timetable = world.ids.id();
  const who = actorName(by);
  await CollectionSessions.insertMany(
    rows.map((row) => newSession(world, who, { campaign, timetable, row, capacityMarginPercent })),
    { lean: true },
  );
  const changed = await changeRecord(
    Campaigns,
    { _id: campaign._id, version: campaign.version },
    { $set: { timetable } },
    line(world, who, 'campaign.import-timetable', { sessions: rows.length }),
  );
  forgetCampaign(campaign._id);
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return { sessions: rows.length, headcount: rows.reduce((sum, { headcount }) => sum + headcount, 0) };
}

function newSession(
  world: World,
  by: string,
  facts: { campaign: Campaign; timetable: string; row: TimetableRow; capacityMarginPercent: number },
): CollectionSession {
  const { campaign, timetable, row, capacityMarginPercent } = facts;
  const { headcount, day } = row;
  return {
    ...newRecord(world.ids.id(), line(world, by, 'session.create', { line: row.line })),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    timetable,
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
