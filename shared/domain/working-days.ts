import published from 'chinese-days/dist/chinese-days.json';
import { addDays, type ShanghaiDay, weekday } from './time';

/*
 * Chinese working days with 调休, for the promised refund day and the make-up desk. Server and console only: the table of
 * days is too big for a phone. Only the data of `chinese-days` are used: its functions read a day in the time zone of
 * the process and are a day off west of Greenwich.
 */

/** What the operator knows better than the published table, e.g. next year's holidays. */
export interface DayOverride {
  day: ShanghaiDay;
  working: boolean;
}

type Overrides = readonly DayOverride[];

export function isWorkingDay(day: ShanghaiDay, overrides: Overrides = []): boolean {
  const isUsual = MADE_UP.has(day) || (!HOLIDAYS.has(day) && !isWeekend(day));
  return overrideFor(day, overrides) ?? isUsual;
}

/** A day of a statutory break, days moved by 调休 included; an ordinary weekend is none. */
export function isPublicHoliday(day: ShanghaiDay, overrides: Overrides = []): boolean {
  const working = overrideFor(day, overrides);
  return working === undefined ? HOLIDAYS.has(day) : !working;
}

/**
 * The `count`-th working day after `day`: `2022-11-19` (a Saturday) and 3 give `2022-11-23`.
 *
 * @throws RangeError unless count is a whole number from 0 to 366, or when overrides leave no working days
 */
export function addWorkingDays(day: ShanghaiDay, count: number, overrides: Overrides = []): ShanghaiDay {
  if (!Number.isInteger(count) || count < 0 || count > 366) {
    throw new RangeError(`not a number of working days: ${count}`);
  }
  let reached = day;
  for (let left = count, steps = 0; left > 0; steps++) {
    if (steps > LONGEST_SEARCH) throw new RangeError(`no ${count} working days after ${day}`);
    reached = addDays(reached, 1);
    if (isWorkingDay(reached, overrides)) left -= 1;
  }
  return reached;
}

/** False for a year whose holidays were not yet published: only weekends and overrides are known then. */
export function knowsHolidaysOf(day: ShanghaiDay): boolean {
  return YEARS.has(day.slice(0, 4));
}

const HOLIDAYS: ReadonlySet<string> = new Set(Object.keys(published.holidays));
/** Weekend days worked to make up for a break */
const MADE_UP: ReadonlySet<string> = new Set(Object.keys(published.workdays));
const YEARS: ReadonlySet<string> = new Set([...HOLIDAYS].map((day) => day.slice(0, 4)));
const LONGEST_SEARCH = 2000;

function overrideFor(day: ShanghaiDay, overrides: Overrides): boolean | undefined {
  return overrides.find((override) => override.day === day)?.working;
}

function isWeekend(day: ShanghaiDay): boolean {
  return weekday(day) % 6 === 0;
}
