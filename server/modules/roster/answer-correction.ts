import type { CORRECTABLE } from '../../../shared/contract/verification';
import { maskDocumentNumber } from '../../../shared/domain/documents';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { wasDone } from '../../platform/mongo/was-done';
import type { World } from '../../world';
import { line } from '../audit/line';
import { correctStudent } from './correct-student';
import { dropProof } from './drop-proof';
import { type Student, Students } from './model';

export type CorrectableField = (typeof CORRECTABLE)[number];

interface Answer {
  student: Student;
  version: number;
  nonce: string;
  answer: string;
}

/** @throws AppError CHANGED_MEANWHILE, CORRECTION_AFTER_SHOT, DOCUMENT_INVALID, BAD_REQUEST */
export async function acceptCorrection(
  world: World,
  by: UserActor,
  { student, version, nonce, answer }: Answer,
): Promise<Student> {
  if (wasDone(student, nonce)) return student;
  const { correction } = student;
  if (correction?.status !== 'open') throw new AppError('CHANGED_MEANWHILE');
  return correctStudent(world, by, {
    student,
    correction: {
      version,
      field: fieldOf(correction.field),
      value: proposedIn(world, student, correction),
      reason: answer,
      channel: 'app',
      confirmed: true,
      nonce,
    },
  });
}

/** @throws AppError CHANGED_MEANWHILE */
export async function refuseCorrection(
  world: World,
  by: UserActor,
  { student, version, nonce, answer }: Answer,
): Promise<Student> {
  if (wasDone(student, nonce)) return student;
  const refused = await changeRecord(
    Students,
    { _id: student._id, version, 'correction.status': 'open' },
    { $set: { 'correction.status': 'refused', 'correction.answer': answer } },
    line(world, actorName(by), 'student.refuse-correction', {
      field: student.correction?.field,
      answer,
      nonce,
    }),
  );
  if (!refused) throw new AppError('CHANGED_MEANWHILE');
  await dropProof(world, student);
  return refused;
}

/** Oldest first. */
export const openCorrections = (campaignId: string): Promise<Student[]> =>
  Students.find({ campaignId, 'correction.status': 'open', removedAt: null })
    .sort({ 'correction.at': 1 })
    .limit(500)
    .lean<Student[]>();

export const countOpenCorrections = (campaignId: string): Promise<number> =>
  Students.countDocuments({ campaignId, 'correction.status': 'open', removedAt: null });

/** What a student wants instead, as it may be shown; null when nothing is asked. */
export function presentRequest(world: World, student: Student) {
  const { correction } = student;
  if (!correction) return null;
  const proposed = proposedIn(world, student, correction);
  return {
    field: fieldOf(correction.field),
    proposed: correction.field === 'documentNumber' ? maskDocumentNumber(proposed) : proposed,
    reason: correction.reason,
    status: correction.status,
    at: correction.at.toISOString(),
    answer: correction.answer,
  };
}

type Request = NonNullable<Student['correction']>;

/** A proposed document number is sealed like every other. */
export const sealProposed = (world: World, studentId: string, field: string, proposed: string) =>
  field === 'documentNumber' ? world.sealer.sealText(proposed, placeOf(studentId)) : proposed;

const proposedIn = (world: World, { _id }: Student, { field, proposed }: Request): string =>
  field === 'documentNumber' ? world.sealer.openText(proposed, placeOf(_id)) : proposed;

const placeOf = (studentId: string) => ({
  collection: 'students',
  recordId: studentId,
  field: 'correction.proposed',
});

function fieldOf(field: string): CorrectableField {
  switch (field) {
    case 'name':
    case 'documentNumber':
    case 'studentNo':
    case 'college':
    case 'major':
    case 'className':
    case 'training':
    case 'graduationType':
      return field;
    default:
      throw new Error(`no such field: ${field}`);
  }
}
