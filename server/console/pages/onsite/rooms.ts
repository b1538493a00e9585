import { groupBy } from '../../parts/group-by';

export interface BoardSession {
  room: string;
  day: string;
  startsAt: string;
  endsAt: string;
  booked: number;
  arrived: number;
  shot: number;
}

export interface Room<S extends BoardSession> {
  room: string;
  sessions: S[];
  booked: number;
  arrived: number;
  shot: number;
}

/** A day's sessions room by room, in the order of the day. Who came into another room counts with their session. */
export function roomsOf<S extends BoardSession>(sessions: readonly S[], day: string): Room<S>[] {
  const rooms = groupBy(
    sessions.filter((session) => session.day === day),
    ({ room }) => room,
  );
  return [...rooms]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([room, inRoom]) => ({
      room,
      sessions: inRoom.sort((a, b) => a.startsAt.localeCompare(b.startsAt)),
      booked: total(inRoom, 'booked'),
      arrived: total(inRoom, 'arrived'),
      shot: total(inRoom, 'shot'),
    }));
}

/** By the clock, not by how far the room has come. */
export function momentOf({ startsAt, endsAt }: BoardSession, now: Date): 'over' | 'now' | 'later' {
  if (new Date(endsAt) <= now) return 'over';
  return new Date(startsAt) <= now ? 'now' : 'later';
}

const total = (sessions: readonly BoardSession[], of: 'booked' | 'arrived' | 'shot'): number =>
  sessions.reduce((sum, session) => sum + session[of], 0);
