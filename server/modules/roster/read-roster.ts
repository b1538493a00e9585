import { aliasTable } from '../../../shared/domain/majors';
import { matchSessions } from '../../../shared/domain/match-sessions';
import { parseRoster, type RosterReading, type RosterRow } from '../../../shared/domain/roster';
import type { World } from '../../world';
import type { Campaign } from '../campaigns/model';
import { groupsOf, secondDegreePlan } from './match-students';
import { type Student, Students } from './model';

export interface RosterDiff {
  reading: RosterReading;
  added: RosterRow[];
  changed: { student: KnownStudent; row: RosterRow }[];
  removed: KnownStudent[];
  unchanged: number;
  /** Rows that no session is for. */
  unmatched: { line: number; major: string; reason: string }[];
}

type KnownStudent = Pick<
  Student,
  | '_id'
  | 'studentNo'
  | 'name'
  | 'documentIndex'
  | 'college'
  | 'major'
  | 'className'
  | 'training'
  | 'graduationType'
  | 'removedAt'
  | 'version'
>;

/** Reads a roster and compares it with the one there is. Writes nothing. */
export async function readRosterFor(world: World, campaign: Campaign, csv: string): Promise<RosterDiff> {
  const aliases = Object.entries(campaign.majorAliases).map(([from, to]) => ({ from, to }));
  const reading = parseRoster(csv, { aliases: aliasTable(aliases) });
  const known = await Students.find(
    { campaignId: campaign._id },
    {
      studentNo: 1,
      name: 1,
      documentIndex: 1,
      college: 1,
      major: 1,
      className: 1,
      training: 1,
      graduationType: 1,
      removedAt: 1,
      version: 1,
    },
  ).lean<KnownStudent[]>();
  const byNumber = new Map(known.map((student) => [student.studentNo, student]));
  const diff: RosterDiff = {
    reading,
    added: [],
    changed: [],
    removed: [],
    unchanged: 0,
    unmatched: await unmatchedRows(campaign._id, reading.rows),
  };
  for (const row of reading.rows) {
    const student = byNumber.get(row.studentNo);
    if (!student) diff.added.push(row);
    else if (differs(world, student, row)) diff.changed.push({ student, row });
    else diff.unchanged += 1;
  }
  const listed = new Set(reading.rows.map(({ studentNo }) => studentNo));
  diff.removed = known.filter(({ studentNo, removedAt }) => removedAt === null && !listed.has(studentNo));
  return diff;
}

const differs = (world: World, student: KnownStudent, row: RosterRow): boolean =>
  student.removedAt !== null ||
  student.name !== row.name ||
  student.college !== row.college ||
  student.major !== row.major ||
  student.className !== row.className ||
  student.training !== row.training ||
  student.graduationType !== row.graduationType ||
  (row.document !== undefined &&
    student.documentIndex !== world.blindIndex.of(row.document.type, row.document.number));

async function unmatchedRows(
  campaignId: string,
  rows: readonly RosterRow[],
): Promise<RosterDiff['unmatched']> {
  const students = rows.map((row) => ({ ...row, studentId: row.studentNo }));
  const { unmatched } = matchSessions(
    await groupsOf(campaignId),
    students,
    await secondDegreePlan(campaignId),
  );
  const reasons = new Map(unmatched.map(({ studentId, message }) => [studentId, message]));
  return rows.flatMap(({ line, major, studentNo }) => {
    const reason = reasons.get(studentNo);
    return reason === undefined ? [] : [{ line, major, reason }];
  });
}
