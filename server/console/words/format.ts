import { formatYuan } from '../../../shared/domain/money';
import {
  addDays,
  daysBetween,
  shanghaiDay,
  shanghaiStamp,
  shanghaiTime,
  weekday,
} from '../../../shared/domain/time';

/** 3456700 fen → "34,567.00" */
export const yuan = (fen: number): string => formatYuan(fen).replace(/\d(?=(\d{3})+\.)/g, '$&,');

export const count = (value: number): string => value.toLocaleString('zh-CN');

/** "11月19日 周六" of a Shanghai day */
export function dayName(day: string): string {
  const [, month, date] = day.split('-');
  return `${Number(month)}月${Number(date)}日 ${WEEKDAYS[weekday(day)]}`;
}

/** "11月19日 周六", or "2023年4月30日 周日" for who reads it on a day of another year */
export const dayNameFrom = (day: string, readOn: string): string =>
  day.slice(0, 4) === readOn.slice(0, 4) ? dayName(day) : `${Number(day.slice(0, 4))}年${dayName(day)}`;

/** "2022-11-19 08:30" in Asia/Shanghai; a dash for nothing */
export const stamp = (instant: string | Date | null): string =>
  instant === null ? '—' : shanghaiStamp(new Date(instant)).slice(0, 16);

/** "08:30" in Asia/Shanghai */
export const clock = (instant: string): string => shanghaiTime(new Date(instant));

/** "11月19日 周六 08:30" */
export const moment = (instant: string): string =>
  `${dayName(shanghaiDay(new Date(instant)))} ${clock(instant)}`;

/** "11月18日 周五 24:00": as people say of an end at midnight */
export function until(instant: string): string {
  if (clock(instant) !== '00:00') return moment(instant);
  return `${dayName(addDays(shanghaiDay(new Date(instant)), -1))} 24:00`;
}

/** "今天", "明天", "3 天后", "2 天前" */
export function fromToday(day: string, now: Date): string {
  const days = daysBetween(shanghaiDay(now), day);
  if (days === 0) return '今天';
  if (days === 1) return '明天';
  return days > 0 ? `${days} 天后` : `${-days} 天前`;
}

/** Whole percent; 0 of 0 is 0. 100 only when nothing is missing. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.round((part / whole) * 100));
}

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
