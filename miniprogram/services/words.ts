import { MAKE_UP_ROOM } from '../../shared/domain/make-up-slots';
import { shanghaiDay, spokenDay, spokenTime, weekday } from '../../shared/domain/time';
import { copy } from '../copy';

/** "11月19日 周六" */
export const dayWords = (day: string): string => `${spokenDay(day)} 周${copy.guide.weekdays[weekday(day)]}`;

/** "11月19日" */
export const shortDay = spokenDay;

/** "9:10" */
export const timeWords = (instant: string): string => spokenTime(new Date(instant));

/** "8:30" for the "08:30" of a setting. */
export const clockWords = (time: string): string => time.replace(/^0/, '');

export const rangeWords = (from: string, to: string): string => `${timeWords(from)}–${timeWords(to)}`;

/** "11月19日 9:10" */
export const momentWords = (instant: string): string =>
  `${shortDay(shanghaiDay(new Date(instant)))} ${timeWords(instant)}`;

/** Building and room, the building only once: "逸夫楼 C区203". Of a make-up place the address is all. */
export const placeWords = ({ building, room }: { building: string; room: string }): string =>
  room === MAKE_UP_ROOM && building !== ''
    ? building
    : room.startsWith(building) || building === ''
      ? room
      : `${building} ${room}`;

/** 754 s → "12 分 34 秒" */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes} 分 ${whole % 60} 秒` : `${whole} 秒`;
}

export const secondsUntil = (instant: string, now: Date): number =>
  Math.max(0, (Date.parse(instant) - now.getTime()) / 1000);

/** "11月19日 周六 9:10–9:30" */
export const shanghaiTimeRange = (session: { day: string; startsAt: string; endsAt: string }): string =>
  `${dayWords(session.day)} ${rangeWords(session.startsAt, session.endsAt)}`;

/** Midnight is said as 24:00 of the day before. */
export function midnightWords(instant: string): string {
  const said = momentWords(new Date(Date.parse(instant) - 60_000).toISOString());
  return said.endsWith(' 23:59') ? said.replace('23:59', '24:00') : momentWords(instant);
}
