import { maskDocumentNumber } from '../../../shared/domain/documents';
import type { RosterRow } from '../../../shared/domain/roster';
import type { RosterReader } from '../../../shared/domain/roster-reader';
import type { World } from '../../world';
import type { Student } from './model';

/** What a roster says of a student, as far as it is compared. */
export type KnownStudent = Pick<
  Student,
  | '_id'
  | 'studentNo'
  | 'name'
  | 'documentIndex'
  | 'college'
  | 'major'
  | 'className'
  | 'training'
  | 'graduationType'
  | 'placedByOffice'
  | 'removedAt'
  | 'version'
>;

export const KNOWN_FIELDS = {
  studentNo: 1,
  name: 1,
  documentIndex: 1,
  college: 1,
  major: 1,
  className: 1,
  training: 1,
  graduationType: 1,
  placedByOffice: 1,
  removedAt: 1,
  version: 1,
} as const;

const COMPARED = ['name', 'college', 'major', 'className', 'training', 'graduationType'] as const;
export type ComparedField = (typeof COMPARED)[number] | 'documentNumber' | 'removed';

/**
 * A row of a roster that has no such column says nothing about it: what is known of the student stays. A training that
 * the major itself names is said.
 */
export function withWhatIsKnown(row: RosterRow, student: KnownStudent, reader: RosterReader): RosterRow {
  const saysTraining = reader.has('training') || row.training !== 'undergraduate';
  return {
    ...row,
    college: reader.has('college') ? row.college : student.college,
    className: reader.has('className') ? row.className : student.className,
    training: saysTraining ? row.training : student.training,
    graduationType: reader.has('graduationType') ? row.graduationType : student.graduationType,
  };
}

/** Which fields a roster's row would change; none when the student stays as they are. */
export function changedFields(world: World, student: KnownStudent, row: RosterRow): ComparedField[] {
  const changed: ComparedField[] = COMPARED.filter((field) => student[field] !== row[field]);
  const { document } = row;
  if (document && student.documentIndex !== world.blindIndex.of(document.type, document.number)) {
    changed.push('documentNumber');
  }
  if (student.removedAt !== null) changed.push('removed');
  return changed;
}

export const enrolment = (row: RosterRow) => ({
  name: row.name,
  college: row.college,
  major: row.major,
  className: row.className,
  training: row.training,
  graduationType: row.graduationType,
});

/** The number sealed, its blind index, and as much of it as may be shown. */
export function documentOf(
  world: World,
  studentId: string,
  { document }: Pick<RosterRow, 'document'>,
): Partial<Student> {
  if (!document) return {};
  const { type, number } = document;
  return {
    documentType: type,
    documentSealed: world.sealer.sealText(number, {
      collection: 'students',
      recordId: studentId,
      field: 'document',
    }),
    documentIndex: world.blindIndex.of(type, number),
    documentMasked: maskDocumentNumber(number),
  };
}
