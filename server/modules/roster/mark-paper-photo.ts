import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Student, Students } from './model';

/**
 * The registry has got the paper photo of a made-up portrait (纸质照片已交), or takes that back.
 *
 * @throws AppError CHANGED_MEANWHILE
 */
export async function markPaperPhoto(
  world: World,
  by: UserActor,
  {
    student,
    version,
    nonce,
    handedIn,
  }: { student: Student; version: number; nonce: string; handedIn: boolean },
): Promise<void> {
  if (wasDone(student, nonce)) return;
  const actor = actorName(by);
  const marked = await changeRecord(
    Students,
    { _id: student._id, version },
    handedIn
      ? { $set: { paperPhoto: { at: world.clock.now(), by: actor } } }
      : { $unset: { paperPhoto: '' } },
    line(world, actor, handedIn ? 'student.paper-photo' : 'student.no-paper-photo', { nonce }),
  );
  if (!marked) throw new AppError('CHANGED_MEANWHILE');
}
