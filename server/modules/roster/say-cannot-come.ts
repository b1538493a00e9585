import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { ownStudent } from './find-student';
import { type Student, Students } from './model';

/**
 * The student says that they cannot come that day, or that they can after all. The office counts it; a booking and its
 * money stay as they are. Saying it twice is saying it once.
 *
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE
 */
export async function sayCannotCome(
  world: World,
  by: StudentActor,
  { studentId, cannotCome }: { studentId: string; cannotCome: boolean },
): Promise<Student> {
  const student = await ownStudent(by, studentId);
  if ((student.cannotComeAt !== undefined) === cannotCome) return student;
  const changed = await changeRecord(
    Students,
    { _id: student._id, version: student.version },
    cannotCome ? { $set: { cannotComeAt: world.clock.now() } } : { $unset: { cannotComeAt: 1 } },
    line(world, actorName(by), cannotCome ? 'student.cannot-come' : 'student.can-come'),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}
