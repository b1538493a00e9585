import { addDays, atShanghai, type ShanghaiDay, shanghaiDay, weekday } from './time';
import type { WorkCalendar } from './working-days';

/** When portraits can be made up (补拍), as the campaign says it. */
export interface MakeUpHours {
  /** The last day. */
  deadline: ShanghaiDay;
  /** 0 is Sunday. */
  weekdays: readonly number[];
  /** Of every open day, Asia/Shanghai. */
  hours: readonly { from: string; to: string }[];
  closedOnPublicHolidays: boolean;
}

export interface MakeUpDay {
  day: ShanghaiDay;
  /** Why it is closed; null when it is open. */
  closedBecause: 'weekday' | 'holiday' | null;
}

/** The days from `from` on, at most `count`, the deadline the last. */
export function makeUpDays(
  makeUp: MakeUpHours,
  calendar: WorkCalendar,
  from: ShanghaiDay,
  count: number,
): MakeUpDay[] {
  const days: MakeUpDay[] = [];
  for (let day = from; days.length < count && day <= makeUp.deadline; day = addDays(day, 1)) {
    days.push({ day, closedBecause: closedBecause(makeUp, calendar, day) });
  }
  return days;
}

/** A holiday outweighs the weekday: a Sunday of a break is closed for the break. */
function closedBecause(
  { weekdays, closedOnPublicHolidays }: MakeUpHours,
  calendar: WorkCalendar,
  day: ShanghaiDay,
): MakeUpDay['closedBecause'] {
  if (closedOnPublicHolidays && calendar.isPublicHoliday(day)) return 'holiday';
  return weekdays.includes(weekday(day)) ? null : 'weekday';
}

export interface MakeUpNow {
  isOpen: boolean;
  /** When it closes next; null unless open. */
  closesAt: Date | null;
  /** When it opens next; null while it is open, and when it never does again. */
  opensAt: Date | null;
}

/** No break is longer, weekends around it included. */
const LOOK_AHEAD_DAYS = 30;

/** Whether one can go there now, and when again if not. */
export function makeUpNow(makeUp: MakeUpHours, calendar: WorkCalendar, now: Date): MakeUpNow {
  for (const { day, closedBecause: closed } of makeUpDays(
    makeUp,
    calendar,
    shanghaiDay(now),
    LOOK_AHEAD_DAYS,
  )) {
    if (closed) continue;
    for (const { from, to } of [...makeUp.hours].sort((a, b) => a.from.localeCompare(b.from))) {
      const [opensAt, closesAt] = [atShanghai(day, from), atShanghai(day, to)];
      if (now < opensAt) return { isOpen: false, closesAt: null, opensAt };
      if (now < closesAt) return { isOpen: true, closesAt, opensAt: null };
    }
  }
  return { isOpen: false, closesAt: null, opensAt: null };
}
