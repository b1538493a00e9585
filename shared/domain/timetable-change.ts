import { addMinutes, atShanghai, type ShanghaiDay, shanghaiTime } from './time';

/** Where and when a session takes place. */
export interface Placement {
  building: string;
  room: string;
  day: ShanghaiDay;
  /** `[startsAt, endsAt)` */
  startsAt: Date;
  endsAt: Date;
}

/** One session, a room or a whole day. What `to` leaves out stays as it is. Times are `HH:MM` in Asia/Shanghai. */
export type TimetableMove = SessionMove | RoomMove | DayMove;

interface SessionMove {
  scope: 'session';
  sessionId: string;
  to: Partial<{ building: string; room: string; day: ShanghaiDay; startsAt: string; endsAt: string }>;
}

interface RoomMove {
  scope: 'room';
  day: ShanghaiDay;
  room: string;
  /** Sessions that begin then or later; absent: all that are not over */
  from?: string;
  to: Partial<{ building: string; room: string; day: ShanghaiDay; shiftMinutes: number }>;
}

interface DayMove {
  scope: 'day';
  day: ShanghaiDay;
  from?: string;
  to: Partial<{ day: ShanghaiDay; shiftMinutes: number }>;
}

export interface PlacedSession extends Placement {
  _id: string;
  title: string;
  headcount: number;
}

export interface MovedSession<S extends PlacedSession = PlacedSession> {
  session: S;
  to: Placement;
}

export interface CollectionDay {
  day: ShanghaiDay;
  hours: { from: string; to: string }[];
}

export const placementOf = ({ building, room, day, startsAt, endsAt }: Placement): Placement => ({
  building,
  room,
  day,
  startsAt,
  endsAt,
});

export const isSamePlacement = (one: Placement, other: Placement): boolean =>
  one.building === other.building &&
  one.room === other.room &&
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime();

/** Which sessions a move takes where; those that stay where they are are left out. */
export function planMove<S extends PlacedSession>(
  move: TimetableMove,
  sessions: readonly S[],
  now: Date,
): MovedSession<S>[] {
  return sessions
    .filter((session) => isMeant(move, session, now))
    .map((session) => ({ session, to: destination(move, session) }))
    .filter(({ session, to }) => !isSamePlacement(session, to));
}

/** All sessions as they will be, in the order of the day. */
export function placedAnew<S extends PlacedSession>(
  sessions: readonly S[],
  moves: readonly { sessionId: string; to: Placement }[],
): S[] {
  const destinations = new Map(moves.map(({ sessionId, to }) => [sessionId, to]));
  return sessions
    .map((session) => ({ ...session, ...destinations.get(session._id) }))
    .sort(
      (a, b) =>
        a.startsAt.getTime() - b.startsAt.getTime() || compare(a.room, b.room) || compare(a._id, b._id),
    );
}

/**
 * The collection days after a move. Only moving a whole day changes them: a day that loses all its sessions gives its
 * hours to the new one, shifted like its sessions; one that keeps some stays. Hours reach as far as the moved sessions.
 */
export function collectionDaysAfter(
  move: TimetableMove,
  days: readonly CollectionDay[],
  { sessions, moved }: { sessions: readonly PlacedSession[]; moved: readonly MovedSession[] },
): CollectionDay[] {
  if (move.scope !== 'day') return [...days];
  const target = move.to.day ?? move.day;
  const gone = new Set(moved.map(({ session }) => session._id));
  const keepsSome = sessions.some(({ _id, day }) => day === move.day && !gone.has(_id));
  const others = days.filter(({ day }) => day !== target && (day !== move.day || keepsSome));
  const hoursOf = (wanted: ShanghaiDay) => days.find(({ day }) => day === wanted)?.hours;
  const ownHours = target === move.day && !keepsSome ? undefined : hoursOf(target);
  const shift = keepsSome ? 0 : (move.to.shiftMinutes ?? 0);
  const hours = ownHours ?? (hoursOf(move.day) ?? []).map((span) => shiftSpan(span, shift));
  return [...others, { day: target, hours: stretch(hours, moved) }].sort((a, b) => compare(a.day, b.day));
}

function isMeant(move: TimetableMove, session: PlacedSession, now: Date): boolean {
  if (move.scope === 'session') return session._id === move.sessionId;
  if (session.day !== move.day || (move.scope === 'room' && session.room !== move.room)) return false;
  return move.from === undefined ? session.endsAt > now : shanghaiTime(session.startsAt) >= move.from;
}

function destination(move: TimetableMove, session: PlacedSession): Placement {
  const day = move.to.day ?? session.day;
  const minutes = (session.endsAt.getTime() - session.startsAt.getTime()) / 60_000;
  const { building, room } = { ...placementOf(session), ...namedPlace(move) };
  if (move.scope === 'session') {
    const startsAt = atShanghai(day, move.to.startsAt ?? shanghaiTime(session.startsAt));
    const endsAt =
      move.to.endsAt === undefined ? addMinutes(startsAt, minutes) : atShanghai(day, move.to.endsAt);
    return { building, room, day, startsAt, endsAt };
  }
  const startsAt = addMinutes(atShanghai(day, shanghaiTime(session.startsAt)), move.to.shiftMinutes ?? 0);
  return { building, room, day, startsAt, endsAt: addMinutes(startsAt, minutes) };
}

function namedPlace(move: TimetableMove): Partial<Pick<Placement, 'building' | 'room'>> {
  if (move.scope === 'day') return {};
  const { building, room } = move.to;
  return { ...(building === undefined ? {} : { building }), ...(room === undefined ? {} : { room }) };
}

const LAST_MINUTE = 24 * 60 - 1;

function shiftSpan(span: { from: string; to: string }, minutes: number): { from: string; to: string } {
  const shifted = (time: string) =>
    timeOf(
      Math.min(LAST_MINUTE, Math.max(0, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes)),
    );
  return { from: shifted(span.from), to: shifted(span.to) };
}

/** The first hours begin and the last hours end no later than the sessions need. */
function stretch(hours: CollectionDay['hours'], moved: readonly MovedSession[]): CollectionDay['hours'] {
  const first = moved.map(({ to }) => shanghaiTime(to.startsAt)).sort()[0] ?? '';
  const last =
    moved
      .map(({ to }) => shanghaiTime(to.endsAt))
      .sort()
      .at(-1) ?? '';
  if (hours.length === 0) return [{ from: first, to: last }];
  return hours.map(({ from, to }, index) => ({
    from: index === 0 && first < from ? first : from,
    to: index === hours.length - 1 && last > to ? last : to,
  }));
}

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
