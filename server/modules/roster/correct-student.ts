import type { CORRECTABLE } from '../../../shared/contract/verification';
import { readTraining } from '../../../shared/domain/majors';
import { normaliseName } from '../../../shared/domain/person-name';
import { readGraduationType } from '../../../shared/domain/roster-row';
import { checkStudentNo } from '../../../shared/domain/student-no';
import { AppError } from '../../errors';
import { actorName, type StaffActor, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { standBeforeShot } from '../bookings/stand-before-shot';
import { dropProof } from './drop-proof';
import { documentOf } from './enrolment-fields';
import { type Student, Students } from './model';
import { readTypedDocument } from './typed-document';

export interface Correction {
  version: number;
  field: (typeof CORRECTABLE)[number];
  value: string;
  reason: string;
  /** Where the student asked for it. */
  channel: 'on_site' | 'phone' | 'letter' | 'app';
  /** A document number asks for a second confirmation. */
  confirmed: boolean;
  nonce?: string;
}

/** What the rules go by that say which session a student belongs to. */
const MATCHED_BY: ReadonlySet<Correction['field']> = new Set(['college', 'major', 'className', 'training']);

/**
 * Corrects enrolment data (信息更正) before the shot. Before and after stand in the trail, document numbers masked.
 *
 * @throws AppError CORRECTION_AFTER_SHOT, DOCUMENT_INVALID, BAD_REQUEST, CHANGED_MEANWHILE
 */
export async function correctStudent(
  world: World,
  by: StaffActor | UserActor,
  { student, correction }: { student: Student; correction: Correction },
): Promise<Student> {
  const { field, reason, channel, version, nonce } = correction;
  const changed = newValue(world, student, correction);
  if (student.version !== version) throw new AppError('CHANGED_MEANWHILE');
  const { _id, campaignId } = student;
  await standBeforeShot(world, by, { campaignId, studentId: _id, field });
  const open = student.correction?.status === 'open' && student.correction.field === field;
  const answered = open ? { 'correction.status': 'done', 'correction.answer': reason } : {};
  const again = nonce === undefined ? {} : { nonce };
  const values =
    field === 'documentNumber'
      ? { before: student.documentMasked ?? null, after: changed.documentMasked }
      : { before: student[field], after: changed[field] };
  const facts = { field, reason, channel, ...values, ...again };
  const effects = MATCHED_BY.has(field) ? [world.effects.planned('match', 'match-students')] : [];
  try {
    const corrected = await changeRecord(
      Students,
      { _id, version },
      { $set: { ...changed, ...answered } },
      line(world, actorName(by), 'student.correct', facts),
      effects,
    );
    if (!corrected) throw new AppError('CHANGED_MEANWHILE');
    if (open) await dropProof(world, student);
    for (const effect of effects) await world.effects.runNow(Students, _id, effect);
    return corrected;
  } catch (error) {
    if (duplicateKey(error))
      throw new AppError('BAD_REQUEST', { fields: { value: '这个学号已属于另一名学生' } }, { cause: error });
    throw error;
  }
}

function newValue(world: World, student: Student, { field, value, confirmed }: Correction): Partial<Student> {
  if (field === 'documentNumber') {
    if (!confirmed) throw new AppError('BAD_REQUEST', { fields: { confirmed: '更正证件号码需要再次确认' } });
    return documentOf(world, student._id, { document: readTypedDocument(value) });
  }
  if (field === 'training') {
    const training = readTraining(value);
    if (!training)
      throw new AppError('BAD_REQUEST', { fields: { value: '请填写本科、专升本或第二学士学位' } });
    return { training };
  }
  if (field === 'graduationType') {
    const graduationType = readGraduationType(value);
    if (!graduationType) throw new AppError('BAD_REQUEST', { fields: { value: '请填写应届或提前毕业' } });
    return { graduationType };
  }
  if (field === 'studentNo') {
    const check = checkStudentNo(value);
    if (!check.ok) throw new AppError('BAD_REQUEST', { fields: { value: check.message } });
    return { studentNo: check.studentNo };
  }
  return { [field]: field === 'name' ? normaliseName(value) : value };
}
