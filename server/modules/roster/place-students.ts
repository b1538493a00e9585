import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Student, Students } from './model';

/**
 * The office says which session students belong to; matching leaves them there from now on. Each student is one write:
 * cut off half-way, the same again does the rest.
 *
 * @returns how many were placed
 */
export async function placeStudents(
  world: World,
  by: UserActor,
  { campaignId, studentIds, sessionId }: { campaignId: string; studentIds: string[]; sessionId: string },
): Promise<number> {
  const students = await Students.find({ _id: { $in: studentIds }, campaignId }, { _id: 1 }).lean<
    Pick<Student, '_id'>[]
  >();
  for (const { _id } of students) {
    await changeRecord(
      Students,
      { _id, campaignId },
      { $set: { sessionId, placedByOffice: true, unmatchedBecause: null } },
      line(world, actorName(by), 'student.place', { session: sessionId }),
    );
  }
  return students.length;
}

/** Leaves students to the matching again. */
export async function releasePlacement(
  world: World,
  by: UserActor,
  { campaignId, studentIds }: { campaignId: string; studentIds: string[] },
): Promise<number> {
  const students = await Students.find(
    { _id: { $in: studentIds }, campaignId, placedByOffice: true },
    { _id: 1 },
  ).lean<Pick<Student, '_id'>[]>();
  for (const { _id } of students) {
    await changeRecord(
      Students,
      { _id, campaignId },
      { $set: { placedByOffice: false } },
      line(world, actorName(by), 'student.unplace'),
    );
  }
  return students.length;
}

/** Students without a session, in the order of the roster. */
export const unmatchedStudents = (campaignId: string): Promise<Student[]> =>
  Students.find({ campaignId, sessionId: null, removedAt: null }).sort({ studentNo: 1 }).lean<Student[]>();
