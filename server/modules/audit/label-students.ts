import { findBookings } from '../bookings/find-booking';
import { studentNames } from '../roster/find-student';

/** What to call the students and bookings among some subjects: by student number, so that a list of thousands has no names. */
export async function studentLabels(references: readonly string[]): Promise<Record<string, string>> {
  const ids = (kind: string) =>
    references.flatMap((reference) =>
      reference.startsWith(`${kind}:`) ? [reference.slice(kind.length + 1)] : [],
    );
  const bookings = await findBookings(ids('booking'));
  const students = await studentNames([...ids('student'), ...bookings.map(({ studentId }) => studentId)]);
  const numbers = new Map(students.map(({ _id, studentNo }) => [_id, studentNo]));
  return Object.fromEntries([
    ...students.map(({ _id, studentNo }) => [`student:${_id}`, `学生 ${studentNo}`] as const),
    ...bookings.flatMap(({ _id, studentId }) => {
      const studentNo = numbers.get(studentId);
      return studentNo ? [[`booking:${_id}`, `预约 ${studentNo}`] as const] : [];
    }),
  ]);
}
