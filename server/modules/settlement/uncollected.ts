import type { Uncollected } from '../../../shared/contract/settlement';
import { maskName } from '../../../shared/domain/person-name';
import type { Cell, Sheet } from '../../platform/tables/workbook';
import { findStudents } from '../roster/find-student';
import { dueLines } from './due-lines';

/** Who paid and was not photographed (已付未拍). */
export async function uncollectedLines(campaignId: string, now: Date): Promise<Uncollected[]> {
  const due = await dueLines(campaignId, now);
  const students = await findStudents(due.map(({ booking }) => booking.studentId));
  const byId = new Map(students.map((student) => [student._id, student]));
  return due.map(({ booking, orderNo, amountFen }) => {
    const student = byId.get(booking.studentId);
    return {
      bookingId: booking._id,
      studentNo: student?.studentNo ?? '',
      name: maskName(student?.name ?? ''),
      college: student?.college ?? '',
      arrived: booking.attendance === 'arrived',
      amountFen,
      orderNo,
    };
  });
}

/** The same list as a workbook, those who arrived first. */
export const uncollectedSheet = (title: readonly string[], lines: readonly Uncollected[]): Sheet => ({
  name: '已付未拍',
  title,
  columns: [
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '学院', width: 22 },
    { title: '到场', width: 12 },
    { title: '金额（元）', kind: 'yuan', width: 12 },
    { title: '商户订单号', width: 34 },
  ],
  rows: [
    ...[...lines]
      .sort((a, b) => Number(b.arrived) - Number(a.arrived))
      .map(({ studentNo, name, college, arrived, amountFen, orderNo }) => [
        studentNo,
        name,
        college,
        arrived ? '签到未拍' : '未到',
        amountFen,
        orderNo ?? '',
      ]),
    totalRow(lines),
  ],
  frozenColumns: 2,
});

const totalRow = (lines: readonly Uncollected[]): Cell[] => [
  { value: `合计 ${lines.length} 人`, tone: 'total' },
  null,
  null,
  null,
  { value: lines.reduce((sum, { amountFen }) => sum + amountFen, 0), tone: 'total' },
];
