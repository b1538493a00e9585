/**
 * `YYYY-MM-DD`, or undefined when the calendar has no such day (31 November, month 13). A day as people write it is
 * checked here before it becomes a `ShanghaiDay`.
 */
export function calendarDay(year: number, month: number, date: number): string | undefined {
  const instant = new Date(Date.UTC(year, month - 1, date));
  const exists =
    year >= 1000 &&
    instant.getUTCFullYear() === year &&
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === date;
  return exists ? instant.toISOString().slice(0, 10) : undefined;
}
