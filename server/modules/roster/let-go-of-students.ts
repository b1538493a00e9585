import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { boundStudents } from './find-student';
import { Students } from './model';

/** Unties this WeChat account from the roster and drops what it has added there. The roster itself is the school's. */
export async function letGoOfStudents(world: World, by: StudentActor): Promise<void> {
  for (const { _id } of await boundStudents(by.accountId)) {
    await changeRecord(
      Students,
      { _id, 'binding.accountId': by.accountId },
      {
        $set: { binding: null, confirmedAt: null, correction: null },
        $unset: { collectionCode: 1, cannotComeAt: 1 },
      },
      line(world, actorName(by), 'student.erase'),
    );
  }
}
