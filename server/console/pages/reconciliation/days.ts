import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { addDays, shanghaiDay, weekday } from '../../../../shared/domain/time';
import type { Tone } from '../../parts/pill';

/** "2022-11" */
export type Month = string;

export const monthOf = (instant: Date): Month => shanghaiDay(instant).slice(0, 7);

export const monthName = (month: Month): string => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;

export const firstDay = (month: Month): string => `${month}-01`;

export const lastDay = (month: Month): string => addDays(firstDay(shiftMonth(month, 1)), -1);

export function shiftMonth(month: Month, by: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** The month as weeks from Monday to Sunday; null before its first and after its last day. */
export function weeksOf(month: Month): (string | null)[][] {
  const last = lastDay(month);
  const before = (weekday(firstDay(month)) + 6) % 7;
  const days: (string | null)[] = Array.from({ length: before }, () => null);
  for (let day = firstDay(month); day <= last; day = addDays(day, 1)) days.push(day);
  while (days.length % 7 !== 0) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

type State = BillDayView['state'];

export const DAY_STATES: Readonly<Record<State, { name: string; tone: Tone }>> = {
  waiting: { name: '待下载', tone: 'calm' },
  imported: { name: '已导入', tone: 'brand' },
  matching: { name: '核对中', tone: 'brand' },
  differences: { name: '有差异', tone: 'bad' },
  to_review: { name: '待复核', tone: 'warn' },
  matched: { name: '已核对', tone: 'good' },
  closed: { name: '已关账', tone: 'good' },
};

/** What stands on a day whose bills are not in; only some of these days are to be reconciled. */
const BILLS_AWAITED: Readonly<Record<Exclude<BillDayView['bills'], 'in'>, string>> = {
  not_yet: '未出账',
  idle: '无交易',
  due: DAY_STATES.waiting.name,
};

export const dayWord = ({ state, bills }: Pick<BillDayView, 'state' | 'bills'>): string =>
  state === 'waiting' && bills !== 'in' ? BILLS_AWAITED[bills] : DAY_STATES[state].name;
