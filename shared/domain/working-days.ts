import published from 'chinese-days/dist/chinese-days.json';
import { addDays, type ShanghaiDay, weekday } from './time';

/**
 * Chinese working days with 调休, for the promised refund day and the make-up desk. Server and console only: the table of
 * days is too big for a phone. Only the data of `chinese-days` are used: its functions read a day in the time zone of
 * the process and are a day off west of Greenwich.
 */
export interface WorkCalendar {
  isWorkingDay(day: ShanghaiDay): boolean;
  /** A day of a statutory break, days moved by 调休 included; an ordinary weekend is none */
  isPublicHoliday(day: ShanghaiDay): boolean;
  /**
   * The `count`-th working day after `day`: `2022-11-19` (Saturday) and 3 give `2022-11-23`.
   *
   * @throws RangeError unless 0 ≤ count ≤ 366 is a whole number
   */
  addWorkingDays(day: ShanghaiDay, count: number): ShanghaiDay;
  /** How many working days lie after `from`, up to and with `to`; 0 when `to` is not later. */
  workingDaysBetween(from: ShanghaiDay, to: ShanghaiDay): number;
  /** False for a year whose holidays were not yet published; only weekends and overrides are known then */
  knowsYearOf(day: ShanghaiDay): boolean;
}

/** What the operator knows better than the published table, e.g. next year's holidays. */
export interface DayOverride {
  day: ShanghaiDay;
  working: boolean;
}

export function workCalendar(overrides: readonly DayOverride[] = []): WorkCalendar {
  const overridden = new Map(overrides.map(({ day, working }) => [day, working]));

  const isPublicHoliday = (day: ShanghaiDay) => {
    const working = overridden.get(day);
    return working === undefined ? HOLIDAYS.has(day) : !working;
  };
  const isWorkingDay = (day: ShanghaiDay) =>
    overridden.get(day) ?? (MADE_UP.has(day) || (!HOLIDAYS.has(day) && !isWeekend(day)));

  return {
    isPublicHoliday,
    isWorkingDay,
    addWorkingDays(day, count) {
      if (!Number.isInteger(count) || count < 0 || count > 366) {
        throw new RangeError(`not a number of working days: ${count}`);
      }
      let reached = day;
      let left = count;
      // Longer than any break; only overrides that close whole years get there.
      for (let steps = 0; left > 0; steps++) {
        if (steps > 2000) throw new RangeError(`no ${count} working days after ${day}`);
        reached = addDays(reached, 1);
        if (isWorkingDay(reached)) left -= 1;
      }
      return reached;
    },
    workingDaysBetween(from, to) {
      let count = 0;
      for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
      return count;
    },
    knowsYearOf: (day) => YEARS.has(day.slice(0, 4)),
  };
}

const HOLIDAYS: ReadonlySet<string> = new Set(Object.keys(published.holidays));
/** Weekend days worked to make up for a break */
const MADE_UP: ReadonlySet<string> = new Set(Object.keys(published.workdays));
/** The first and last year of the published table. */
export const publishedYears = (() => {
  const years = Object.keys(published.holidays).map((day) => Number(day.slice(0, 4)));
  return { from: Math.min(...years), to: Math.max(...years) };
})();
const YEARS: ReadonlySet<string> = new Set([...HOLIDAYS].map((day) => day.slice(0, 4)));

function isWeekend(day: ShanghaiDay): boolean {
  const index = weekday(day);
  return index === 0 || index === 6;
}
