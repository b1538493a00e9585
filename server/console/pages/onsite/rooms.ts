import type { LiveBoard } from '../../../../shared/contract/onsite';

type Room = LiveBoard['rooms'][number];
type Session = Room['sessions'][number];

/** By the clock, not by how far the room has come. */
export function momentOf({ startsAt, endsAt }: Session, now: Date): 'over' | 'now' | 'later' {
  if (new Date(endsAt) <= now) return 'over';
  return new Date(startsAt) <= now ? 'now' : 'later';
}

export const totalOf = (sessions: readonly Session[], of: 'booked' | 'arrived' | 'shot'): number =>
  sessions.reduce((sum, session) => sum + session[of], 0);

/** How many fewer were photographed than the timetable has it; who has not come is not the room's fault. */
export function behindOf({ dueByNow, sessions }: Room): number {
  const waiting = totalOf(sessions, 'arrived') - totalOf(sessions, 'shot');
  return Math.min(Math.max(0, dueByNow - totalOf(sessions, 'shot')), Math.max(0, waiting));
}
