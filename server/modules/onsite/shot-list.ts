import type { SHOT_COLUMNS } from '../../../shared/contract/onsite';
import { TRAINING_LABELS } from '../../../shared/domain/majors';
import { type PortraitFacts, portraitName } from '../../../shared/domain/portrait-files';
import type { Column, Row } from '../../platform/tables/workbook';
import { numberedBookings, type ShotBooking } from '../bookings/shot-bookings';
import { findStudents } from '../roster/find-student';
import type { Student } from '../roster/model';

type ShotColumn = (typeof SHOT_COLUMNS)[number];

export interface ShotLine extends PortraitFacts {
  day: string;
  student: Student;
  booking: ShotBooking;
  /** shot · waiting: arrived, no portrait yet · void: the number was taken back */
  state: 'shot' | 'waiting' | 'void';
}

/** Every shot number of a campaign in order, the void ones too. @param day all days unless given; @param room likewise */
export async function shotLines(
  campaignId: string,
  { day, room }: { day?: string | undefined; room?: string | undefined },
): Promise<ShotLine[]> {
  const bookings = await numberedBookings(campaignId, day);
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const byId = new Map(students.map((student) => [student._id, student]));
  return bookings
    .flatMap((booking) => linesOf(booking, byId.get(booking.studentId)))
    .filter((line) => (!day || line.day === day) && (!room || line.room === room))
    .sort((a, b) => compare(a.day, b.day) || compare(a.room, b.room) || a.shotNumber - b.shotNumber);
}

/** Those whose portrait has to come back. */
export const photographed = (lines: readonly ShotLine[]): ShotLine[] =>
  lines.filter(({ state }) => state === 'shot');

const COLUMNS: Readonly<Record<ShotColumn, Column & { of(line: ShotLine, template: string): Row[number] }>> =
  {
    day: { title: '日期', kind: 'day', of: ({ day }) => day },
    room: { title: '教室', of: ({ room }) => room },
    shotNumber: { title: '拍摄序号', kind: 'integer', width: 10, of: ({ shotNumber }) => shotNumber },
    state: { title: '状态', width: 8, of: ({ state }) => STATES[state] },
    name: { title: '姓名', of: ({ name }) => name },
    studentNo: { title: '学号', of: ({ studentNo }) => studentNo },
    documentMasked: {
      title: '证件号（部分隐藏）',
      width: 22,
      of: ({ student }) => student.documentMasked ?? '',
    },
    college: { title: '学院', width: 22, of: ({ student }) => student.college },
    major: { title: '专业', width: 24, of: ({ student }) => student.major },
    className: { title: '班级', width: 22, of: ({ className }) => className },
    training: { title: '培养类型', width: 12, of: ({ student }) => TRAINING_LABELS[student.training] },
    arrivedAt: {
      title: '签到时间',
      kind: 'instant',
      width: 20,
      of: ({ booking }) => booking.arrival?.at ?? null,
    },
    shotAt: { title: '拍摄时间', kind: 'instant', width: 20, of: ({ booking }) => booking.shotAt },
    walkIn: {
      title: '现场预约',
      width: 10,
      of: ({ booking }) => (booking.channel === 'walk_in' ? '是' : ''),
    },
    file: {
      title: '照片文件名',
      width: 30,
      of: (line, template) => (line.state === 'void' ? '' : `${portraitName(template, line)}.jpg`),
    },
  };

const STATES = { shot: '已拍', waiting: '待拍', void: '作废' } as const;

/** The list as a table, with the columns in the order they were asked for. */
export const shotTable = (
  lines: readonly ShotLine[],
  columns: readonly ShotColumn[],
  template: string,
): { columns: Column[]; rows: Row[] } => ({
  columns: columns.map((key) => {
    const { of: _, ...column } = COLUMNS[key];
    return column;
  }),
  rows: lines.map((line) => columns.map((key) => COLUMNS[key].of(line, template))),
});

function linesOf(booking: ShotBooking, student: Student | undefined): ShotLine[] {
  if (!student) return [];
  const { arrival } = booking;
  return booking.shotKeys.flatMap((key) => {
    const [day = '', room = '', digits = ''] = key.split('|');
    const shotNumber = Number(digits);
    const isCurrent = arrival?.day === day && arrival.room === room && arrival.shotNumber === shotNumber;
    const { name, studentNo, className } = student;
    const state = isCurrent ? (booking.attendance === 'shot' ? 'shot' : 'waiting') : 'void';
    return [{ day, room, shotNumber, name, studentNo, className, student, booking, state } as const];
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
