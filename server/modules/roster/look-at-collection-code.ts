import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import type { Student } from './model';

/**
 * The text of a student's 采集码, for the photographer's own program at the shot. A line in the audit log is written
 * before it is shown.
 *
 * @throws AppError NOT_FOUND when the student keeps none here
 */
export async function lookAtCollectionCode(world: World, by: StaffActor, student: Student): Promise<string> {
  if (!student.collectionCode) throw new AppError('NOT_FOUND');
  await recordLook(world, by, { verb: 'student.look-code', subject: `student:${student._id}` });
  return world.sealer.openText(student.collectionCode.sealed, {
    collection: 'students',
    recordId: student._id,
    field: 'collectionCode',
  });
}
