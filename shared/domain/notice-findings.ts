import type { Severity } from './row-problems';
import type { TimetableRow } from './timetable';

/** What a row has to have to be checked: a parsed row, or a stored session with its group. */
export type CheckedRow = Pick<
  TimetableRow,
  | 'line'
  | 'room'
  | 'major'
  | 'majorName'
  | 'direction'
  | 'trainings'
  | 'headcount'
  | 'day'
  | 'startsAt'
  | 'endsAt'
  | 'remark'
>;

export const NOTICE_FINDINGS = [
  'room_not_announced',
  'room_without_sessions',
  'day_not_announced',
  'outside_hours',
  'overlap',
  'too_tight',
  'early_graduates_without_session',
  'second_degree_without_session',
  'support_phone_missing',
  'date_incomplete',
  'rules_contradict_choice',
  'rules_contradict_lost_id',
  'headcount_differs',
  'major_without_students',
  'students_without_session',
] as const;

export interface NoticeFinding {
  code: (typeof NOTICE_FINDINGS)[number];
  /** error: students would be sent wrong · warning: decide before publishing · info: make sure */
  severity: Severity;
  /** The row it is about */
  line?: number;
  room?: string;
  message: string;
}
