import { createHash } from 'node:crypto';
import type { TimetablePreview } from '../../../shared/contract/campaigns';
import type { TimetableImportPreview } from '../../../shared/contract/imports';
import type { GridRow } from '../../../shared/domain/pasted-table';
import type { Layout } from '../../../shared/domain/table-layout';
import { shanghaiTime } from '../../../shared/domain/time';
import type { TimetableRow } from '../../../shared/domain/timetable';
import type { TimetableColumn } from '../../../shared/domain/timetable-row';
import { troubledRow } from '../../../shared/domain/troubled-rows';
import { isAnyBooked } from '../bookings/counts';
import { countKinds } from '../roster/count-kinds';
import { sessionsOf } from './find-campaign';
import { readTimetableFor } from './import-timetable';
import type { Campaign } from './model';
import { noticeFindings } from './notice-check';
import { presentFinding, presentProblem } from './present-problem';
import type { CollectionSession } from './session-model';

const MOST_LISTED = 500;

/**
 * What importing a timetable would do, with what the notice check says of it. The same fingerprint later means that
 * campaign and sessions are still the same. Writes nothing.
 *
 * @param noticeText the notice around the table, when it came with one
 */
export async function previewTimetable(
  campaign: Campaign,
  {
    grid,
    layout,
    capacityMarginPercent,
    noticeText,
  }: {
    grid: readonly GridRow[];
    layout: Layout<TimetableColumn>;
    capacityMarginPercent: number;
    noticeText: string;
  },
): Promise<TimetableImportPreview> {
  const { rows, problems } = readTimetableFor(campaign, grid, layout);
  const [sessions, isInUse, roster] = await Promise.all([
    sessionsOf(campaign._id),
    isAnyBooked(campaign._id),
    countKinds(campaign),
  ]);
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  // While rows are missing, the rest would be found wanting too.
  const findings = hasErrors
    ? []
    : noticeFindings(campaign, rows, { roster, text: noticeText || (campaign.noticeText ?? '') });
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of problems) counts[severity] += 1;
  const troubledLines = new Set(problems.map(({ line }) => line));
  return {
    kind: 'timetable',
    fingerprint: fingerprintOf(campaign, isInUse, capacityMarginPercent),
    rows: rows.map(presentRow),
    problems: problems.map(presentProblem),
    findings: findings.map(presentFinding),
    totals: totalsOf(rows),
    counts,
    troubled: grid
      .filter(({ line }) => troubledLines.has(line))
      .slice(0, MOST_LISTED)
      .map((row) => troubledRow(row, layout.columns)),
    changes: changesTo(sessions, rows),
    isInUse,
  };
}

const fingerprintOf = ({ version, timetable }: Campaign, isInUse: boolean, margin: number): string =>
  createHash('sha256')
    .update(JSON.stringify([version, timetable, isInUse, margin]))
    .digest('hex');

const presentRow = (row: TimetableRow): TimetablePreview['rows'][number] => ({
  line: row.line,
  building: row.building,
  room: row.room,
  major: row.major,
  trainings: row.trainings,
  headcount: row.headcount,
  day: row.day,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  remark: row.remark,
});

function totalsOf(rows: readonly TimetableRow[]): TimetablePreview['totals'] {
  const rooms = new Map<string, { room: string; rows: number; headcount: number }>();
  for (const { room, headcount } of rows) {
    const known = rooms.get(room) ?? { room, rows: 0, headcount: 0 };
    rooms.set(room, { room, rows: known.rows + 1, headcount: known.headcount + headcount });
  }
  return {
    rows: rows.length,
    headcount: rows.reduce((sum, { headcount }) => sum + headcount, 0),
    rooms: [...rooms.values()],
  };
}

/** Rows and sessions of one name meet in the order of the day: 土木工程 may stand there several times. */
function changesTo(
  sessions: readonly CollectionSession[],
  rows: readonly TimetableRow[],
): TimetableImportPreview['changes'] {
  const waiting = new Map<string, CollectionSession[]>();
  for (const session of sessions)
    waiting.set(session.title, [...(waiting.get(session.title) ?? []), session]);
  const changes: TimetableImportPreview['changes'] = { added: 0, removed: 0, changed: [], unchanged: 0 };
  for (const row of rows) {
    const same = waiting.get(row.major) ?? [];
    const after = wordsOf(row);
    const exact = same.findIndex((session) => wordsOfSession(session) === after);
    const [session] = same.splice(Math.max(0, exact), 1);
    if (!session) changes.added += 1;
    else if (exact >= 0) changes.unchanged += 1;
    else changes.changed.push({ title: row.major, before: wordsOfSession(session), after });
  }
  changes.removed = [...waiting.values()].flat().length;
  return changes;
}

const wordsOf = ({ room, day, startsAt, endsAt, headcount }: TimetableRow): string =>
  `${day} ${startsAt}–${endsAt} ${room} ${headcount} 人`;

const wordsOfSession = ({ room, day, startsAt, endsAt, headcount }: CollectionSession): string =>
  `${day} ${shanghaiTime(startsAt)}–${shanghaiTime(endsAt)} ${room} ${headcount} 人`;
