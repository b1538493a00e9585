import { MongoError } from '../../errors';

export const UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
export type Unit = (typeof UNITS)[number];

/** An instant as the clocks of a time zone show it. */
export interface CivilTime {
  /** The shown time as if it were UTC, in ms. */
  readonly civilMs: number;
  readonly offsetMinutes: number;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
}

/** @throws MongoError 40485 for an unknown time zone */
export function atZone(date: Date, zone: string): CivilTime {
  const offset = offsetMs(date.getTime(), zone);
  return civil(date.getTime() + offset, offset / 60_000);
}

/** The instant at which a zone's clocks show a civil time (given as if UTC). */
export function fromZone(shown: Date, zone: string): Date {
  const guess = shown.getTime() - offsetMs(shown.getTime(), zone);
  return new Date(shown.getTime() - offsetMs(guess, zone));
}

function civil(civilMs: number, offsetMinutes: number): CivilTime {
  const shown = new Date(civilMs);
  return {
    civilMs,
    offsetMinutes,
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    millisecond: shown.getUTCMilliseconds(),
    weekday: shown.getUTCDay(),
    dayOfYear: Math.floor((civilMs - Date.UTC(shown.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetMs(instant: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  const parts = new Map(
    formatter(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  try {
    const created = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, created);
    return created;
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: "${zone}"`);
  }
}

/** The first moment of the unit the time is in; weeks begin on Sunday. As if UTC. */
export function startOf(time: CivilTime, unit: Unit): Date {
  const day = Date.UTC(time.year, time.month - 1, time.day);
  switch (unit) {
    case 'year':
      return new Date(Date.UTC(time.year, 0, 1));
    case 'quarter':
      return new Date(Date.UTC(time.year, Math.floor((time.month - 1) / 3) * 3, 1));
    case 'month':
      return new Date(Date.UTC(time.year, time.month - 1, 1));
    case 'week':
      return new Date(day - time.weekday * 86_400_000);
    case 'day':
      return new Date(day);
    default:
      return new Date(Math.floor(time.civilMs / LENGTH[unit]) * LENGTH[unit]);
  }
}

const LENGTH = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 } as const;

/** How many boundaries of the unit lie between two times. */
export function unitsBetween(from: CivilTime, to: CivilTime, unit: Unit): number {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  switch (unit) {
    case 'year':
      return to.year - from.year;
    case 'quarter':
      return (to.year - from.year) * 4 + Math.floor((to.month - 1) / 3) - Math.floor((from.month - 1) / 3);
    case 'month':
      return months;
    case 'week':
      return Math.round((startOf(to, 'week').getTime() - startOf(from, 'week').getTime()) / 604_800_000);
    case 'day':
      return Math.round((startOf(to, 'day').getTime() - startOf(from, 'day').getTime()) / 86_400_000);
    default: {
      const begin = (time: CivilTime) =>
        Math.floor((time.civilMs - time.offsetMinutes * 60_000) / LENGTH[unit]);
      return begin(to) - begin(from);
    }
  }
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

const SPECIFIERS: Readonly<Record<string, (time: CivilTime) => string>> = {
  Y: (time) => pad(time.year, 4),
  m: (time) => pad(time.month, 2),
  d: (time) => pad(time.day, 2),
  H: (time) => pad(time.hour, 2),
  M: (time) => pad(time.minute, 2),
  S: (time) => pad(time.second, 2),
  L: (time) => pad(time.millisecond, 3),
  j: (time) => pad(time.dayOfYear, 3),
  w: (time) => String(time.weekday + 1),
  u: (time) => String(time.weekday || 7),
  z: (time) => {
    const minutes = Math.abs(time.offsetMinutes);
    return `${time.offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
  },
  Z: (time) => String(time.offsetMinutes),
  '%': () => '%',
};

/** @throws MongoError 18536 for a specifier MongoDB, or this server, does not know */
export function formatDate(time: CivilTime, pattern: string): string {
  return pattern.replace(/%(.?)/g, (_, letter: string) => {
    const write = SPECIFIERS[letter];
    if (!write) throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    return write(time);
  });
}
