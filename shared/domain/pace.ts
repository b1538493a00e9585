/** A session of one room, as far as its pace goes. Instants in milliseconds. */
export interface PacedSession {
  startsAt: number;
  endsAt: number;
  booked: number;
  arrived: number;
  shot: number;
}

export interface Pace {
  /** By the clock this many should have been photographed. */
  dueByNow: number;
  /** Of the last quarter of an hour; null when fewer than three were photographed in it. */
  secondsAShot: number | null;
  /** When the room will be done at this pace; null when nothing can be said yet. */
  endsAt: number | null;
}

const WINDOW_MS = 15 * 60_000;
const FEWEST = 3;

/**
 * How fast a room works, and when it will be done. Whoever did not come to a session that has ended is not waited for;
 * a session does not begin before its time.
 *
 * @param shots when the room photographed, in any order
 */
export function paceOf(sessions: readonly PacedSession[], shots: readonly number[], now: number): Pace {
  const secondsAShot = secondsBetween(shots.filter((at) => at <= now && at > now - WINDOW_MS));
  return {
    dueByNow: Math.round(sessions.reduce((sum, session) => sum + due(session, now), 0)),
    secondsAShot,
    endsAt: secondsAShot === null ? null : endOf(sessions, secondsAShot * 1000, now),
  };
}

function due({ startsAt, endsAt, booked }: PacedSession, now: number): number {
  if (now >= endsAt) return booked;
  return now <= startsAt ? 0 : (booked * (now - startsAt)) / (endsAt - startsAt);
}

function secondsBetween(shots: readonly number[]): number | null {
  if (shots.length < FEWEST) return null;
  const span = Math.max(...shots) - Math.min(...shots);
  return Math.max(1, Math.round(span / (shots.length - 1) / 1000));
}

function endOf(sessions: readonly PacedSession[], msAShot: number, now: number): number {
  let at = now;
  for (const session of [...sessions].sort((a, b) => a.startsAt - b.startsAt)) {
    const left = session.endsAt <= now ? session.arrived - session.shot : session.booked - session.shot;
    if (left > 0) at = Math.max(at, session.startsAt) + left * msAShot;
  }
  return at;
}
