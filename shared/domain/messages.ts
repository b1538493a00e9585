import { photoCheckFrom } from './home-state';
import { addDays, addMinutes, atShanghai, type ShanghaiDay, shanghaiDay } from './time';

/** Subscription messages (订阅消息), in the order of the journey. */
export const MESSAGE_KINDS = [
  'opening',
  'booked',
  'day_before',
  'moved',
  'refunded',
  'photo_check',
  'announcement',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Nobody is disturbed from 22:00 to 8:00 (Asia/Shanghai). */
const QUIET_FROM = '22:00';
const QUIET_UNTIL = '08:00';
/** What a student has just done is answered at once, at any hour. */
const ANSWERS: ReadonlySet<MessageKind> = new Set(['booked']);

/** The first instant from `instant` on at which a message of this kind may arrive. */
export function afterQuietHours(kind: MessageKind, instant: Date): Date {
  if (ANSWERS.has(kind)) return instant;
  const day = shanghaiDay(instant);
  const morning = atShanghai(day, QUIET_UNTIL);
  if (instant < morning) return morning;
  return instant < atShanghai(day, QUIET_FROM) ? instant : atShanghai(addDays(day, 1), QUIET_UNTIL);
}

/** The reminder of the evening before. */
export const dayBeforeAt = (day: ShanghaiDay): Date => atShanghai(addDays(day, -1), '18:00');

/** The 40th day after the student's own shot, in the morning. */
export const photoCheckAt = (shotDay: ShanghaiDay): Date => atShanghai(photoCheckFrom(shotDay), '10:00');

const DAY_MINUTES = 24 * 60;

/** How long news stay news: later than this nothing is sent. What has a date of its own ends with that. */
const LASTS_DAYS: Readonly<Record<MessageKind, number>> = {
  opening: 14,
  booked: 1,
  day_before: 1,
  moved: 30,
  refunded: 7,
  photo_check: 60,
  announcement: 3,
};

export const messageExpires = (kind: MessageKind, dueAt: Date): Date =>
  addMinutes(dueAt, LASTS_DAYS[kind] * DAY_MINUTES);
