import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { ownStudent } from './find-student';
import { type Student, Students } from './model';

/**
 * Keeps the text of the register's 采集码. What it means is the register's business: it is never read here.
 *
 * @param text null takes it back
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE
 */
export async function depositCollectionCode(
  world: World,
  by: StudentActor,
  { studentId, text }: { studentId: string; text: string | null },
): Promise<Student> {
  const student = await ownStudent(by, studentId);
  const changed = await changeRecord(
    Students,
    { _id: student._id, version: student.version },
    text === null
      ? { $unset: { collectionCode: 1 } }
      : { $set: { collectionCode: { sealed: sealed(world, student, text), at: world.clock.now() } } },
    line(world, actorName(by), text === null ? 'student.withdraw-code' : 'student.deposit-code'),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}

const sealed = ({ sealer }: World, student: Student, text: string): string =>
  sealer.sealText(text, { collection: 'students', recordId: student._id, field: 'collectionCode' });
