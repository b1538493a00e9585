import { calendarDay } from './calendar-day';
import { tidy } from './text';
import { type ShanghaiDay, weekday } from './time';

export type TimeRangeProblem =
  | 'time_missing'
  | 'time_unreadable'
  | 'date_missing'
  | 'year_missing'
  | 'date_impossible'
  | 'weekday_mismatch'
  | 'half_day_mismatch'
  | 'time_order';

export type TimeRangeReading =
  | { ok: true; day: ShanghaiDay; startsAt: string; endsAt: string; twelveHourClock: boolean }
  | { ok: false; problem: TimeRangeProblem; message: string };

/**
 * Reads `11月19日（星期六）上午   8：30—9：10` in all the ways such a cell is typed: full-width, spaced out, with any dash,
 * with 点/时, with or without year and weekday.
 *
 * @param year used when the cell names none
 * @returns `startsAt`/`endsAt` as `HH:MM`; `twelveHourClock` when 下午 2:30 had to be read as 14:30
 */
export function readTimeRange(text: string, year?: number): TimeRangeReading {
  if (text.length > LONGEST_CELL) return refuse('time_unreadable', '时间一栏内容过长，请只写日期和起止时间');
  const written = normalise(text);
  if (written === '') return refuse('time_missing', '缺少采集时间，请填写日期和起止时间');
  const range = RANGE.exec(written);
  const date = range && DATE.exec(written.slice(0, range.index));
  if (!range || !date) {
    return refuse('time_unreadable', '时间看不懂，请写成“11月19日（星期六）上午 8:30—9:10”的样子');
  }
  const day = readDay(date, year);
  if (typeof day !== 'string') return day;
  return readClock(day, date[5] ?? '', range);
}

const LONGEST_CELL = 100;
const HALF_DAY = '(上午|下午|中午|早上|晚上)?';
const CLOCK = '(\\d{1,2}):(\\d{2})(?::\\d{2})?';
const RANGE = new RegExp(`${CLOCK}-${HALF_DAY} ?${CLOCK}$`);
const DATE = new RegExp(
  `^(?:(?:(\\d{4})[年./-])?(\\d{1,2})[月./-](\\d{1,2})[日号]?)? ?` +
    `(?:\\(?(?:星期|周)([一二三四五六日天])\\)?)? ?${HALF_DAY} ?$`,
);
const WEEKDAYS = '日一二三四五六';
const AFTERNOON = new Set(['下午', '晚上']);
const MORNING = new Set(['上午', '早上']);

function normalise(text: string): string {
  return tidy(text)
    .replace(/[∶︓]/g, ':')
    .replace(/[~〜—–―−‐‑‒─至到]+/g, '-')
    .replace(/(\d) ?[点时] ?(\d)/g, '$1:$2')
    .replace(/(\d) ?[点时]/g, '$1:00')
    .replace(/分/g, '')
    .replace(/ ?([-:()年月/]) ?/g, '$1')
    .replace(/-+/g, '-');
}

function readDay(date: RegExpExecArray, defaultYear: number | undefined): ShanghaiDay | TimeRangeReading {
  const [, year = defaultYear, month, date_, named] = date;
  if (month === undefined || date_ === undefined) {
    return refuse('date_missing', '缺少日期，请写明几月几日');
  }
  if (year === undefined) return refuse('year_missing', '缺少年份，请在日期前写明年份');
  const day = calendarDay(Number(year), Number(month), Number(date_));
  if (!day) return refuse('date_impossible', `日历上没有 ${year} 年 ${month} 月 ${date_} 日，请核对日期`);
  const actual = WEEKDAYS.charAt(weekday(day));
  const claimed = named === '天' ? '日' : named;
  if (claimed !== undefined && claimed !== actual) {
    return refuse('weekday_mismatch', `${day} 是星期${actual}，不是星期${claimed}，请核对日期或年份`);
  }
  return day;
}

function readClock(day: ShanghaiDay, half: string, range: RegExpExecArray): TimeRangeReading {
  const [, startHour, startMinute, endHalf, endHour, endMinute] = range;
  const start = minutesOf(startHour, startMinute);
  const end = minutesOf(endHour, endMinute);
  if (start === undefined || end === undefined) {
    return refuse('time_unreadable', '没有这样的钟点，请按 24 小时制填写起止时间');
  }
  // 下午 2:30 is said for 14:30; 下午 8:30 could be either half of the day and is asked back.
  const twelveHourClock = AFTERNOON.has(half) && start < EIGHT && end <= TWELVE;
  const shift = twelveHourClock ? TWELVE : 0;
  const fits =
    (!MORNING.has(half) || start < TWELVE) &&
    (!AFTERNOON.has(half) || start + shift >= TWELVE) &&
    (endHalf === undefined || (AFTERNOON.has(endHalf) ? end + shift >= TWELVE : true));
  if (!fits) {
    return refuse('half_day_mismatch', `“${half || endHalf || ''}”与钟点对不上，请按 24 小时制核对起止时间`);
  }
  if (end <= start) return refuse('time_order', '结束时间不晚于开始时间，请核对');
  return { ok: true, day, startsAt: clock(start + shift), endsAt: clock(end + shift), twelveHourClock };
}

const EIGHT = 8 * 60;
const TWELVE = 12 * 60;

function minutesOf(hour = '', minute = ''): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 24 * 60 ? minutes : undefined;
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function refuse(problem: TimeRangeProblem, message: string): TimeRangeReading & { ok: false } {
  return { ok: false, problem, message };
}
