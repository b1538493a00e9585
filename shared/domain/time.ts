/**
 * Instants are stored in UTC; days and times of day on screens, in bills and in timetables are Asia/Shanghai,
 * which has been UTC+8 without daylight saving since 1991.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** A calendar day in Asia/Shanghai, "2022-11-19". */
export type ShanghaiDay = string;

const local = (instant: Date) => new Date(instant.getTime() + OFFSET_MS).toISOString();

export const shanghaiDay = (instant: Date): ShanghaiDay => local(instant).slice(0, 10);

/** "08:30" */
export const shanghaiTime = (instant: Date): string => local(instant).slice(11, 16);

/** `11月19日` */
export const spokenDay = (day: ShanghaiDay): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** `9:10`: as people say it, without the leading zero. */
export const spokenTime = (instant: Date): string => shanghaiTime(instant).replace(/^0/, '');

/** "2022-11-19 08:30:00" */
export const shanghaiStamp = (instant: Date): string => local(instant).slice(0, 19).replace('T', ' ');

/**
 * @param day  "2022-11-19"
 * @param time "08:30" or "08:30:15"; "24:00" is the next midnight
 * @throws RangeError when either is not one
 */
export function atShanghai(day: ShanghaiDay, time = '00:00'): Date {
  const match = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(time);
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  if (!match || Number.isNaN(midnight)) throw new RangeError(`no such time: ${day} ${time}`);
  const [, hours, minutes, seconds = '0'] = match;
  return new Date(midnight + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

export const addDays = (day: ShanghaiDay, days: number): ShanghaiDay =>
  shanghaiDay(new Date(atShanghai(day).getTime() + days * DAY_MS));

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: ShanghaiDay, to: ShanghaiDay): number =>
  Math.round((atShanghai(to).getTime() - atShanghai(from).getTime()) / DAY_MS);

/** 0 = Sunday … 6 = Saturday */
export const weekday = (day: ShanghaiDay): number => new Date(`${day}T00:00:00Z`).getUTCDay();

export const addMinutes = (instant: Date, minutes: number): Date =>
  new Date(instant.getTime() + minutes * 60_000);
