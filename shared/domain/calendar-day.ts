/** Calendar arithmetic on plain `YYYY-MM-DD` days; a day has no time zone. */

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** `YYYY-MM-DD`, or undefined when the calendar has no such day (31 November, month 13, year 0). */
export function calendarDay(year: number, month: number, date: number): string | undefined {
  const instant = new Date(Date.UTC(year, month - 1, date));
  const real =
    year >= 1000 &&
    instant.getUTCFullYear() === year &&
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === date;
  return real ? instant.toISOString().slice(0, 10) : undefined;
}

/** The character that follows 星期 for a day made by `calendarDay`. */
export function weekdayOf(day: string): Weekday {
  const index = new Date(`${day}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[index] ?? '日';
}
