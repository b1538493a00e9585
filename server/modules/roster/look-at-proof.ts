import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import type { Blob } from '../../platform/blobs/blobs';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import type { Student } from './model';

/**
 * The photo that a student has attached to an open request for a correction. A line in the audit log is written before
 * it is shown.
 *
 * @returns undefined once its days are over
 * @throws AppError NOT_FOUND when there never was one, CHANGED_MEANWHILE when the request is answered
 */
export async function lookAtProof(
  world: World,
  by: UserActor,
  { _id, correction }: Student,
): Promise<Blob | undefined> {
  if (!correction?.photoId) throw new AppError('NOT_FOUND');
  if (correction.status !== 'open') throw new AppError('CHANGED_MEANWHILE');
  await recordLook(world, by, { verb: 'student.look-proof', subject: `student:${_id}` });
  return world.blobs.get(correction.photoId);
}
