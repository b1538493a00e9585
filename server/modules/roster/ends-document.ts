import type { World } from '../../world';
import type { Student } from './model';

/** Whether the document number on the roster ends like this; without one on the roster nobody's does. */
export function endsDocument(world: World, student: Student, end: string): boolean {
  if (!student.documentSealed) return false;
  const number = world.sealer.openText(student.documentSealed, {
    collection: 'students',
    recordId: student._id,
    field: 'document',
  });
  return number.toUpperCase().endsWith(end.toUpperCase());
}
