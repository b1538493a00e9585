import { isSameName } from '../../../shared/domain/person-name';
import { normaliseStudentNo } from '../../../shared/domain/student-no';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { activeBookingsOf } from '../bookings/thin-bookings';
import { recordConflict } from './binding-conflicts';
import { handOverBookingEffect } from './decide-conflict';
import { boundStudent, studentByNumber, studentsByDocument } from './find-student';
import { type Student, Students } from './model';

/** Who the WeChat user is, as far as it is known. */
export interface KnownPerson {
  level: 'verified' | 'unverified';
  name: string;
  /** Blind indexes of the document, under every key. */
  documentIndexes: readonly string[];
}

/**
 * Finds the person on the roster and binds the account to the student: by the document, else by student number with
 * the same name. One student, one WeChat user: who comes second goes to the staff's queue.
 *
 * @throws AppError NOT_ON_ROSTER, STUDENT_TAKEN
 */
export async function claimEnrolment(
  world: World,
  by: StudentActor,
  {
    campaignId,
    person,
    studentNo,
    contact,
  }: { campaignId: string; person: KnownPerson; studentNo: string | undefined; contact: string },
): Promise<Student> {
  const mine = await boundStudent(by.accountId, campaignId);
  if (mine) return mine;
  const student = await findOnRoster(campaignId, person, studentNo);
  if (!student) throw new AppError('NOT_ON_ROSTER', { contact });
  const handOver = (await activeBookingsOf(campaignId, [student._id])).map(() =>
    handOverBookingEffect(world),
  );
  try {
    const bound = await changeRecord(
      Students,
      { _id: student._id, binding: null },
      { $set: { binding: { accountId: by.accountId, level: person.level, at: world.clock.now() } } },
      line(world, actorName(by), 'student.bind', { level: person.level }),
      handOver,
    );
    // A booking made on site, or before the student was parted from another account.
    for (const effect of handOver) if (bound) await world.effects.runNow(Students, bound._id, effect);
    if (bound) return bound;
  } catch (error) {
    // This account has just been bound to another student of the campaign.
    if (!duplicateKey(error)) throw error;
  }
  await recordConflict(world, by, student);
  throw new AppError('STUDENT_TAKEN');
}

async function findOnRoster(
  campaignId: string,
  person: KnownPerson,
  studentNo: string | undefined,
): Promise<Student | null> {
  const found = await studentsByDocument(campaignId, person.documentIndexes);
  const [only, ...others] = found;
  if (only && others.length === 0 && isSameName(only.name, person.name)) return only;
  if (studentNo === undefined) return null;
  const student = await studentByNumber(campaignId, normaliseStudentNo(studentNo));
  if (!student || !isSameName(student.name, person.name)) return null;
  // A roster that knows another document for this number means another person of the same name.
  const otherDocument =
    student.documentIndex !== undefined && !person.documentIndexes.includes(student.documentIndex);
  return otherDocument ? null : student;
}
