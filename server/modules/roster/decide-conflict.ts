import { AppError } from '../../errors';
import { actorName, SYSTEM, type UserActor } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BindingConflict, BindingConflicts } from './conflict-model';
import { boundStudent, findStudent } from './find-student';
import { type Student, Students } from './model';

/**
 * Decides who the student is. The decision is one write; that the student changes hands is its effect, so that two
 * people who decide differently at once leave one decision and its consequence.
 *
 * @param level how well the claimant is known
 * @throws AppError CHANGED_MEANWHILE, ACCOUNT_HAS_STUDENT
 */
export async function decideConflict(
  world: World,
  by: UserActor,
  {
    conflict,
    level,
    ...asked
  }: {
    conflict: BindingConflict;
    level: 'verified' | 'unverified';
    version: number;
    nonce: string;
    decision: 'keep' | 'hand_over';
    reason: string;
  },
): Promise<void> {
  if (wasDone(conflict, asked.nonce)) return;
  const { decision, version, nonce, reason } = asked;
  if (decision === 'hand_over') {
    const other = await boundStudent(conflict.claimantAccountId, conflict.campaignId);
    if (other && other._id !== conflict.studentId) throw new AppError('ACCOUNT_HAS_STUDENT');
  }
  const handOver = world.effects.planned('hand-over', 'hand-over-student', { level });
  const decided = await changeRecord(
    BindingConflicts,
    { _id: conflict._id, version, open: true },
    { $set: { open: false, decision } },
    line(world, actorName(by), `conflict.${decision === 'keep' ? 'keep' : 'hand-over'}`, { reason, nonce }),
    decision === 'hand_over' ? [handOver] : [],
  );
  if (!decided) throw new AppError('CHANGED_MEANWHILE');
  if (decision === 'hand_over') await world.effects.runNow(BindingConflicts, conflict._id, handOver);
}

/** Effect `hand-over-student` of a conflict: the claimant acts for the student from now on. */
export async function handOverStudent(
  world: World,
  conflictId: string,
  level: 'verified' | 'unverified',
): Promise<EffectOutcome> {
  const conflict = await BindingConflicts.findById(conflictId).lean<BindingConflict>();
  const student = conflict && (await findStudent(conflict.studentId));
  if (!conflict || !student || student.binding?.accountId === conflict.claimantAccountId) return 'done';
  const handOver = handOverBookingEffect(world);
  try {
    const bound = await changeRecord(
      Students,
      { _id: student._id, version: student.version },
      { $set: { binding: { accountId: conflict.claimantAccountId, level, at: world.clock.now() } } },
      line(world, SYSTEM, 'student.hand-over', { conflict: conflictId, level }),
      [handOver],
    );
    if (!bound) return { againAt: world.clock.now() };
    await world.effects.runNow(Students, student._id, handOver);
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The claimant has just become another student of the campaign: the office looks again.
    await changeRecord(
      BindingConflicts,
      { _id: conflictId, open: false },
      { $set: { open: true, decision: null } },
      line(world, SYSTEM, 'conflict.reopen'),
    );
  }
  return 'done';
}

/**
 * Parts a student from a WeChat user; whoever verifies as the student next may have it. The booking stays with the
 * student.
 *
 * @throws AppError CHANGED_MEANWHILE
 */
export async function unbindStudent(
  world: World,
  by: UserActor,
  { student, version, nonce, reason }: { student: Student; version: number; nonce: string; reason: string },
): Promise<Student> {
  if (wasDone(student, nonce)) return student;
  const handOver = handOverBookingEffect(world);
  const unbound = await changeRecord(
    Students,
    { _id: student._id, version, binding: { $ne: null } },
    { $set: { binding: null, confirmedAt: null } },
    line(world, actorName(by), 'student.unbind', { reason, nonce }),
    [handOver],
  );
  if (!unbound) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Students, student._id, handOver);
  return unbound;
}

/** The active booking follows whoever acts for the student. */
export const handOverBookingEffect = (world: Pick<World, 'effects'>) =>
  world.effects.planned('hand-over-booking', 'hand-over-booking');
