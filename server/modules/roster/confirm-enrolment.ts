import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { sealProposed } from './answer-correction';
import { dropProof } from './drop-proof';
import { ownStudent } from './find-student';
import { type Student, Students } from './model';

/**
 * The student says that exactly these data are right.
 *
 * @param version the one that was shown
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE
 */
export async function confirmEnrolment(
  world: World,
  by: StudentActor,
  { studentId, version }: { studentId: string; version: number },
): Promise<Student> {
  const student = await ownStudent(by, studentId);
  if (student.confirmedAt) return student;
  const confirmed = await changeRecord(
    Students,
    { _id: studentId, version },
    { $set: { confirmedAt: world.clock.now() } },
    line(world, actorName(by), 'student.confirm'),
  );
  if (!confirmed) throw new AppError('CHANGED_MEANWHILE');
  return confirmed;
}

/**
 * The student says what is wrong; a person decides. A newer request replaces an open one.
 *
 * @throws AppError NOT_FOUND, PHOTO_MISSING, CHANGED_MEANWHILE
 */
export async function requestCorrection(
  world: World,
  by: StudentActor,
  {
    studentId,
    ...request
  }: { studentId: string; field: string; proposed: string; reason: string; photoId?: string },
): Promise<Student> {
  const student = await ownStudent(by, studentId);
  if (request.photoId && !(await isOwnPhoto(world, by, request.photoId)))
    throw new AppError('PHOTO_MISSING', { side: '照片' });
  const changed = await changeRecord(
    Students,
    { _id: student._id, version: student.version },
    {
      $set: {
        correction: {
          ...request,
          proposed: sealProposed(world, studentId, request.field, request.proposed),
          status: 'open',
          at: world.clock.now(),
          answer: null,
        },
      },
    },
    line(world, actorName(by), 'student.request-correction', { field: request.field }),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  if (request.photoId !== student.correction?.photoId) await dropProof(world, student);
  return changed;
}

async function isOwnPhoto(world: World, by: StudentActor, photoId: string): Promise<boolean> {
  const photo = await world.blobs.get(photoId);
  return photo?.owner === actorName(by);
}
