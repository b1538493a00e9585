import { TRAINING_LABELS } from '../../../shared/domain/majors';
import { STANDING_NAMES, STANDINGS } from '../../../shared/domain/standings';
import { shanghaiTime } from '../../../shared/domain/time';
import type { UserActor } from '../../http/actor';
import type { Column, Row, Sheet } from '../../platform/tables/workbook';
import type { CollectionSession } from '../campaigns/session-model';
import { nameFor } from '../roster/name-for';
import { sessionOf } from './list-students';
import type { Standing } from './standings';

const COLUMNS: readonly Column[] = [
  { title: '学号', width: 16 },
  { title: '姓名' },
  { title: '学院', width: 22 },
  { title: '专业', width: 26 },
  { title: '班级', width: 22 },
  { title: '层次', width: 12 },
  { title: '日期', kind: 'day' },
  { title: '时间', width: 13 },
  { title: '教室' },
  { title: '情况', width: 26 },
];

/** The list of students as a workbook: no document numbers, masked or not. */
export const studentsSheet = (
  reader: Pick<UserActor, 'role'>,
  title: readonly string[],
  found: readonly Standing[],
  sessions: ReadonlyMap<string, CollectionSession>,
): Sheet => ({
  name: '学生与预约',
  title,
  columns: COLUMNS,
  rows: found.map((standing) => rowOf(reader, standing, sessions.get(sessionOf(standing) ?? ''))),
  frozenColumns: 2,
});

function rowOf(
  reader: Pick<UserActor, 'role'>,
  { student, keys }: Standing,
  session: CollectionSession | undefined,
): Row {
  const { studentNo, name, college, major, className, training } = student;
  return [
    studentNo,
    nameFor(reader, name),
    college,
    major,
    className,
    TRAINING_LABELS[training],
    session?.day ?? null,
    session ? `${shanghaiTime(session.startsAt)}–${shanghaiTime(session.endsAt)}` : '',
    session?.room ?? '',
    STANDINGS.filter((key) => keys.has(key))
      .map((key) => STANDING_NAMES[key])
      .join('、'),
  ];
}
