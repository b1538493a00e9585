import { maskDocumentNumber } from '../../../shared/domain/documents';
import type { RosterRow } from '../../../shared/domain/roster';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { matchStudents } from './match-students';
import { type Student, Students } from './model';
import { type RosterDiff, readRosterFor } from './read-roster';

const BATCH = 1_000;

/**
 * Writes a roster: new students added, known ones changed, missing ones marked as removed. Each student is one write;
 * when it is cut off half-way, importing the same file again does the rest.
 *
 * @throws AppError ROSTER_HAS_PROBLEMS with all of them; then nothing was written
 */
export async function importRoster(
  world: World,
  by: UserActor,
  { campaign, csv }: { campaign: Campaign; csv: string },
): Promise<RosterDiff> {
  const diff = await readRosterFor(world, campaign, csv);
  const errors = diff.reading.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || diff.reading.rows.length === 0) {
    throw new AppError('ROSTER_HAS_PROBLEMS', { count: errors.length, problems: errors.slice(0, 500) });
  }
  const who = actorName(by);
  await inBatches(diff.added, (rows) =>
    Students.insertMany(
      rows.map((row) => newStudent(world, who, campaign, row)),
      { lean: true },
    ),
  );
  await inBatches(diff.changed, (changes) =>
    Students.bulkWrite(
      changes.map(({ student, row }) => ({
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
            $push: { trail: line(world, who, 'student.import-change') },
          },
        },
      })),
    ),
  );
  await inBatches(diff.removed, (students) =>
    Students.bulkWrite(
      students.map(({ _id, version }) => ({
        updateOne: {
          filter: { _id, version },
          update: {
            $set: { removedAt: world.clock.now(), trailPending: true },
            $inc: { version: 1 },
            $push: { trail: line(world, who, 'student.import-remove') },
          },
        },
      })),
    ),
  );
  await matchStudents(campaign._id);
  return diff;
}

async function inBatches<T>(items: readonly T[], write: (batch: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH) await write(items.slice(start, start + BATCH));
}

const enrolment = (row: RosterRow) => ({
  name: row.name,
  college: row.college,
  major: row.major,
  className: row.className,
  training: row.training,
  graduationType: row.graduationType,
});

function newStudent(world: World, by: string, campaign: Campaign, row: RosterRow): Student {
  const _id = world.ids.id();
  return {
    ...newRecord(_id, line(world, by, 'student.import')),
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

/** The number sealed, its blind index, and as much of it as may be shown. */
export function documentOf(
  world: World,
  studentId: string,
  { document }: Pick<RosterRow, 'document'>,
): Partial<Student> {
  if (!document) return {};
  const { type, number } = document;
  return {
    documentType: type,
    documentSealed: world.sealer.sealText(number, {
      collection: 'students',
      recordId: studentId,
      field: 'document',
    }),
    documentIndex: world.blindIndex.of(type, number),
    documentMasked: maskDocumentNumber(number),
  };
}
