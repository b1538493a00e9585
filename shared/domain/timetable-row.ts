import { type Columns, headingTable, recogniseHeadings } from './headings';
import type { AliasTable, Training } from './majors';
import { type GridRow, isFilled } from './pasted-table';
import type { RowProblem, Severity } from './row-problems';
import type { FieldName, Layout } from './table-layout';
import type { ShanghaiDay } from './time';
import type { TimeRangeProblem } from './time-range';

export interface TimetableRow {
  /** 1-based line of the pasted text (or of the sheet) on which the row begins */
  line: number;
  /** 逸夫楼; empty when the table names none */
  building: string;
  /** C区202 */
  room: string;
  /** As written: 土木工程（建筑工程）专升本 */
  major: string;
  /** Normalised, aliases applied: 土木工程 */
  majorName: string;
  /** 建筑工程; empty when there is none */
  direction: string;
  trainings: Training[];
  headcount: number;
  day: ShanghaiDay;
  /** HH:MM, 24-hour, Asia/Shanghai */
  startsAt: string;
  endsAt: string;
  remark: string;
  /** From a 学院 column or from a remark that names a college; empty when unknown */
  college: string;
  /** The cells as they came */
  raw: string[];
}

export type TimetableColumn =
  | 'major'
  | 'headcount'
  | 'date'
  | 'time'
  | 'startsAt'
  | 'endsAt'
  | 'remark'
  | 'room'
  | 'college';

export type TimetableProblemCode =
  | TimeRangeProblem
  | 'header_missing'
  | 'cell_damaged'
  | 'no_rows'
  | 'too_many_rows'
  | 'not_a_row'
  | 'major_missing'
  | 'headcount_unreadable'
  | 'room_missing'
  | 'room_contradiction'
  | 'room_carried_down'
  | 'twelve_hour_clock'
  | 'major_corrected'
  | 'total_mismatch';

export type TimetableProblem = RowProblem<TimetableColumn, TimetableProblemCode>;

export interface TimetableReading {
  rows: TimetableRow[];
  /** A row with an `error` is not among the rows; `warning` and `info` rows are. */
  problems: TimetableProblem[];
}

export interface TimetableOptions {
  /** For dates written without a year */
  year?: number;
  aliases?: AliasTable;
  /** Which column is which, when somebody said so */
  layout?: Layout<TimetableColumn>;
}

export const TIMETABLE_FIELDS: readonly FieldName<TimetableColumn>[] = [
  { field: 'major', label: '专业', isNeeded: true },
  { field: 'headcount', label: '人数', isNeeded: true },
  { field: 'date', label: '日期' },
  { field: 'time', label: '时间' },
  { field: 'startsAt', label: '开始时间' },
  { field: 'endsAt', label: '结束时间' },
  { field: 'room', label: '地点' },
  { field: 'college', label: '学院' },
  { field: 'remark', label: '备注' },
];

/** The heading row by the names in it. */
export function columnsOf(cells: readonly string[]): Columns<TimetableColumn> {
  return recogniseHeadings(cells, FIELD_OF);
}

export function isHeader(columns: Columns<TimetableColumn>): boolean {
  return columns.has('major') && (columns.has('time') || columns.has('startsAt'));
}

/** Text between the rows: a footnote, a signature, or all of it. */
export function notARow(row: GridRow, severity: Severity): TimetableProblem {
  const message = '这一行不是采集时段（没有人数也没有时间），没有导入';
  return { line: row.line, code: 'not_a_row', severity, message, text: row.cells.find(isFilled) ?? '' };
}

const FIELD_OF = headingTable<TimetableColumn>({
  major: ['专业', '专业名称', '专业班级', '专业及班级', '所学专业'],
  headcount: ['人数', '学生人数', '采集人数', '拍摄人数', '应拍人数', '应采集人数', '毕业生人数'],
  date: ['日期', '采集日期', '拍摄日期'],
  time: ['时间', '采集时间', '拍摄时间', '日期时间', '采集日期及时间', '时间安排', '采集时段', '时段'],
  startsAt: ['开始时间', '起始时间', '开始'],
  endsAt: ['结束时间', '终止时间', '结束'],
  remark: ['备注', '说明'],
  room: ['地点', '采集地点', '拍摄地点', '教室', '采集教室', '场地', '房间'],
  college: ['学院', '学院名称', '院系', '所属学院', '所在学院'],
});
