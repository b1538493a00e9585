import { actorName, type StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BindingConflict, BindingConflicts } from './conflict-model';
import { findStudent } from './find-student';
import type { Student } from './model';

/** Puts a conflict into the office's queue, once for each pair. */
export async function recordConflict(world: World, by: StudentActor, student: Student): Promise<void> {
  const holder = (await findStudent(student._id))?.binding;
  try {
    await insertRecord(BindingConflicts, {
      ...newRecord(world.ids.id(), line(world, actorName(by), 'conflict.record')),
      schoolId: student.schoolId,
      campaignId: student.campaignId,
      studentId: student._id,
      holderAccountId: holder?.accountId ?? null,
      claimantAccountId: by.accountId,
      at: world.clock.now(),
      open: true,
      decision: null,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

export const hasOpenConflict = async (accountId: string, campaignId: string): Promise<boolean> =>
  (await BindingConflicts.exists({ campaignId, claimantAccountId: accountId, open: true })) !== null;

export const findConflict = (id: string): Promise<BindingConflict | null> =>
  BindingConflicts.findById(id).lean<BindingConflict>();

/** Oldest first. */
export const openConflicts = (campaignId: string): Promise<BindingConflict[]> =>
  BindingConflicts.find({ campaignId, open: true }).sort({ at: 1 }).limit(500).lean<BindingConflict[]>();

export const countOpenConflicts = (campaignId: string): Promise<number> =>
  BindingConflicts.countDocuments({ campaignId, open: true });
