import { isSamePlace } from './place';
import { atShanghai, shanghaiDay, shanghaiTime } from './time';
import type { CollectionDay, MovedSession, PlacedSession, Placement } from './timetable-change';

export const CONFLICTS = [
  'time_order',
  'crosses_midnight',
  'day_not_announced',
  'already_over',
  'overlap',
  'outside_hours',
  'too_tight',
  'room_unknown',
  'already_arrived',
] as const;
export type ConflictCode = (typeof CONFLICTS)[number];

/** blocks: cannot be done · asks: done when the office accepts it · tells: good to know */
export type ConflictSeverity = 'blocks' | 'asks' | 'tells';

export interface Conflict {
  code: ConflictCode;
  severity: ConflictSeverity;
  sessionId: string | null;
  message: string;
}

export interface MoveFacts {
  moved: readonly MovedSession[];
  /** Every session as it will be */
  after: readonly PlacedSession[];
  /** The campaign's after the move */
  collectionDays: readonly CollectionDay[];
  rooms: readonly string[];
  /** Who has signed in already, by session */
  arrived: ReadonlyMap<string, number>;
  now: Date;
}

/** The fastest pace that ever worked: 18 s a student were planned, 15 s are the least. */
const LEAST_SECONDS_A_STUDENT = 15;

/** What speaks against a move, session by session, in Chinese for the office. */
export function findConflicts(facts: MoveFacts): Conflict[] {
  return [...unknownRooms(facts), ...facts.moved.flatMap((one) => conflictsOf(one, facts))];
}

function unknownRooms({ moved, rooms }: MoveFacts): Conflict[] {
  const unknown = [...new Set(moved.map(({ to }) => to.room))].filter((room) => !rooms.includes(room));
  return unknown.map((room) => ({
    code: 'room_unknown',
    severity: 'asks',
    sessionId: null,
    message: `批次里还没有“${room}”这间教室，确认后会一并加入，并请为它登记现场手机`,
  }));
}

function conflictsOf(one: MovedSession, facts: MoveFacts): Conflict[] {
  const { session, to } = one;
  const found = (code: ConflictCode, severity: ConflictSeverity, message: string): Conflict => ({
    code,
    severity,
    sessionId: session._id,
    message: `“${session.title}”${message}`,
  });
  const { endsAt, startsAt, day } = to;
  if (endsAt <= startsAt) return [found('time_order', 'blocks', '的结束时间不晚于开始时间，请核对')];
  if (shanghaiDay(startsAt) !== day || endsAt > atShanghai(day, '24:00'))
    return [found('crosses_midnight', 'blocks', '会跨过半夜，请减少顺延的时间或换一天')];
  const conflicts: Conflict[] = [];
  if (endsAt <= facts.now)
    conflicts.push(found('already_over', 'blocks', `的新时间 ${spanOf(to)} 已经过去，请改到以后的时间`));
  conflicts.push(...dayConflicts(to, facts).map(([code, severity, text]) => found(code, severity, text)));
  const other = newOverlap(one, facts);
  if (other)
    conflicts.push(
      found(
        'overlap',
        'asks',
        `与 ${to.room} 的“${other.title}”（${spanOf(other)}）时间重叠，请错开或确认两组同时拍`,
      ),
    );
  if (isTighter(one))
    conflicts.push(
      found('too_tight', 'asks', `${session.headcount} 人只有 ${minutesOf(to)} 分钟，平均每人不到 15 秒`),
    );
  const arrived = facts.arrived.get(session._id) ?? 0;
  if (arrived > 0)
    conflicts.push(found('already_arrived', 'tells', `已有 ${arrived} 人签到，他们不受影响，也不会收到通知`));
  return conflicts;
}

function dayConflicts(
  to: Placement,
  { collectionDays }: MoveFacts,
): [ConflictCode, ConflictSeverity, string][] {
  const announced = collectionDays.find(({ day }) => day === to.day);
  if (!announced)
    return [['day_not_announced', 'blocks', `要移到 ${to.day}，这一天不是采集日，请先把它加为采集日`]];
  const [from, until] = [shanghaiTime(to.startsAt), endTime(to)];
  if (announced.hours.some((hours) => from >= hours.from && until <= hours.to)) return [];
  const hours = announced.hours.map((span) => `${span.from}–${span.to}`).join('、');
  return [['outside_hours', 'asks', `${spanOf(to)} 超出了当天的采集时间（${hours}）`]];
}

/** An overlap that was there before is no news. */
function newOverlap({ session, to }: MovedSession, { moved, after }: MoveFacts): PlacedSession | undefined {
  const before = new Map(moved.map((one) => [one.session._id, one.session]));
  return after.find(
    (other) =>
      other._id !== session._id && overlaps(other, to) && !overlaps(before.get(other._id) ?? other, session),
  );
}

const overlaps = (one: Placement, other: Placement): boolean =>
  isSamePlace(one, other) && one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** Only when the move made it so: a timetable that was tight before has been accepted. */
const isTighter = ({ session, to }: MovedSession): boolean =>
  minutesOf(to) < minutesOf(session) && minutesOf(to) * 60 < session.headcount * LEAST_SECONDS_A_STUDENT;

const minutesOf = ({ startsAt, endsAt }: Placement): number =>
  (endsAt.getTime() - startsAt.getTime()) / 60_000;

const endTime = ({ day, endsAt }: Placement): string =>
  shanghaiDay(endsAt) === day ? shanghaiTime(endsAt) : '24:00';

const spanOf = (placement: Placement): string => `${shanghaiTime(placement.startsAt)}–${endTime(placement)}`;
