import type { StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import type { World } from '../../world';
import { BindingConflicts } from './conflict-model';
import { findStudent } from './find-student';
import type { Student } from './model';

/** Puts a conflict into the staff's queue, once for each pair. */
export async function recordConflict(world: World, by: StudentActor, student: Student): Promise<void> {
  const holder = (await findStudent(student._id))?.binding;
  try {
    await BindingConflicts.create({
      _id: world.ids.id(),
      schoolId: student.schoolId,
      campaignId: student.campaignId,
      studentId: student._id,
      holderAccountId: holder?.accountId ?? null,
      claimantAccountId: by.accountId,
      at: world.clock.now(),
      resolvedAt: null,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

export const hasOpenConflict = async (accountId: string, campaignId: string): Promise<boolean> =>
  (await BindingConflicts.exists({ campaignId, claimantAccountId: accountId, resolvedAt: null })) !== null;
