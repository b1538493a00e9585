import type { GridRow } from '../../../shared/domain/pasted-table';
import type { RosterRow } from '../../../shared/domain/roster';
import { RosterReader } from '../../../shared/domain/roster-reader';
import type { RosterColumn, RosterProblemCode } from '../../../shared/domain/roster-row';
import { countedProblems } from '../../../shared/domain/row-problems';
import type { Layout } from '../../../shared/domain/table-layout';
import { newRecord, type TrailLine } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { aliasesOf } from '../campaigns/aliases';
import type { Campaign } from '../campaigns/model';
import { changedFields, documentOf, enrolment, KNOWN_FIELDS, type KnownStudent } from './enrolment-fields';
import { matchStudents } from './match-students';
import { type Student, Students } from './model';
import { becauseOf } from './preview-roster';
import { type Change, rosterChanges } from './roster-changes';

export interface Written {
  students: number;
  added: number;
  changed: number;
  removed: number;
  unmatched: number;
}

/**
 * Writes a roster: new students added, known ones changed, missing ones marked as removed; who has a booking is never
 * removed, who was shot is not changed. Each student is one write, so being cut off half-way only means that the same
 * again does the rest. Afterwards students are matched to sessions.
 *
 * @param by   for the audit log
 * @param importId what the lines of the log belong to
 * @param onPart told after every thousand rows; when it answers false somebody else goes on, and this run ends
 * @returns undefined when it ended early
 */
export async function writeRoster(
  world: World,
  by: string,
  {
    campaign,
    importId,
    rows,
    layout,
    onPart,
  }: {
    campaign: Campaign;
    importId: string;
    rows: AsyncIterable<GridRow>;
    layout: Layout<RosterColumn>;
    onPart: (rowsDone: number) => Promise<boolean>;
  },
): Promise<Written | undefined> {
  const reader = new RosterReader(
    layout.columns,
    aliasesOf(campaign),
    countedProblems<RosterColumn, RosterProblemCode>(0),
  );
  const written = { added: 0, changed: 0, removed: 0 };
  const lineOf: LineOf = (verb, facts = {}) => line(world, by, verb, { ...facts, import: importId });
  for await (const part of rosterChanges(world, campaign._id, rows, reader)) {
    written.added += await add(world, lineOf, campaign, part.added);
    written.changed += await change(world, lineOf, part.changed);
    written.removed += await remove(world, lineOf, part.removed);
    if (!(await onPart(part.rowsRead))) return undefined;
  }
  const { unmatched } = await matchStudents(campaign._id);
  return { students: reader.studentNumbers().size, ...written, unmatched: unmatched.length };
}

type LineOf = (verb: string, facts?: TrailLine['facts']) => TrailLine;

async function add(
  world: World,
  lineOf: LineOf,
  campaign: Campaign,
  rows: readonly RosterRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  await Students.insertMany(
    rows.map((row) => newStudent(world, lineOf, campaign, row)),
    { lean: true },
  );
  return rows.length;
}

/** By compare-and-set; who was changed by somebody else meanwhile is read again and changed then. */
async function change(world: World, lineOf: LineOf, changes: readonly Change[]): Promise<number> {
  let waiting = changes.filter(
    ({ fields, booking }) => !booking || becauseOf(fields, booking.attendance) !== 'shot',
  );
  const count = waiting.length;
  while (waiting.length > 0) {
    const at = world.clock.now();
    const { modifiedCount } = await Students.bulkWrite(
      waiting.map(({ student, row, fields }) => ({
        updateOne: {
          filter: { _id: student._id, version: student.version },
          update: {
            $set: {
              ...enrolment(row),
              ...documentOf(world, student._id, row),
              removedAt: null,
              trailPending: true,
            },
            $inc: { version: 1 },
            $push: { trail: { ...lineOf('student.import-change', { fields }), at } },
          },
        },
      })),
    );
    if (modifiedCount === waiting.length) break;
    waiting = await stillDifferent(world, waiting);
  }
  return count;
}

async function stillDifferent(world: World, changes: readonly Change[]): Promise<Change[]> {
  const ids = changes.map(({ student }) => student._id);
  const now = await Students.find({ _id: { $in: ids } }, KNOWN_FIELDS).lean<KnownStudent[]>();
  const byId = new Map(now.map((student) => [student._id, student]));
  return changes.flatMap((change) => {
    const student = byId.get(change.student._id);
    if (!student) return [];
    const fields = changedFields(world, student, change.row);
    return fields.length > 0 ? [{ ...change, student, fields }] : [];
  });
}

/** Whoever was changed meanwhile (has bound an account, say) stays until the next import. */
async function remove(world: World, lineOf: LineOf, students: readonly KnownStudent[]): Promise<number> {
  if (students.length === 0) return 0;
  const { modifiedCount } = await Students.bulkWrite(
    students.map(({ _id, version }) => ({
      updateOne: {
        filter: { _id, version },
        update: {
          $set: { removedAt: world.clock.now(), trailPending: true },
          $inc: { version: 1 },
          $push: { trail: lineOf('student.import-remove') },
        },
      },
    })),
  );
  return modifiedCount;
}

function newStudent(world: World, lineOf: LineOf, campaign: Campaign, row: RosterRow): Student {
  const _id = world.ids.id();
  return {
    ...newRecord(_id, lineOf('student.import')),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    studentNo: row.studentNo,
    ...enrolment(row),
    ...documentOf(world, _id, row),
    sessionId: null,
    unmatchedBecause: null,
    binding: null,
    confirmedAt: null,
    correction: null,
    removedAt: null,
  };
}
