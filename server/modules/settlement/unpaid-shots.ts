import { maskName } from '../../../shared/domain/person-name';
import type { Sheet } from '../../platform/tables/workbook';
import type { Booking } from '../bookings/model';
import { owedBookings } from '../bookings/thin-bookings';
import { findStudents } from '../roster/find-student';
import type { Student } from '../roster/model';

interface UnpaidShot {
  booking: Booking;
  student: Student | undefined;
}

/** Who was photographed without having paid (已拍未付): cleared by payment, or by a waiver of two people. */
export async function unpaidShots(campaignId: string): Promise<UnpaidShot[]> {
  const shot = (await owedBookings(campaignId)).filter(({ attendance }) => attendance === 'shot');
  const students = await findStudents(shot.map(({ studentId }) => studentId));
  const byId = new Map(students.map((student) => [student._id, student]));
  return shot.map((booking) => ({ booking, student: byId.get(booking.studentId) }));
}

/** The list as a workbook: of people, what it takes to ask for the money. */
export const unpaidSheet = (title: readonly string[], lines: readonly UnpaidShot[]): Sheet => ({
  name: '已拍未付',
  title,
  columns: [
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '学院', width: 22 },
    { title: '班级', width: 22 },
    { title: '拍摄时间', kind: 'instant', width: 20 },
    { title: '待缴（元）', kind: 'yuan', width: 12 },
    { title: '免缴申请', width: 36 },
  ],
  rows: [
    ...lines.map(({ booking, student }) => [
      student?.studentNo ?? '',
      maskName(student?.name ?? ''),
      student?.college ?? '',
      student?.className ?? '',
      booking.shotAt,
      booking.amountFen,
      booking.waiver ? `等待批准：${booking.waiver.reason}` : '',
    ]),
    [
      { value: `合计 ${lines.length} 人`, tone: 'total' },
      null,
      null,
      null,
      null,
      { value: lines.reduce((sum, { booking }) => sum + booking.amountFen, 0), tone: 'total' },
    ],
  ],
  frozenColumns: 2,
});
